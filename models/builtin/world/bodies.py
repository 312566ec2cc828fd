"""A scene over time -> everything that moves in it, ready to be drawn."""

from typing import NamedTuple

import numpy as np

from .actions import ACTIONS
from .interactions import BALL_HALF, move_together
from .motions import Motion
from .places import PLACES

GROUND_Y, DEPTH_Y = -0.68, 0.14  # units: the nearest actor's feet; how much higher the farthest's
SPACE_Y = -0.5  # feet where there is no ground


class Body(NamedTuple):
    """Somebody's motion with what is needed to draw it; arrays are [T]."""

    label: str
    colour: str | None
    facing: str
    mirrored: bool
    phase: float
    ground: float  # height of its floor
    sink: float  # how deep it stands in water, as a fraction of its half-size
    raises_dust: bool
    motion: Motion  # for a ball, its lift is that of its centre
    is_ball: bool = False

    @property
    def x(self):
        return self.motion.x


def bodies_of(scene, seconds):
    """All that moves in a scene, the actors in order and then the ball."""
    gaits = [actor.gait for actor in scene.actors]
    ball = None
    if scene.interaction:
        motions, ball = move_together(scene.interaction, gaits, seconds)
    else:
        motions = [
            ACTIONS[a.action].move(g, seconds) for a, g in zip(scene.actors, gaits, strict=True)
        ]
    floor = PLACES[scene.place].floor
    bodies = []
    for actor, motion in zip(scene.actors, motions, strict=True):
        character = actor.character
        ground = SPACE_Y if floor == 'none' else GROUND_Y + DEPTH_Y * actor.depth
        colour = None if actor.colour == character.colour else actor.colour
        bodies.append(
            Body(
                character.sprite,
                colour,
                character.facing,
                actor.mirrored,
                actor.phase,
                ground,
                0.2 * (floor == 'water') * (not character.hovers),
                actor.action.startswith('run') and not character.hovers and floor != 'none',
                motion,
            )
        )
    if ball:
        bodies.append(_ball_body(scene, ball, bodies[0].ground))
    return bodies


def _ball_body(scene, path, ground):
    x, height = path
    one = np.ones_like(x)
    motion = Motion(x, height, one * BALL_HALF * min(1, scene.aspect**0.5), -3 * x, one, one)
    return Body('volleyball', None, 'front', False, 0.0, ground - 0.001, 0.0, False, motion, True)
