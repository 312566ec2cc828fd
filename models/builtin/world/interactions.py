"""What two actors do to each other: motions of both, of the ball if there is one, and the words.

The first named acts upon the second. Throwing and jumping over obey GRAVITY.
"""

import math

import numpy as np

from .motions import GRAVITY, flight, run, squash, still

INTERACTIONS = {  # phrases in base form; {} is where the second actor goes
    'chase right': ('chase {} to the right', 'run after {} to the right'),
    'chase left': ('chase {} to the left', 'run after {} to the left'),
    'meet': ('meet {}', 'walk up to {}', 'come to meet {}'),
    'jump over': ('jump over {}', 'leap over {}', 'hop over {}'),
    'throw': ('throw a ball to {}', 'toss a ball to {}', 'pass a ball to {}'),
}
JOINT_PHRASES = {  # told of both at once
    'meet': ('walk toward each other', 'meet each other', 'come together'),
}
# What each of the two does, as action labels.
INTERACTION_ACTIONS = {
    'chase right': ('run right', 'run right'),
    'chase left': ('run left', 'run left'),
    'meet': ('walk right', 'walk left'),
    'jump over': ('hop right', 'stand'),
    'throw': ('stand', 'stand'),
}
BALL_HALF = 0.13  # units


def chase(gaits, seconds, direction):
    """Run in file, at one speed."""
    pursuer, prey = (run(gait, seconds, direction) for gait in gaits)
    gap = gaits[0].half + gaits[1].half
    room = max(0.3, min(1.0, (gaits[0].reach - gap / 2) / gaits[0].reach))
    middle = (pursuer.x - gaits[0].x) * room
    for motion, side in ((pursuer, -1), (prey, 1)):
        motion.x = middle + direction * side * gap / 2
        motion.speed = pursuer.speed * room
    return pursuer, prey


def meet(gaits, seconds):
    """Walk toward each other, slow down and stop face to face."""
    motions = [still(gait, seconds) for gait in gaits]
    left = np.clip(1 - seconds / 1.0, 0, 1) ** 1.5
    for motion, gait, side in zip(motions, gaits, (-1, 1), strict=True):
        stop = 0.85 * gait.half
        motion.x = side * (stop + (gait.reach - stop) * left)
        motion.lift = motion.lift + 0.05 * np.abs(np.sin(math.pi * 2.2 * seconds)) * (left > 0)
        motion.direction = -side
    return motions


def jump_over(gaits, seconds):
    jumper, hurdle = (still(gait, seconds) for gait in gaits)
    speed_up, start = 2.05, 0.04
    duration = 2 * speed_up / GRAVITY
    way = min(1.3, 2 * gaits[0].reach)
    jumper.x = way * ((seconds - start) / duration - 0.5)
    jumper.lift = jumper.lift + flight(seconds - start, speed_up)
    jumper.rotation = 0.25 * np.cos(math.pi * np.clip((seconds - start) / duration, 0, 1))
    jumper.direction = 1
    squash(jumper, 0.15)
    hurdle.x = np.zeros_like(seconds)
    return jumper, hurdle


def throw(gaits, seconds):
    """The thrower, the catcher, and the ball's (x, height of its centre) [T] each."""
    thrower, catcher = (still(gait, seconds) for gait in gaits)
    start, duration = 0.17, 0.95
    speed_up = GRAVITY * duration / 2
    hand_x = [gait.x + side * gait.half * 0.75 for gait, side in zip(gaits, (1, -1), strict=True)]
    done = np.clip((seconds - start) / duration, 0, 1)
    ball_x = hand_x[0] + (hand_x[1] - hand_x[0]) * done
    ball_height = gaits[0].half * 1.0 + flight(seconds - start, speed_up)
    thrower.rotation = 0.2 * np.exp(-(((seconds - start + 0.05) / 0.12) ** 2))
    thrower.direction, catcher.direction = 1, -1
    return thrower, catcher, (ball_x, ball_height)


def move_together(interaction, gaits, seconds):
    """Motions of both actors, and the ball's path or None. ValueError for an unknown name."""
    if interaction in ('chase right', 'chase left'):
        return chase(gaits, seconds, 1 if interaction == 'chase right' else -1), None
    if interaction == 'meet':
        return meet(gaits, seconds), None
    if interaction == 'jump over':
        return jump_over(gaits, seconds), None
    if interaction == 'throw':
        *motions, ball = throw(gaits, seconds)
        return motions, ball
    raise ValueError(f'no interaction "{interaction}": take one of {", ".join(INTERACTIONS)}')
