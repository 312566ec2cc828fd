"""Scenes -> the labels that a reader of their clips should find, head by head.

A plain place goes by the colour of its backdrop, and two who act on each other by what they do
together.
"""

import numpy as np

from ..world.actions import ACTIONS
from ..world.cast import CAST
from ..world.interactions import INTERACTIONS
from ..world.places import BACKDROPS, CAMERAS, PLACES, TIMES, WEATHERS


def backdrop_label(colour):
    return f'{colour} backdrop'


LABELS = {
    'who': list(CAST),
    'action': [*ACTIONS, *INTERACTIONS],
    'place': [*(place for place in PLACES if place != 'plain'), *map(backdrop_label, BACKDROPS)],
    'time': list(TIMES),
    'weather': list(WEATHERS),
    'camera': list(CAMERAS),
}


def scene_labels(scene):
    """Head -> the labels of a scene."""
    return {
        'who': {actor.name for actor in scene.actors},
        'action': {scene.interaction or actor.action for actor in scene.actors},
        'place': {backdrop_label(scene.backdrop) if scene.backdrop else scene.place},
        'time': {scene.time},
        'weather': {scene.weather},
        'camera': {scene.camera},
    }


def facts(scenes):
    """Head -> which labels each scene has, bool [N, labels]."""
    each = [scene_labels(scene) for scene in scenes]
    return {
        head: np.array([[label in found[head] for label in labels] for found in each])
        for head, labels in LABELS.items()
    }


def has_choice(scene, head):
    """Whether the scene's place leaves a choice, so that reading it right says something."""
    place = PLACES[scene.place]
    choices = {'time': place.times, 'weather': place.weathers}.get(head)
    return choices is None or len(choices) > 1


def box_labels(scene, box_count):
    """The cast's index of each box of a film [box_count]; -1 for no actor's, such as a ball's."""
    labels = [LABELS['who'].index(actor.name) for actor in scene.actors]
    return np.array((labels + [-1] * box_count)[:box_count])
