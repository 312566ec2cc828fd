"""Sets away from the earth: space and moon."""

from ..painter import BOTTOM


def paint_space(p):
    zenith, middle, horizon = p.light.sky
    p.sky.gradient([(1.0, zenith), (0.0, middle), (-1.0, horizon)])
    for x, y, size, colour in (
        (-0.6, 0.4, 0.9, (150, 60, 190)),
        (0.5, -0.5, 1.0, (40, 90, 200)),
        (0.7, 0.6, 0.6, (220, 80, 140)),
    ):
        p.sky.glow(x * p.aspect, y, size * 1.2, size * 0.7, colour, 0.38)
    p.paint_stars(110, lowest=BOTTOM)
    p.far.ellipse(-0.8 * p.aspect, -0.86, 0.3, 0.3, (96, 190, 226), (40, 84, 168))
    p.far.ellipse(-0.84 * p.aspect, -0.74, 0.08, 0.05, (160, 226, 240), opacity=0.7)
    p.far.ellipse(0.1 * p.aspect, 0.84, 0.07, 0.07, (246, 190, 150), (190, 110, 110))
    p.prop('ringed planet', 0.62 * p.aspect, 0.2, 0.3, layer=p.far, shadow=False)


def paint_moon(p):
    zenith, middle, horizon = p.light.sky
    p.sky.gradient([(1.2, zenith), (0.4, middle), (-0.1, horizon)])
    p.paint_stars(70, lowest=-0.1)
    p.prop('globe showing Americas', -0.55 * p.aspect, 0.38, 0.24, layer=p.far, shadow=False)
    p.far.below(p.skyline(0.16, 0.1, 0.5), -0.6, (134, 136, 152), (96, 98, 116))
    p.far.below(p.skyline(0.05, 0.05, 0.4), -0.6, (156, 158, 172), (120, 122, 138))
    p.paint_ground((190, 192, 204), (142, 144, 158), patch=0.05)
    for x, y, size in (
        (-0.75, -0.2, 0.2),
        (0.5, -0.14, 0.15),
        (0.85, -0.42, 0.26),
        (-0.3, -0.1, 0.09),
        (-0.55, -0.9, 0.3),
        (0.4, -0.93, 0.22),
    ):
        x *= p.aspect
        p.stage.ellipse(x, y, size, size * 0.3, (214, 216, 226), (170, 172, 186))
        p.stage.ellipse(
            x, y - size * 0.03, size * 0.82, size * 0.22, (104, 106, 124), (146, 148, 164)
        )
