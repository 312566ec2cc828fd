"""What may stand between the camera and an actor: painted shapes and emoji, as sprites."""

from functools import cache

import numpy as np

from .brush import Layer
from .places import PLACES

HALF_SIZES = {  # units, for an actor of ordinary size
    'bush': 0.25,
    'fence': 0.36,
    'lamp post': 0.6,
    'log': 0.2,
    'rock': 0.2,
    'cactus': 0.28,
    'barrier': 0.26,
    'coral': 0.27,
    'ice block': 0.22,
    'chair': 0.28,
}
PICTURE_SIDE_PX = 160


def occluder_picture(scene, sprites, half_px):
    """The scene's occluder as a premultiplied RGBA square that stands on its lower edge."""
    shape = PLACES[scene.place].occluders[scene.occluder]
    if shape not in _PAINTED:
        return sprites.picture(shape, 0, 0, half_px)
    return _painted(shape)


@cache
def _painted(shape):
    canvas = Layer(1, -1, 1, PICTURE_SIDE_PX / 2)
    _PAINTED[shape](canvas)
    return canvas.pixels


def _bush(canvas):
    rng = np.random.default_rng(5)
    for x, y, size in (
        (-0.5, -0.5, 0.42),
        (0.5, -0.5, 0.42),
        (0, -0.2, 0.56),
        (-0.25, -0.55, 0.4),
        (0.28, -0.55, 0.4),
    ):
        canvas.ellipse(x, y, size, size * 0.9, (104, 190, 84), (44, 126, 62))
    for _ in range(9):
        x, y = rng.uniform(-0.6, 0.6), rng.uniform(-0.7, 0.1)
        canvas.ellipse(x, y, 0.07, 0.07, (255, 150, 180))


def _fence(canvas):
    for y in (-0.35, -0.72):
        canvas.box(-0.98, 0.98, y, y - 0.11, (226, 196, 156), (196, 160, 118))
    for x in np.arange(-0.88, 0.9, 0.35):
        canvas.fill(
            [(x - 0.1, -0.95), (x + 0.1, -0.95), (x + 0.1, -0.14), (x, -0.02), (x - 0.1, -0.14)],
            (250, 232, 200),
            (214, 180, 136),
        )


def _lamp_post(canvas):
    canvas.box(-0.07, 0.07, 0.5, -0.95, (84, 94, 118), (58, 64, 84))
    canvas.fill([(-0.16, -0.95), (0.16, -0.95), (0.09, -0.8), (-0.09, -0.8)], (66, 74, 96))
    canvas.ellipse(0, 0.66, 0.2, 0.22, (255, 250, 220), (255, 226, 150))
    canvas.fill([(-0.2, 0.82), (0.2, 0.82), (0, 0.97)], (66, 74, 96))


_PAINTED = {'bush': _bush, 'fence': _fence, 'lamp post': _lamp_post}
