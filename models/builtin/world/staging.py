"""Where the camera looks and where bodies are, as linear maps of places in a picture.

Places are centred, x to the right and y down, and span 8 along a picture's longer side.
"""

import math

import numpy as np

from .sets import FAR_PARALLAX, SKY_PARALLAX, STAGE_PARALLAX

SPAN = 8  # of a picture's longer side
VIEW_MAP_LENGTH, BODY_MAP_LENGTH = 6, 5
PARALLAXES = SKY_PARALLAX, FAR_PARALLAX, STAGE_PARALLAX


def view_maps(shot, width_px, height_px):
    """Maps from a place in the picture to one in each layer of the set [layers, 6].

    A row is the matrix [2, 2] and what is added. Without a camera's move it changes nothing.
    """
    unit_px = max(width_px, height_px) / SPAN
    rows = []
    for parallax in PARALLAXES:
        x, y, zoom, roll = shot.of_parallax(parallax)
        cos, sin = math.cos(roll) / zoom, math.sin(roll) / zoom
        scale = height_px / 2 / unit_px
        rows.append((cos, -sin, sin, cos, x * scale, -y * scale))
    return np.array(rows, np.float32)


def body_map(centre_px, half_px, rotation, width_px, height_px):
    """A body's centre, the arrow from there to its sprite's lower edge, half its width: [5].

    half_px (x, y); x is negative where it is mirrored. rotation in radians anticlockwise. None of
    these numbers jumps when a sprite turns about, as those of the inverse map do.
    """
    unit_px = max(width_px, height_px) / SPAN
    half_x, half_y = half_px[0] / unit_px, half_px[1] / unit_px
    x, y = (centre_px[0] - width_px / 2) / unit_px, (centre_px[1] - height_px / 2) / unit_px
    return x, y, math.sin(rotation) * half_y, math.cos(rotation) * half_y, half_x
