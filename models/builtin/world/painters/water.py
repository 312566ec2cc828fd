"""Sets of water: beach, lake, and the bottom of the sea."""

import math

import numpy as np

from ..brush import blend_colours
from ..painter import BOTTOM, HORIZON, TOP


def paint_beach(p):
    p.paint_sky(clouds=3)
    sea_far, sea_near = p.light.on((52, 142, 216), 0.1), p.light.on((104, 214, 226))
    p.far.box(-p.half_width, p.half_width, 0.16, -0.6, sea_far, sea_near)
    p.far.ellipse(
        -0.3 * p.aspect,
        0.15,
        0.36,
        0.09,
        p.light.on((120, 170, 110), 0.25),
        p.light.on((90, 140, 100), 0.35),
    )
    p.far.box(-p.half_width, p.half_width, 0.158, 0.02, sea_far, sea_near)
    for y in (0.12, 0.075, 0.035):
        wave = [(x, y + 0.006 * np.sin(9 * x + 40 * y)) for x in p.far.columns(60)]
        p.stroke(p.far, wave, 0.009, (255, 255, 255), 0.45)
    p.paint_ground((252, 228, 170), (236, 196, 128), patch=0.05)
    shore = p.skyline(HORIZON - 0.03, 0.02)
    xs = p.stage.columns(len(shore))
    p.stage.fill(
        [(-p.half_width, 0.02), (p.half_width, 0.02), *zip(xs[::-1], shore[::-1], strict=True)],
        sea_near,
        sea_near,
    )
    p.stroke(p.stage, np.column_stack([xs, shore]), 0.03, p.light.on((255, 255, 255)), 0.9)
    p.prop('palm tree', -0.74 * p.aspect, -0.2, 0.46)
    p.prop('palm tree', 0.86 * p.aspect, -0.12, 0.36)
    p.scatter(('spiral shell',), 3, (0.05, 0.07), (-0.5, -0.25), clear=0.35)


def paint_lake(p):
    p.paint_sky(clouds=3)
    shores = [
        (p.skyline(0.34, 0.09, 0.35), (122, 172, 150), 0.5),
        (p.skyline(0.13, 0.04, 0.5), (84, 156, 104), 0.2),
    ]
    for heights, colour, distance in shores:
        p.far.below(
            heights,
            -0.6,
            p.light.on(colour, distance),
            p.light.on(np.asarray(colour) * 0.8, distance),
        )
    near, far = p.light.on((36, 120, 186)), p.light.on((120, 200, 232), 0.35)
    stage, half_width = p.stage, p.half_width
    stage.box(-half_width, half_width, HORIZON, BOTTOM, far, near)
    for heights, colour, distance in shores[::-1]:
        xs = stage.columns(len(heights))
        mirrored = HORIZON - 0.8 * (heights - HORIZON)
        stage.fill(
            [
                (-half_width, HORIZON),
                (half_width, HORIZON),
                *zip(xs[::-1], mirrored[::-1], strict=True),
            ],
            p.light.on(np.asarray(colour) * 0.8, distance),
            far,
            opacity=0.4,
        )
    for _ in range(int(44 * p.aspect)):
        depth = p.rng.random() ** 1.3
        x, y = p.rng.uniform(-1, 1) * half_width, HORIZON - 0.03 - 1.3 * depth
        stage.ellipse(
            x,
            y,
            0.05 + 0.16 * depth,
            0.005 + 0.008 * depth,
            blend_colours(near, (255, 255, 255), 0.55),
            opacity=0.45,
        )
    for x, y, size in (
        (-0.8, -0.3, 0.1),
        (0.82, -0.26, 0.09),
        (0.9, -0.8, 0.14),
        (-0.88, -0.86, 0.13),
    ):
        p.prop('lotus', x * p.aspect, y, size, shadow=False)
    for x in (-0.95, -0.9, 0.97):
        p.prop('sheaf of rice', x * p.aspect, -0.14, 0.16, shadow=False)


def paint_underwater(p):
    surface, middle, deep = p.light.sky
    p.sky.gradient([(1.1, surface), (0.4, middle), (-0.2, deep)])
    for x, width in ((-0.7, 0.16), (-0.1, 0.22), (0.55, 0.14)):
        x *= p.aspect
        p.sky.fill(
            [(x, TOP), (x + width, TOP), (x + 2.6 * width + 0.2, -0.6), (x - width, -0.6)],
            (176, 240, 250),
            opacity=0.24,
        )
    p.sky.soften(0.02)
    p.far.below(p.skyline(0.16, 0.12), -0.6, (34, 128, 176), (26, 104, 156))
    p.far.below(p.skyline(0.05, 0.07), -0.6, (44, 146, 180), (34, 118, 166))
    p.paint_ground((196, 212, 176), (232, 214, 158), patch=0.05)
    for _ in range(int(9 * p.aspect)):
        x, y = p.rng.uniform(-1, 1) * p.half_width, p.rng.uniform(-0.95, -0.15)
        wave = [(x + u, y + 0.012 * math.sin(14 * u)) for u in np.linspace(0, 0.34, 12)]
        p.stroke(p.stage, wave, 0.014, (250, 250, 224), 0.4)
    for x, foot, height in ((-0.88, -0.16, 0.62), (-0.78, -0.12, 0.44), (0.92, -0.16, 0.56)):
        for blade in (-1, 0, 1):
            weed = [
                (x * p.aspect + 0.06 * blade + 0.035 * math.sin(9 * v + blade), foot + v * height)
                for v in np.linspace(0, 1 - 0.2 * abs(blade), 14)
            ]
            p.stroke(p.stage, weed, 0.034, (52, 168, 120))
    for x, size in ((-0.6, 0.26), (0.66, 0.32), (0.36, 0.15)):
        p.prop('coral', x * p.aspect, -0.06 - 0.3 * size, size)
    p.prop('spiral shell', -0.3 * p.aspect, -0.3, 0.07)
    p.prop('rock', -0.9 * p.aspect, -0.24, 0.14)
    for _ in range(12):
        x, y = p.rng.uniform(-1, 1) * p.aspect, p.rng.uniform(-0.1, 1.1)
        size = p.rng.uniform(0.014, 0.036)
        p.far.ellipse(x, y, size, size, (170, 232, 246), opacity=0.55)
        p.far.ellipse(x - size / 3, y + size / 3, size / 3, size / 3, (255, 255, 255), opacity=0.8)
