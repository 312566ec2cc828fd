"""A scene -> its pictures, and where the actors are in them.

Everything that moves is a function of time, so a longer film of a scene begins with the shorter.
"""

from typing import NamedTuple

import cv2
import numpy as np

from .bodies import bodies_of
from .brush import over
from .camera import layer_to_frame, views
from .moment import Moment
from .motions import PICTURES_PER_SECOND
from .painter import TOP
from .sets import painted_set
from .staging import BODY_MAP_LENGTH, view_maps
from .weather import draw_weather

cv2.setNumThreads(1)

ACTOR_SLOT_COUNT = 4  # three actors, or two and a ball


class Film(NamedTuple):
    """frames uint8 [T, H, W, 3] RGB; boxes, views and bodies float32 [T, ...].

    A box [ACTOR_SLOT_COUNT, 3] is the centre's x and y in fractions of width and height from the
    top left, and the half-size in fractions of the height. views [layers, 6] and bodies
    [ACTOR_SLOT_COUNT, 5] are the maps of `staging`. NaN where absent. Slots follow scene.actors; a
    thrown ball comes after them.
    """

    frames: np.ndarray
    boxes: np.ndarray
    views: np.ndarray
    bodies: np.ndarray


def film(scene, sprites, picture_count, height_px, width_px):
    """Films a scene at 12 pictures a second; the same scene gives the same pixels."""
    seconds = np.arange(picture_count) / PICTURES_PER_SECOND
    bodies = bodies_of(scene, seconds)
    shots = views(scene, seconds, followed_x=np.mean([body.x for body in bodies], 0))
    stage = painted_set(scene, sprites, height_px)
    frames = np.empty((picture_count, height_px, width_px, 3), np.uint8)
    boxes = np.full((picture_count, ACTOR_SLOT_COUNT, 3), np.nan, np.float32)
    maps = np.full((picture_count, ACTOR_SLOT_COUNT, BODY_MAP_LENGTH), np.nan, np.float32)
    order = sorted(range(len(bodies)), key=lambda i: -bodies[i].ground)  # farthest first
    maps_of_views = np.stack([view_maps(shot, width_px, height_px) for shot in shots])
    backdrop = None
    for index, shot in enumerate(shots):
        if backdrop is None or scene.camera != 'static':
            backdrop = film_set(stage, shot, height_px, width_px)
        picture = backdrop.copy()
        moment = Moment(scene, sprites, stage, shot, picture, index, seconds[index])
        for slot in order:
            boxes[index, slot], maps[index, slot] = moment.draw(bodies[slot])
        moment.draw_occluder(bodies[0])
        draw_weather(picture, scene, maps_of_views[index], seconds[index], sprites)
        frames[index] = picture
    return Film(frames, boxes, maps_of_views, maps)


def film_set(stage, shot, height_px, width_px):
    """The empty set as seen at one moment, uint8 [H, W, 3]."""
    picture = None
    for pixels, parallax in stage.layers:
        matrix = layer_to_frame(
            shot, parallax, stage.half_width, TOP, height_px / 2, width_px, height_px
        )
        seen = cv2.warpAffine(
            pixels,
            matrix,
            (width_px, height_px),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        if picture is None:
            picture = cv2.cvtColor(seen, cv2.COLOR_RGBA2RGB)
        else:
            over(picture, seen)
    return picture
