"""What a camera sees over time: where its middle points and how near it is."""

import math
from dataclasses import dataclass

import numpy as np

from .motions import MIDDLE_SECONDS

ZOOM_Y = -0.25  # units: zooming keeps this height in place, so that feet stay in the frame


@dataclass(frozen=True)
class View:
    """One moment of a camera: its middle in units, zoom, and roll in radians."""

    x: float
    y: float
    zoom: float
    roll: float = 0.0

    def of_parallax(self, parallax):
        """The same moment for a layer that moves less, being far away."""
        zoom = 1 + (self.zoom - 1) * (0.3 + 0.7 * parallax)
        y = self.y * (0.5 + 0.5 * parallax) + ZOOM_Y * (1 - 1 / zoom)
        return self.x * parallax, y, zoom, self.roll * (0.4 + 0.6 * parallax)


def views(scene, seconds, followed_x):
    """The View at each of seconds [T]; followed_x [T] is where the followed actor is."""
    amount = 0.8 + 0.4 * scene.camera_amount
    done = seconds / (2 * MIDDLE_SECONDS)  # 0 .. 1 over a window
    around = amount * (done - 0.5)
    zero = np.zeros_like(seconds)
    x, y, roll, zoom = zero, zero, zero, zero + 1
    narrow = min(1.0, scene.aspect)
    full_zoom = 0.5 if len(scene.actors) == 1 else 0.36
    match scene.camera:
        case 'zoom in':
            zoom = 1 + full_zoom * amount * np.minimum(done, 1.25)
        case 'zoom out':
            zoom = 1 + full_zoom * amount * np.maximum(1 - done, 0)
        case 'pan left':
            x = -0.6 * narrow * around
        case 'pan right':
            x = 0.6 * narrow * around
        case 'tilt up':
            y = 0.06 + 0.46 * around
        case 'tilt down':
            y = 0.06 - 0.46 * around
        case 'follow':
            x = followed_x
        case 'handheld':
            x = 0.045 * amount * (np.sin(9.1 * seconds) + np.sin(14.3 * seconds + 1))
            y = 0.04 * amount * (np.sin(11.7 * seconds + 2) + np.sin(16.9 * seconds))
            roll = 0.025 * amount * np.sin(7.7 * seconds + 0.5)
    return [View(*(float(v) for v in moment)) for moment in zip(x, y, zoom, roll, strict=True)]


def layer_to_frame(view, parallax, layer_half_width, layer_top, pixels_per_unit, width, height):
    """The matrix [2, 3] from a layer's pixels to the frame's, for cv2.warpAffine."""
    x, y, zoom, roll = view.of_parallax(parallax)
    cos, sin = zoom * math.cos(roll), zoom * math.sin(roll)
    turn = np.array([[cos, sin], [-sin, cos]])
    looked_at = np.array([layer_half_width + x, layer_top - y]) * pixels_per_unit - 0.5
    middle = np.array([width, height]) / 2 - 0.5
    return np.column_stack([turn, middle - turn @ looked_at])
