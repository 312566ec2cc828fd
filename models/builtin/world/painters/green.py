"""Sets of land where things grow: meadow, forest, castle garden."""

from ..painter import BOTTOM, HORIZON


def paint_meadow(p):
    p.paint_sky(clouds=4)
    p.hills(0.28, 0.09, (150, 200, 130), 0.45)
    p.hills(0.14, 0.06, (128, 202, 92), 0.18)
    p.paint_ground((142, 214, 92), (70, 168, 62))
    p.prop('house with garden', -0.62 * p.aspect - 0.1, -0.1, 0.25)
    p.prop('deciduous tree', 0.72 * p.aspect, -0.13, 0.36)
    p.prop('deciduous tree', 0.46 * p.aspect, -0.06, 0.22)
    p.scatter(('tulip', 'blossom', 'sunflower'), 7, (0.055, 0.09), (-0.5, -0.16), clear=0.3)


def paint_forest(p):
    p.paint_sky(sun=False, clouds=0, stars=True)
    for base, distance in ((0.62, 0.62), (0.5, 0.42)):
        p.hills(base, 0.03, (70, 130, 86), distance)
        for x in p.far.columns(15):
            _pine(
                p, x + p.rng.uniform(-0.08, 0.08), base - 0.25, p.rng.uniform(0.55, 0.75), distance
            )
    p.paint_ground((96, 158, 74), (52, 108, 50))
    for y, size in ((-0.07, 0.36), (-0.16, 0.44)):
        for side in (-1, 1):
            p.prop(
                p.rng.choice(('evergreen tree', 'deciduous tree')),
                side * p.rng.uniform(0.45 + 0.2 * (size - 0.36), 0.95) * p.aspect,
                y,
                size,
            )
    p.prop('evergreen tree', p.rng.uniform(-0.12, 0.12) * p.aspect, -0.04, 0.28)
    p.scatter(('mushroom', 'herb', 'four leaf clover'), 6, (0.06, 0.09), (-0.5, -0.2), clear=0.4)
    if p.light.time != 'night':
        for x in (-0.5, 0.1):
            p.stage.fill(
                [(x, 1.2), (x + 0.22, 1.2), (x + 0.75, -0.9), (x + 0.25, -0.9)],
                p.light.on((255, 246, 190)),
                opacity=0.10,
            )


def _pine(p, x, foot_y, height, distance):
    dark, top = (52, 112, 78), (84, 150, 96)
    for level in range(3):
        y, half = foot_y + height * 0.26 * level, height * (0.24 - 0.05 * level)
        p.far.fill(
            [(x - half, y), (x + half, y), (x, y + height * 0.48)],
            p.light.on(top, distance),
            p.light.on(dark, distance),
        )


def paint_castle(p):
    p.paint_sky(clouds=3)
    p.hills(0.24, 0.08, (150, 196, 132), 0.4)
    p.hills(0.12, 0.05, (130, 192, 110), 0.15)
    p.prop('castle', 0, -0.12, 0.66, layer=p.far, shadow=False)
    p.paint_ground((146, 204, 106), (92, 164, 78))
    p.stage.fill(
        [(-0.06, HORIZON), (0.06, HORIZON), (0.5, BOTTOM), (-0.5, BOTTOM)],
        p.light.on((236, 214, 170)),
        p.light.on((216, 186, 136)),
    )
    for x, size in ((-0.82, 0.32), (0.84, 0.34)):
        p.prop('deciduous tree', x * p.aspect, -0.12, size)
    p.scatter(('tulip', 'blossom'), 8, (0.06, 0.085), (-0.4, -0.12), clear=0.34)
