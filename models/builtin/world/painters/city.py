"""The set of a city street."""

import numpy as np

from ..brush import blend_colours
from ..painter import HORIZON


def paint_city(p):
    p.paint_sky(clouds=2)
    _skyline_of_houses(p, p.far, 0.5, 0.3, 0.45, windows=False)
    _skyline_of_houses(p, p.far, 0.34, 0.25, 0.12, windows=True)
    p.paint_ground((186, 182, 178), (164, 160, 158), patch=0.03)
    road_top, road_bottom = -0.36, -0.96
    p.stage.box(
        -p.half_width,
        p.half_width,
        road_top,
        road_bottom,
        p.light.on((92, 96, 110)),
        p.light.on((74, 78, 92)),
    )
    p.stage.glow(0, -0.66, 1.2 * p.aspect, 0.34, p.light.on((255, 250, 230)), 0.16)
    for y in (road_top, road_bottom):
        p.stage.box(-p.half_width, p.half_width, y + 0.02, y - 0.02, p.light.on((226, 222, 214)))
    for x in np.arange(-p.half_width, p.half_width, 0.42):
        p.stage.fill(
            [(x, -0.5), (x + 0.2, -0.5), (x + 0.19, -0.53), (x - 0.01, -0.53)],
            p.light.on((255, 224, 120)),
        )
    p.prop('deciduous tree', -0.8 * p.aspect, -0.24, 0.24)
    p.prop('deciduous tree', 0.3 * p.aspect, -0.24, 0.2)
    _street_lamp(p, 0.74 * p.aspect, -0.28)
    _street_lamp(p, -0.38 * p.aspect, -0.28)


def _skyline_of_houses(p, layer, base, swing, distance, windows):
    walls = ((232, 150, 120), (120, 170, 214), (244, 204, 130), (176, 154, 214), (140, 196, 170))
    x = -p.half_width
    while x < p.half_width:
        width, height = p.rng.uniform(0.2, 0.36), base + swing * p.rng.uniform(-0.5, 1)
        wall = np.array(walls[p.rng.integers(len(walls))])
        layer.box(
            x,
            x + width - 0.015,
            height,
            -0.5,
            p.light.on(wall, distance),
            p.light.on(wall * 0.86, distance),
        )
        if windows:
            _windows(p, layer, x, width, height, wall)
        x += width


def _windows(p, layer, x, width, height, wall):
    count = max(1, int(width / 0.1))
    pitch = width / (count + 0.25)
    for y in np.arange(height - 0.07, HORIZON, -0.125):
        for column in range(count):
            left = x + pitch * (column + 0.35)
            lit = p.light.time != 'day' and p.rng.random() < 0.6
            glass = (
                (255, 226, 130) if lit else p.light.on(blend_colours(wall, (235, 246, 255), 0.6))
            )
            layer.box(left, left + pitch * 0.55, y, y - 0.07, glass)


def _street_lamp(p, x, foot_y):
    iron = p.light.on((64, 72, 92))
    p.stage.box(x - 0.012, x + 0.012, foot_y + 0.62, foot_y, iron)
    p.stage.ellipse(
        x,
        foot_y + 0.65,
        0.05,
        0.05,
        (255, 248, 214) if p.light.time != 'day' else p.light.on((240, 244, 250)),
    )
    if p.light.time != 'day':
        p.stage.glow(x, foot_y + 0.65, 0.34, 0.34, (255, 226, 150), 0.6)
        p.stage.glow(x, foot_y, 0.4, 0.12, (255, 226, 150), 0.35)
