"""Draws what moves into one picture: reflections, shadows, dust, actors, occluders."""

import numpy as np

from .actions import ACTIONS
from .brush import SOFT_DOT, paste
from .camera import layer_to_frame
from .occluders import HALF_SIZES, occluder_picture
from .places import PLACES
from .staging import body_map

WET_MIRROR = {('city', 'rain'): 0.3}  # wet asphalt
DUST_SECONDS = 0.14  # between two puffs of a runner
BLACK = np.zeros(3)


class Moment:
    """One picture being drawn."""

    def __init__(self, scene, sprites, stage, shot, picture, index, seconds):
        self.scene, self.sprites, self.stage, self.picture = scene, sprites, stage, picture
        self.index, self.seconds = index, seconds
        self.height, self.width = picture.shape[:2]
        place = PLACES[scene.place]
        self.floor = place.floor
        self.mirror = max(place.mirror, WET_MIRROR.get((scene.place, scene.weather), 0.0))
        self.roll = shot.roll
        self.zoom = shot.zoom
        self.matrix = layer_to_frame(shot, 1.0, 0.0, 0.0, self.height / 2, self.width, self.height)
        self.gain = None if (stage.light.tint == 1).all() else stage.light.actor_gain

    def to_pixel(self, x, y):
        """World units -> continuous pixels of the picture."""
        per_unit = self.height / 2
        return self.matrix @ (x * per_unit - 0.5, -y * per_unit - 0.5, 1) + 0.5

    def pixels(self, units):
        return units * self.zoom * self.height / 2

    def draw(self, body):
        """Draws a body with its shadow and reflection; returns its box and its map."""
        motion, t = body.motion, self.index
        half, lift = motion.half[t], motion.lift[t]
        stretch_x, stretch_y = motion.stretch_x[t], motion.stretch_y[t]
        feet = (
            0.0 if body.is_ball else (self.sprites.feet(body.label) - body.sink) * half * stretch_y
        )
        x, y = motion.x[t], body.ground + lift + feet
        centre = self.to_pixel(x, y)
        half_px = self.pixels(half)
        mirrored = body.mirrored
        if motion.direction and body.facing != 'front':
            mirrored = motion.direction > 0
        sprite = self.sprites.picture(body.label, body.phase, t, half_px, body.colour)
        size = np.array([
            half_px * _thick_enough(stretch_x) * (-1 if mirrored else 1),
            half_px * stretch_y,
        ])
        rotation = motion.rotation[t] + self.roll
        foot = self.to_pixel(x, body.ground)
        if self.floor != 'none':
            self._reflect(sprite, centre, foot, size, rotation)
            self._shade(foot, half, max(0.0, lift))
        if body.raises_dust:
            self._raise_dust(body)
        if self.floor == 'water':
            self._paste_in_water(sprite, centre, foot[1], size, rotation, half_px)
        else:
            paste(self.picture, sprite, centre, size, rotation, self.gain)
        box = centre[0] / self.width, centre[1] / self.height, half_px / self.height
        return box, body_map(centre, size, rotation, self.width, self.height)

    def _reflect(self, sprite, centre, foot, size, rotation):
        if self.mirror:
            below = np.array([centre[0], 2 * foot[1] - centre[1]])
            paste(self.picture, sprite, below, size * (1, -1), -rotation, self.gain, self.mirror)

    def _shade(self, foot, half, lift):
        strength = 0.55 / (1 + 2.0 * lift) * (1 - self.mirror)
        size = self.pixels(half) * (1 - 0.25 * min(1, lift)) * np.array([0.95, 0.24])
        paste(self.picture, SOFT_DOT, foot, size, gain=BLACK, opacity=strength)

    def _paste_in_water(self, sprite, centre, waterline, size, rotation, half_px):
        """Hides what is below the waterline, and draws a ripple where something touches it."""
        row = int(np.clip(round(waterline), 0, self.height))
        bottom = int(np.clip(centre[1] + 1.5 * half_px, row, self.height))
        water = self.picture[row:bottom].copy()
        paste(self.picture, sprite, centre, size, rotation, self.gain)
        self.picture[row:bottom] = water
        if centre[1] + 0.85 * half_px > waterline:
            gain = np.full(3, 0.9) * self.stage.light.actor_gain
            paste(
                self.picture,
                SOFT_DOT,
                (centre[0], waterline),
                (0.95 * half_px, 0.12 * half_px),
                gain=gain,
                opacity=0.6,
            )

    def _raise_dust(self, body):
        """Puffs where the runner was, growing and fading."""
        newest = self.seconds % DUST_SECONDS
        speed = body.motion.speed
        half = body.motion.half[self.index]
        for age in (newest, newest + DUST_SECONDS, newest + 2 * DUST_SECONDS):
            faded = age / (3 * DUST_SECONDS)
            x = body.x[self.index] - speed * age - np.sign(speed) * 0.55 * half
            at = self.to_pixel(x, body.ground + 0.1 * half + 0.3 * half * faded)
            size = self.pixels(half * (0.22 + 0.24 * faded))
            gain = np.array((0.98, 0.95, 0.9)) * self.stage.light.actor_gain
            paste(self.picture, SOFT_DOT, at, (size, size), gain=gain, opacity=0.8 * (1 - faded))

    def draw_occluder(self, body):
        scene = self.scene
        if not scene.occluder:
            return
        actor = scene.actors[0]
        size = HALF_SIZES[scene.occluder] * min(1.15, actor.half / 0.4)
        aside = 0.0 if ACTIONS[actor.action].direction else actor.x + 0.5 * actor.half
        foot = body.ground - 0.07
        half_px = self.pixels(size)
        self._shade(self.to_pixel(aside, foot), size, 0.0)
        picture = occluder_picture(scene, self.sprites, half_px)
        paste(
            self.picture,
            picture,
            self.to_pixel(aside, foot + 0.92 * size),
            (half_px, half_px),
            self.roll,
            self.gain,
        )


def _thick_enough(stretch):
    """A turning sprite never gets thinner than a card."""
    return np.sign(stretch or 1) * max(abs(stretch), 0.1)
