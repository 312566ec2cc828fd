"""Rain, snowfall and wind-blown leaves drawn over filmed pictures.

Drops and flakes are few and big, so that they outlast an autoencoder.
"""

import cv2
import numpy as np

from .brush import paste

_COUNTS = {'rain': 46, 'snowfall': 34, 'wind': 13}
_SUBPIXELS = 3  # bits of cv2's fractional coordinates


def draw_weather(picture, scene, seconds, sprites):
    """Draws one moment of a scene's weather on a picture uint8 [H, W, 3], in place."""
    if scene.weather == 'clear':
        return
    rng = np.random.default_rng([scene.weather_index, len(scene.weather)])
    particles = rng.random((round(_COUNTS[scene.weather] * scene.aspect**0.7), 4))
    _DRAWN[scene.weather](picture, particles, seconds, sprites)


def _fixed(x, y):
    return round(x * (1 << _SUBPIXELS)), round(y * (1 << _SUBPIXELS))


def _rain(picture, particles, seconds, sprites):
    height, width = picture.shape[:2]
    streaks = picture.copy()
    for across, down, near, _ in particles:
        y = ((down + (1.5 + 0.4 * near) * seconds) % 1.25 - 0.15) * height
        x = ((across - 0.1 * y / height) % 1.1 - 0.05) * width
        length = (0.10 + 0.06 * near) * height
        cv2.line(
            streaks,
            _fixed(x, y),
            _fixed(x - 0.16 * length, y + length),
            (226, 238, 252),
            max(1, round(height * (0.007 + 0.006 * near))),
            cv2.LINE_AA,
            _SUBPIXELS,
        )
    cv2.addWeighted(streaks, 0.62, picture, 0.38, 0, dst=picture)


def _snowfall(picture, particles, seconds, sprites):
    height, width = picture.shape[:2]
    for across, down, near, sway in particles:
        y = ((down + (0.22 + 0.2 * near) * seconds) % 1.1 - 0.05) * height
        x = (across + 0.03 * np.sin(2.2 * seconds + 6.3 * sway)) * width
        radius = height * (0.009 + 0.014 * near)
        cv2.circle(
            picture,
            _fixed(x, y),
            round(radius * (1 << _SUBPIXELS)),
            (250, 252, 255),
            -1,
            cv2.LINE_AA,
            _SUBPIXELS,
        )


def _leaves(picture, particles, seconds, sprites):
    height, width = picture.shape[:2]
    for index, (across, down, near, sway) in enumerate(particles):
        half = height * (0.032 + 0.022 * near)
        x = ((across + (0.55 + 0.4 * near) * seconds) % 1.2 - 0.1) * width
        y = (down + 0.05 * np.sin(4 * seconds + 6.3 * sway)) * height
        leaf = sprites.picture('maple leaf' if index % 2 else 'fallen leaf', 0, 0, half)
        paste(
            picture, leaf, (x, y), (half, half), rotation=5 * seconds * (sway - 0.5) * 2 + 6 * sway
        )


_DRAWN = {'rain': _rain, 'snowfall': _snowfall, 'wind': _leaves}
