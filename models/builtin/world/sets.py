"""Place, time of day and weather -> the painted layers that are filmed, from far to near.

Painting takes longer than filming, so sets are kept.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .light import Light, light_of
from .painter import SIDE_MARGIN, Painter
from .painters import barren, beyond, city, cold, green, indoors, water
from .places import PLACES

KEPT_SET_COUNT = 160
SKY_PARALLAX, FAR_PARALLAX, STAGE_PARALLAX = 0.1, 0.4, 1.0
PAINTERS = {
    'meadow': green.paint_meadow,
    'forest': green.paint_forest,
    'beach': water.paint_beach,
    'desert': barren.paint_desert,
    'mountains': cold.paint_mountains,
    'city': city.paint_city,
    'underwater': water.paint_underwater,
    'space': beyond.paint_space,
    'moon': beyond.paint_moon,
    'castle': green.paint_castle,
    'lake': water.paint_lake,
    'ice': cold.paint_ice,
    'volcano': barren.paint_volcano,
    'room': indoors.paint_room,
}


@dataclass(frozen=True)
class PaintedSet:
    """Layers as (uint8 premultiplied RGBA, parallax), the first one opaque.

    They show x from -half_width to half_width and y from painter.BOTTOM to painter.TOP.
    """

    layers: tuple
    light: Light
    half_width: float


def painted_set(scene, sprites, height_px):
    """The set of a scene; every scene that shares it gets the same object."""
    return _paint(
        scene.place,
        scene.time,
        scene.weather,
        scene.backdrop,
        scene.set_index,
        scene.aspect,
        sprites,
        height_px,
    )


@lru_cache(maxsize=KEPT_SET_COUNT)
def _paint(place, time, weather, backdrop, set_index, aspect, sprites, height_px):
    light = light_of(place, time, weather)
    rng = np.random.default_rng([list(PLACES).index(place), set_index])
    painter = Painter(light, sprites, rng, aspect, height_px / 2)
    if place == 'plain':
        indoors.paint_plain(painter, backdrop)
    else:
        PAINTERS[place](painter)
    layers = [
        (painter.sky.pixels, SKY_PARALLAX),
        (painter.far.pixels, FAR_PARALLAX),
        (painter.stage.pixels, STAGE_PARALLAX),
    ]
    seen = tuple((pixels, parallax) for pixels, parallax in layers if pixels[..., 3].any())
    opaque = max(i for i, (pixels, _) in enumerate(seen) if pixels[..., 3].min() == 255)
    return PaintedSet(seen[opaque:], light, aspect + SIDE_MARGIN)
