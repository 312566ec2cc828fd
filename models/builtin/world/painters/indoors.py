"""Sets with walls: a living room, and a plain paper sweep."""

from dataclasses import replace

import numpy as np

from ..brush import blend_colours
from ..painter import BOTTOM, HORIZON, TOP
from ..places import BACKDROPS


def paint_room(p):
    stage, half_width, light = p.stage, p.half_width, p.light
    warm = light if light.time != 'night' else replace(light, tint=0.5 * light.tint + 0.42)
    floor_top = -0.2
    stage.box(
        -half_width,
        half_width,
        TOP,
        floor_top - 0.1,
        warm.on((250, 226, 196)),
        warm.on((240, 204, 172)),
    )
    for x in np.arange(-half_width, half_width, 0.3):
        stage.box(x, x + 0.15, TOP, floor_top, warm.on((244, 208, 182)), opacity=0.55)
    stage.box(
        -half_width,
        half_width,
        floor_top,
        BOTTOM,
        warm.on((206, 148, 100)),
        warm.on((170, 112, 74)),
    )
    for y in (-0.27, -0.36, -0.48, -0.64, -0.86, -1.14):
        stage.box(
            -half_width, half_width, y + 0.006, y - 0.006, warm.on((140, 90, 60)), opacity=0.55
        )
    stage.box(
        -half_width, half_width, floor_top + 0.05, floor_top - 0.015, warm.on((255, 250, 240))
    )
    _window(p, 0.0, warm)
    _picture_frame(p, -0.72 * p.aspect, warm)
    stage.glow(0, -0.66, 1.0 * p.aspect, 0.34, (60, 20, 30), 0.35)
    for grow, colour in ((1.0, (196, 74, 92)), (0.86, (246, 206, 160)), (0.74, (212, 96, 104))):
        stage.ellipse(0, -0.68, 0.92 * p.aspect * grow, 0.26 * grow, warm.on(colour))
    p.prop('potted plant', -0.84 * p.aspect, -0.36, 0.22)
    _floor_lamp(p, 0.8 * p.aspect, -0.34, warm)


def _window(p, x, warm):
    stage, (zenith, middle, horizon) = p.stage, p.light.sky
    half, low, high = 0.36 * min(1, p.aspect), 0.12, 0.86
    stage.box(x - half - 0.05, x + half + 0.05, high + 0.05, low - 0.06, warm.on((255, 252, 244)))
    stage.box(x - half, x + half, high, low, middle if p.light.time == 'night' else zenith, horizon)
    stage.ellipse(
        x + 0.15,
        0.62 if p.light.time != 'sunset' else 0.3,
        0.08,
        0.08,
        {'day': (255, 244, 170), 'sunset': (255, 226, 140), 'night': (250, 248, 224)}[p.light.time],
    )
    stage.ellipse(x - 0.1, low, 0.3 * half / 0.36, 0.1, p.light.on((110, 180, 110)))
    stage.box(x - half - 0.05, x + half + 0.05, low, low - 0.06, warm.on((255, 252, 244)))
    stage.box(x - 0.014, x + 0.014, high, low, warm.on((255, 252, 244)))
    stage.box(x - half, x + half, 0.5, 0.472, warm.on((255, 252, 244)))
    for side in (-1, 1):
        outer, inner = x + side * (half + 0.12), x + side * (half - 0.1)
        stage.fill(
            [
                (outer, high + 0.08),
                (inner, high + 0.08),
                (outer - side * 0.05, low - 0.1),
                (outer, low - 0.1),
            ],
            warm.on((92, 160, 196)),
            warm.on((70, 130, 176)),
        )


def _picture_frame(p, x, warm):
    p.stage.box(x - 0.16, x + 0.16, 0.72, 0.36, warm.on((150, 96, 60)))
    p.stage.box(
        x - 0.125, x + 0.125, 0.685, 0.395, warm.on((160, 214, 240)), warm.on((240, 246, 240))
    )
    p.stage.fill(
        [
            (x - 0.125, 0.395),
            (x - 0.02, 0.58),
            (x + 0.05, 0.48),
            (x + 0.125, 0.56),
            (x + 0.125, 0.395),
        ],
        warm.on((96, 170, 120)),
    )


def _floor_lamp(p, x, foot_y, warm):
    stage = p.stage
    if p.light.time != 'day':
        stage.glow(x, foot_y + 0.8, 0.75, 0.7, (255, 220, 140), 0.6)
    stage.box(x - 0.012, x + 0.012, foot_y + 0.7, foot_y, warm.on((110, 80, 70)))
    stage.ellipse(x, foot_y, 0.1, 0.025, warm.on((110, 80, 70)))
    lit = (255, 240, 190) if p.light.time != 'day' else warm.on((250, 232, 190))
    stage.fill(
        [
            (x - 0.16, foot_y + 0.68),
            (x + 0.16, foot_y + 0.68),
            (x + 0.09, foot_y + 0.92),
            (x - 0.09, foot_y + 0.92),
        ],
        lit,
        np.asarray(lit) * 0.9,
    )


def paint_plain(p, backdrop):
    """A coloured paper sweep: dots and a floor line let a moving camera show."""
    stage, half_width = p.stage, p.half_width
    colour = np.array(BACKDROPS[backdrop], float)
    light, dark = blend_colours(colour, (255, 255, 255), 0.2), colour * 0.84
    stage.gradient([(1.1, colour * 0.94), (0.1, light), (HORIZON - 0.2, colour)])
    dot = blend_colours(colour, (255, 255, 255), 0.34) if backdrop != 'white' else colour * 0.9
    for row, y in enumerate(np.arange(HORIZON + 0.02, TOP, 0.24)):
        for x in np.arange(-half_width + 0.15 * (row % 2), half_width, 0.3):
            stage.ellipse(x, y, 0.036, 0.036, dot, opacity=0.7)
    stage.box(-half_width, half_width, HORIZON - 0.2, BOTTOM, colour * 0.9, dark)
    stage.box(-half_width, half_width, HORIZON - 0.19, HORIZON - 0.23, colour * 0.72, opacity=0.7)
    stage.glow(0, -0.62, 1.1 * p.aspect, 0.34, blend_colours(colour, (255, 255, 255), 0.7), 0.45)
