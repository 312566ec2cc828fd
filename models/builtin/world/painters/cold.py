"""Sets of snow and ice."""

import math

from ..painter import BOTTOM, HORIZON


def paint_mountains(p):
    p.paint_sky(clouds=2)
    for x, half, height, distance in (
        (-0.75, 0.62, 0.78, 0.4),
        (0.7, 0.7, 0.92, 0.34),
        (-0.08, 0.55, 0.6, 0.22),
    ):
        _peak(p, x * p.aspect, half, height, distance)
    p.hills(0.08, 0.05, (220, 232, 250), 0.12)
    p.paint_ground((238, 244, 255), (206, 222, 246), patch=0.07)
    for x, size in ((-0.84, 0.4), (-0.55, 0.26), (0.66, 0.32), (0.9, 0.44)):
        y = -0.04 - 0.28 * size
        p.prop('evergreen tree', x * p.aspect, y, size)
        for level, half in ((0.62, 0.24), (1.02, 0.19), (1.4, 0.12)):
            p.stage.ellipse(
                x * p.aspect,
                y + level * size,
                half * size,
                0.07 * size,
                p.light.on((255, 255, 255)),
                opacity=0.85,
            )
    for x, y, half in ((-0.4, -0.3, 0.3), (0.5, -0.34, 0.26)):
        p.stage.ellipse(
            x * p.aspect,
            y,
            half,
            half * 0.2,
            p.light.on((252, 254, 255)),
            p.light.on((206, 222, 246)),
        )


def _peak(p, x, half, height, distance):
    rock, shade = (132, 146, 190), (100, 114, 164)
    foot = [(x - half, -0.3), (x + half, -0.3)]
    p.far.fill(
        [*foot, (x, height)], p.light.on(rock, distance * 0.6), p.light.on(rock, distance + 0.25)
    )
    p.far.fill(
        [(x, height), (x + half, -0.3), (x + half * 0.12, -0.3), (x - half * 0.06, height * 0.4)],
        p.light.on(shade, distance * 0.6),
        p.light.on(shade, distance + 0.25),
    )
    snow = p.light.on((255, 255, 255), distance * 0.3)
    cap = height - 0.38 * (height + 0.3)
    reach = 0.38 * half
    p.far.fill(
        [
            (x, height),
            (x + reach, cap),
            (x + reach * 0.5, cap + 0.1),
            (x + reach * 0.15, cap),
            (x - reach * 0.35, cap + 0.1),
            (x - reach, cap),
        ],
        snow,
        p.light.on((226, 234, 252), distance * 0.5),
    )


def paint_ice(p):
    p.paint_sky(clouds=2)
    if p.light.time == 'night':
        for index, colour in enumerate(((80, 240, 180), (120, 200, 255), (170, 120, 250))):
            band = [
                (x, 0.72 + 0.12 * index + 0.08 * math.sin(3 * x + index)) for x in p.sky.columns(40)
            ]
            p.stroke(p.sky, band, 0.16, colour, 0.35)
        p.sky.soften(0.05)
    p.far.below(
        p.skyline(0.24, 0.07),
        -0.6,
        p.light.on((190, 214, 240), 0.3),
        p.light.on((214, 230, 250), 0.3),
    )
    p.far.below(
        p.skyline(0.09, 0.03), -0.6, p.light.on((244, 249, 255)), p.light.on((220, 234, 252))
    )
    stage, half_width = p.stage, p.half_width
    stage.box(
        -half_width,
        half_width,
        HORIZON,
        BOTTOM,
        p.light.on((198, 234, 250)),
        p.light.on((126, 190, 232)),
    )
    stage.glow(0, -0.5, 1.2 * p.aspect, 0.5, p.light.on((255, 255, 255)), 0.4)
    for _ in range(int(16 * p.aspect)):
        x, y = p.rng.uniform(-1, 1) * half_width, HORIZON - 0.06 - 1.2 * p.rng.random()
        length, slope = p.rng.uniform(0.15, 0.5), p.rng.uniform(-0.16, 0.16)
        p.stroke(
            stage,
            [(x, y), (x + length / 2, y + slope * length), (x + length, y)],
            0.01,
            p.light.on((250, 254, 255)),
            0.75,
        )
    bank = p.skyline(HORIZON - 0.05, 0.015)
    xs = stage.columns(len(bank))
    stage.fill(
        [(-half_width, 0.03), (half_width, 0.03), *zip(xs[::-1], bank[::-1], strict=True)],
        p.light.on((255, 255, 255)),
        p.light.on((222, 236, 252)),
    )
    for x, size in ((-0.85, 0.3), (0.9, 0.34), (0.7, 0.2)):
        p.prop('evergreen tree', x * p.aspect, -0.06, size)
    p.prop('ice', -0.6 * p.aspect, -0.18, 0.12)
