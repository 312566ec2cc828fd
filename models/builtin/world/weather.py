"""Rain, snowfall and wind-blown leaves: sheets of particles that drift through a scene.

A sheet hangs in a layer of the set and moves with it. It is one small tile that repeats itself and
drifts by whole tiles in a period, so that a spot and a moment say what is there. Drops and flakes
are few and big, so that they outlast an autoencoder.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import cv2
import numpy as np

from .brush import over, paste
from .staging import PARALLAXES, SPAN

TILE_PLACES = 6  # that a tile spans, wide and high
PERIOD_SECONDS = 3
SWAY_RATE = 2 * math.pi * 2 / PERIOD_SECONDS  # radians a second
FAR, NEAR = len(PARALLAXES) - 2, len(PARALLAXES) - 1  # layers of a set
_FINENESS = 2  # of a tile, beside the picture's
_SUBPIXELS = 3  # bits of cv2's fractional coordinates
_OPACITY = 0.65  # of a drop


@dataclass(frozen=True)
class Sheet:
    layer: int  # of the set, in which it hangs
    tiles: tuple  # that it drifts by in a period, to the right and down
    sway: tuple  # in places, the same ways
    count: int  # of particles in a tile
    size: float  # of a particle, in places: a drop's width, else its half-size

    @property
    def drift(self):
        """Places a second, to the right and down."""
        return tuple(TILE_PLACES * tiles / PERIOD_SECONDS for tiles in self.tiles)

    def offset(self, seconds):
        """How far it has drifted and swayed [2], in places."""
        swayed = math.sin(SWAY_RATE * seconds)
        return seconds * np.array(self.drift) + swayed * np.array(self.sway)


SHEETS = {
    'rain': (Sheet(FAR, (-1, 5), (0.0, 0), 13, 0.08), Sheet(NEAR, (-1, 6), (0.0, 0), 9, 0.12)),
    'snowfall': (Sheet(FAR, (0, 1), (0.2, 0), 12, 0.1), Sheet(NEAR, (0, 2), (0.3, 0), 8, 0.17)),
    'wind': (Sheet(FAR, (2, 0), (0, 0.4), 4, 0.28), Sheet(NEAR, (3, 1), (0, 0.5), 3, 0.4)),
}


def draw_weather(picture, scene, views, seconds, sprites):
    """Draws one moment of a scene's weather on a picture uint8 [H, W, 3], in place.

    views [layers, 6]: the maps of `staging`.
    """
    height, width = picture.shape[:2]
    place_px = max(width, height) / SPAN
    tile_px = round(TILE_PLACES * place_px * _FINENESS)
    for index, sheet in enumerate(SHEETS.get(scene.weather, ())):
        tile = _tile(scene.weather, index, scene.weather_index, tile_px, sprites)
        view = views[sheet.layer]
        to_tile = view[:4].reshape(2, 2) * (tile_px / TILE_PLACES / place_px)
        shifted = (view[4:] - sheet.offset(seconds)) % TILE_PLACES * tile_px / TILE_PLACES
        middle = np.array([width, height]) / 2 - 0.5
        seen = cv2.warpAffine(
            tile,
            np.column_stack([to_tile, shifted - 0.5 - to_tile @ middle]),
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_WRAP,
        )
        over(picture, seen)


@lru_cache(maxsize=64)
def _tile(weather, index, weather_index, side, sprites):
    """A sheet's tile, premultiplied RGBA uint8 [side, side, 4]."""
    sheet = SHEETS[weather][index]
    rng = np.random.default_rng([weather_index, len(weather), index])
    size = sheet.size * side / TILE_PLACES
    tile = np.zeros((side, side, 4), np.uint8)
    for number, (across, down, *chances) in enumerate(rng.random((sheet.count, 4))):
        # What hangs over an edge comes in again at the other.
        for column, row in product((-1, 0, 1), repeat=2):
            at = (across + column) * side, (down + row) * side
            _DRAWN[weather](tile, at, size, chances, number, sprites)
    return tile


def _fixed(x, y):
    return round(x * (1 << _SUBPIXELS)), round(y * (1 << _SUBPIXELS))


def _drop(tile, at, size, chances, number, sprites):
    x, y = at
    length = size * (10 + 4 * chances[0])
    colour = tuple(_OPACITY * level for level in (226, 238, 252, 255))
    ends = _fixed(x, y), _fixed(x - 0.16 * length, y + length)
    cv2.line(tile, *ends, colour, max(1, round(size)), cv2.LINE_AA, _SUBPIXELS)


def _flake(tile, at, size, chances, number, sprites):
    radius = round(size * (0.75 + 0.5 * chances[0]) * (1 << _SUBPIXELS))
    cv2.circle(tile, _fixed(*at), radius, (250, 252, 255, 255), -1, cv2.LINE_AA, _SUBPIXELS)


def _leaf(tile, at, size, chances, number, sprites):
    half = size * (0.85 + 0.3 * chances[0])
    leaf = sprites.picture('maple leaf' if number % 2 else 'fallen leaf', 0, 0, half)
    paste(tile, leaf, at, (half, half), rotation=2 * math.pi * chances[1])


_DRAWN = {'rain': _drop, 'snowfall': _flake, 'wind': _leaf}
