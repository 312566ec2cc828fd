"""Tracks of a falling, jumping or bouncing actor -> the gravity that they follow.

Of all stretches in the air, the one whose parabola is known best counts: a long one, but not so
long that it runs into a bounce.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from ..settings import FRAMES_PER_SECOND
from ..world.actions import GRAVITY

FRAME_HEIGHT = 2.0  # world units
MIN_PICTURE_COUNT = 6  # fewer fix a parabola badly: half a second at least
CLEARANCE = 0.1  # units above the lowest point: below, it may touch the ground
READING_ERROR = 0.004  # units: no stretch is taken to fit better than this


class GravityFit(NamedTuple):
    gravity: float  # units/s^2, downwards
    standard_error: float
    first: int  # pictures first .. last of the track, both in free flight
    last: int


@cache
def parabola_solver(picture_count):
    """Heights -> coefficients [3, n], the design matrix [n, 3], and the spread of the square's."""
    seconds = (np.arange(picture_count) - (picture_count - 1) / 2) / FRAMES_PER_SECOND
    design = np.stack([np.ones_like(seconds), seconds, seconds**2], 1)
    solver = np.linalg.pinv(design)
    return solver, design, np.linalg.norm(solver[2])


def fit_parabola(heights):
    """Heights in units at successive pictures -> gravity and its standard error."""
    solver, design, spread = parabola_solver(len(heights))
    coefficients = solver @ heights
    residual = heights - design @ coefficients
    deviation = np.sqrt(residual @ residual / (len(heights) - 3)) + READING_ERROR
    return -2 * coefficients[2], 2 * deviation * spread


def fit_gravity(heights):
    """The gravity of a track of heights [T] in units (NaN where nothing was seen).

    Returns a GravityFit, or None where the actor is never long enough in the air.
    """
    heights = np.asarray(heights, np.float64)
    if np.isnan(heights).all():
        return None
    flying = heights > np.nanmin(heights) + CLEARANCE
    best = None
    for first in range(len(heights)):
        for last in range(first + MIN_PICTURE_COUNT - 1, len(heights)):
            if not flying[first : last + 1].all():
                break
            gravity, error = fit_parabola(heights[first : last + 1])
            if best is None or error < best.standard_error:
                best = GravityFit(float(gravity), float(error), first, last)
    return best


def heights_of(centres_y):
    """Centres in fractions of the picture from its top -> heights in units, camera standing still."""
    return (0.5 - np.asarray(centres_y)) * FRAME_HEIGHT


def gravity_ratios(tracks_y):
    """Fitted over true gravity [N] of tracks of centres [N, T]; NaN where a track has no flight."""
    fits = [fit_gravity(heights_of(track)) for track in tracks_y]
    return np.array([np.nan if fit is None else fit.gravity / GRAVITY for fit in fits])
