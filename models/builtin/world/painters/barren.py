"""Sets of land where little grows: desert and volcano."""

import numpy as np

from ..painter import HORIZON


def paint_desert(p):
    p.paint_sky(clouds=1)
    for x, width, height in ((-0.5, 0.34, 0.36), (0.42, 0.46, 0.26)):
        x, rock = x * p.aspect, (206, 128, 84)
        p.far.fill(
            [
                (x - width, -0.3),
                (x - width * 0.72, height),
                (x + width * 0.66, height),
                (x + width, -0.3),
            ],
            p.light.on(rock, 0.3),
            p.light.on(rock, 0.55),
        )
    p.hills(0.12, 0.08, (244, 196, 118), 0.22)
    p.hills(0.03, 0.05, (238, 182, 100), 0.1)
    p.paint_ground((250, 208, 132), (226, 164, 86), patch=0.05)
    for y in (-0.14, -0.3, -0.52):
        dune = np.column_stack([p.stage.columns(80), p.skyline(y, 0.03, 0.4, 80)])
        p.stroke(p.stage, dune, 0.022, p.light.on((206, 144, 74)), 0.35)
    p.prop('cactus', -0.66 * p.aspect, -0.14, 0.3)
    p.prop('cactus', 0.76 * p.aspect, -0.2, 0.36)
    p.prop('cactus', 0.34 * p.aspect, -0.06, 0.15)
    p.prop('rock', 0.5 * p.aspect, -0.22, 0.09)


def paint_volcano(p):
    p.paint_sky(clouds=1, sun=p.light.time == 'night')
    p.sky.glow(0.1, 0.62, 0.9, 0.7, (255, 120, 60), 0.5)
    p.hills(0.16, 0.12, (130, 92, 96), 0.3, 0.5)
    p.prop('volcano', 0.06 * p.aspect, -0.1, 0.62, layer=p.far, shadow=False)
    p.paint_ground((118, 92, 92), (78, 60, 68), patch=0.09)
    for start in (-0.8, -0.1, 0.62):
        y = np.linspace(HORIZON, -1.2, 14)
        x = start * p.aspect + 0.12 * np.cumsum(p.rng.uniform(-1, 1, 14)) * 0.6
        line = np.column_stack([x * (1 - 0.35 * y), y])
        p.stroke(p.stage, line, 0.07, (255, 96, 30), 0.35)
        p.stroke(p.stage, line, 0.028, (255, 190, 70))
    p.scatter(('rock',), 5, (0.1, 0.16), (-0.35, -0.06), clear=0.45)
