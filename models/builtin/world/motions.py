"""How actors move: functions from a Gait and times to a Motion, in world units.

They know nothing of cameras or pictures. `lift` is the height of the feet above the ground, so a
ballistic lift is exact: its second difference is -GRAVITY / PICTURES_PER_SECOND**2 in the air.
"""

import math
from dataclasses import dataclass

import numpy as np

GRAVITY = 3.2  # world units / s^2
PICTURES_PER_SECOND = 12
HOVER_LIFT = 0.34  # units between the ground and whoever stays in the air by itself
SPEED_FACTORS = {'slowly': 0.6, '': 1.0, 'quickly': 1.45}


@dataclass
class Motion:
    """Where an actor is over time [T], in units and radians (anticlockwise)."""

    x: np.ndarray
    lift: np.ndarray
    half: np.ndarray  # half the side of the sprite's square
    rotation: np.ndarray
    stretch_x: np.ndarray  # negative: seen from behind, that is mirrored
    stretch_y: np.ndarray
    direction: int = 0  # -1 heads left, 1 right, 0 as drawn
    speed: float = 0.0  # units/s to the right, of those who travel evenly


@dataclass(frozen=True)
class Gait:
    """How one actor moves, settled before its action: speeds in units/s, reach in units."""

    x: float  # where it stands, or the middle of its way
    half: float
    reach: float  # how far from the middle of the stage its centre may go
    kind: str
    hovers: bool
    pace: float  # 1, or as SPEED_FACTORS says
    chance: tuple[float, ...]  # 0..1 each, 0.5 where nothing is left to chance

    def between(self, index, low, high):
        return low + (high - low) * self.chance[index]


def still(gait, seconds):
    """An actor at rest; everything else starts from here."""
    zero, one = np.zeros_like(seconds), np.ones_like(seconds)
    lift = zero + gait.between(0, 0.9, 1.1) * HOVER_LIFT * gait.hovers
    if gait.hovers:
        lift = lift + 0.04 * np.sin(2 * math.pi * 0.75 * seconds)
    return Motion(zero + gait.x, lift, zero + gait.half, zero, one, one.copy())


def flight(seconds, speed):
    """Height after leaving the ground at `speed` units/s; 0 before and after."""
    height = speed * seconds - GRAVITY / 2 * seconds**2
    return np.where(seconds > 0, np.maximum(height, 0), 0)


def squash(motion, depth, width=0.05):
    """Flattens whoever touches the ground."""
    press = depth * np.exp(-((motion.lift / width) ** 2))
    motion.stretch_y = 1 - press
    motion.stretch_x = 1 + 0.6 * press


def travel_speed(gait, base):
    """Units/s of an ordinary pace, less where the frame is narrow."""
    fastest = 2 * gait.reach / 1.34
    return min(base * gait.pace * min(1, fastest / 1.15) ** 0.5, fastest)


MIDDLE_SECONDS = 8 / PICTURES_PER_SECOND  # a window's middle, when travellers pass their x


def travel(base_speed):
    """Makes a motion to the left or right at an even speed of a function that adds the steps."""

    def decorate(step):
        def move(gait, seconds, direction):
            motion = still(gait, seconds)
            speed = travel_speed(gait, base_speed * gait.between(0, 0.94, 1.06))
            motion.x = gait.x + direction * speed * (seconds - MIDDLE_SECONDS)
            motion.direction, motion.speed = direction, direction * speed
            step(gait, seconds, motion, direction, speed)
            return motion

        return move

    return decorate


@travel(0.5)
def walk(gait, seconds, motion, direction, speed):
    """Steps, or glides where there are no legs."""
    if gait.kind in ('walker', 'person', 'face'):
        step = math.pi * 2.2 * min(gait.pace, 1.3) * seconds
        motion.lift = motion.lift + 0.05 * np.abs(np.sin(step))
        motion.rotation = 0.07 * np.sin(step)


@travel(1.1)
def run(gait, seconds, motion, direction, speed):
    """Faster than a walk, leaning forward, with longer bounds."""
    if gait.kind in ('walker', 'person', 'face', 'round', 'thing'):
        step = math.pi * 3.6 * seconds
        motion.lift = motion.lift + 0.12 * np.abs(np.sin(step))
        motion.rotation = -direction * (0.17 + 0.05 * np.sin(step))
    else:
        motion.rotation = motion.rotation - direction * 0.1


@travel(0.72)
def roll(gait, seconds, motion, direction, speed):
    """Turns as a wheel does on its way."""
    motion.rotation = -direction * speed * (seconds - MIDDLE_SECONDS) / (0.8 * gait.half)


def hop(gait, seconds, direction):
    """Leaps and bounds with a rest between them."""
    motion = still(gait, seconds)
    speed_up, rest = gait.between(1, 1.2, 1.3), 0.08
    period = 2 * speed_up / GRAVITY + rest
    speed = travel_speed(gait, 0.62)
    since = seconds % period - rest
    hops = np.floor(seconds / period) + np.clip(since / (period - rest), 0, 1)
    middle = MIDDLE_SECONDS / period
    motion.x = gait.x + direction * speed * period * (hops - middle)
    motion.lift = motion.lift + flight(since, speed_up)
    motion.direction = direction
    squash(motion, 0.16)
    return motion


def jump(gait, seconds):
    """Straight up, with a rest on the ground before and after."""
    motion = still(gait, seconds)
    speed, rest = gait.between(0, 1.65, 1.8), 0.12
    since = (seconds - gait.between(1, 0, 0.06)) % (2 * speed / GRAVITY + 2 * rest) - rest
    motion.lift = motion.lift + flight(since, speed)
    squash(motion, 0.2)
    return motion


def flip(gait, seconds):
    """A jump with one whole turn backwards."""
    motion = still(gait, seconds)
    speed, rest = gait.between(0, 1.75, 1.85), 0.1
    duration = 2 * speed / GRAVITY
    since = (seconds - gait.between(1, 0, 0.06)) % (duration + 2 * rest) - rest
    turned = np.clip(since / duration, 0, 1)
    motion.lift = motion.lift + flight(since, speed)
    motion.rotation = 2 * math.pi * turned * turned * (3 - 2 * turned)
    squash(motion, 0.2)
    return motion


def bounce(gait, seconds):
    """Up again as soon as it is down."""
    motion = still(gait, seconds)
    speed = gait.between(0, 1.2, 1.35)
    period = 2 * speed / GRAVITY
    since = (seconds - gait.between(1, 0, 0.06)) % period
    motion.lift = motion.lift + speed * since - GRAVITY / 2 * since**2
    squash(motion, 0.22, 0.07)
    return motion


def fall(gait, seconds):
    """From above to the ground, with one small rebound."""
    motion = still(gait, seconds)
    height = gait.between(0, 0.9, 1.1)
    landed = seconds - math.sqrt(2 * height / GRAVITY)
    rebound = 0.4 * math.sqrt(2 * height * GRAVITY)
    motion.lift = motion.lift + np.where(
        landed < 0, height - GRAVITY / 2 * seconds**2, flight(landed, rebound)
    )
    squash(motion, 0.2)
    return motion


def toss(gait, seconds):
    """One high arc from left to right, turning once."""
    motion = still(gait, seconds)
    speed = gait.between(0, 1.8, 1.95)
    duration = 2 * speed / GRAVITY
    way = min(1.7, 1.9 * gait.reach)
    done = np.clip(seconds / duration, 0, 1)
    motion.x = way * (done - 0.5)
    motion.lift = motion.lift + flight(seconds, speed)
    motion.rotation = -2 * math.pi * done
    motion.direction = 1
    squash(motion, 0.12)
    return motion


def rise(gait, seconds):
    """Up at an even speed."""
    motion = still(gait, seconds)
    motion.lift = motion.lift * 0.2 + 0.02 + gait.between(0, 0.52, 0.6) * seconds
    return motion


def hover(gait, seconds):
    """Above the ground, gently up and down."""
    motion = still(gait, seconds)
    bob = np.sin(2 * math.pi * 0.75 * (seconds - gait.between(1, 0, 0.06)))
    motion.lift = gait.between(0, 0.4, 0.48) + 0.1 * bob
    motion.rotation = 0.08 * np.sin(2 * math.pi * 0.5 * seconds)
    return motion


def circle(gait, seconds):
    """Around a point in the air."""
    motion = still(gait, seconds)
    angle = 2 * math.pi * 0.72 * gait.pace * seconds + gait.between(0, -0.6, 0.6)
    radius = min(gait.between(1, 0.3, 0.36), gait.reach)
    motion.x = gait.x * 0.5 + radius * np.cos(angle)
    motion.lift = 0.42 + 0.3 * np.sin(angle)
    return motion


def spin(gait, seconds):
    """About its upright axis: the picture narrows, turns over and widens."""
    motion = still(gait, seconds)
    motion.stretch_x = np.cos(2 * math.pi * gait.between(0, 1.0, 1.16) * gait.pace * seconds)
    return motion


def dance(gait, seconds):
    """Sways, leans and hops to a beat."""
    motion = still(gait, seconds)
    beat = 2 * math.pi * gait.between(0, 1.4, 1.6) * gait.pace * seconds
    motion.x = motion.x + 0.09 * np.sin(beat / 2)
    motion.lift = motion.lift + 0.09 * np.abs(np.sin(beat))
    motion.rotation = 0.3 * np.sin(beat)
    return motion


def shake(gait, seconds):
    """Trembles sideways on the spot."""
    motion = still(gait, seconds)
    tremble = 2 * math.pi * 4 * seconds
    motion.x = motion.x + 0.05 * np.sin(tremble + 0.5)
    motion.rotation = 0.06 * np.sin(tremble)
    return motion


def grow(gait, seconds):
    """From less than half its size to more than its size."""
    motion = still(gait, seconds)
    done = np.minimum(seconds / (16 / PICTURES_PER_SECOND), 1.3)
    motion.half = gait.half * (gait.between(0, 0.4, 0.5) + 0.75 * done)
    return motion


def shrink(gait, seconds):
    """The other way around."""
    motion = still(gait, seconds)
    done = np.minimum(seconds / (16 / PICTURES_PER_SECOND), 1.2)
    motion.half = gait.half * (gait.between(0, 1.15, 1.25) - 0.78 * done)
    return motion
