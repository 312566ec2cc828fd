"""What painted sets are made of: sky, hills, clouds, scattered props; one Painter paints one set.

Chance comes from the set's own generator, so a set looks the same whenever it is painted.
"""

import math

import numpy as np

from .brush import Layer, blend_colours

HORIZON = -0.02  # height of the far end of the ground, in units
TOP, BOTTOM = 1.75, -1.5  # what a layer covers beyond the frame, for cameras that move
SIDE_MARGIN = 0.85


class Painter:
    """Three layers from far to near: sky, far, stage; sizes in units."""

    def __init__(self, light, sprites, rng, aspect, pixels_per_unit):
        self.light, self.sprites, self.rng, self.aspect = light, sprites, rng, aspect
        extent = (aspect + SIDE_MARGIN, BOTTOM, TOP, pixels_per_unit)
        self.sky, self.far, self.stage = Layer(*extent), Layer(*extent), Layer(*extent)

    @property
    def half_width(self):
        return self.stage.half_width

    # Sky

    def paint_sky(self, *, sun=True, clouds=3, stars=True):
        zenith, middle, horizon = self.light.sky
        self.sky.gradient([(1.3, zenith), (0.5, middle), (HORIZON, horizon)])
        time = self.light.time
        if time == 'night' and stars:
            self.paint_stars(46)
        if sun:
            self.paint_sun()
        for _ in range(clouds if time != 'night' else clouds // 2):
            self.paint_cloud(self.rng.uniform(-1, 1) * self.half_width, self.rng.uniform(0.45, 1.0))

    def paint_sun(self):
        x = self.rng.choice((-1, 1)) * self.rng.uniform(0.42, 0.6) * self.aspect
        time = self.light.time
        if time == 'night':
            self.sky.glow(x, 0.66, 0.5, 0.5, (150, 170, 235), 0.5)
            self.sky.ellipse(x, 0.66, 0.12, 0.12, (252, 250, 226), (224, 222, 200))
            self.sky.ellipse(x - 0.03, 0.70, 0.028, 0.028, (214, 212, 192))
            self.sky.ellipse(x + 0.04, 0.64, 0.02, 0.02, (214, 212, 192))
        elif time == 'sunset':
            self.sky.glow(x * 0.6, 0.22, 1.1, 0.8, (255, 214, 130), 0.8)
            self.sky.ellipse(x * 0.6, 0.2, 0.2, 0.2, (255, 244, 190), (255, 190, 110))
        else:
            self.sky.glow(x, 0.68, 0.62, 0.62, (255, 250, 214), 0.8)
            self.sky.ellipse(x, 0.68, 0.13, 0.13, (255, 246, 190), (255, 226, 120))

    def paint_stars(self, count, lowest=0.05):
        for _ in range(int(count * self.aspect)):
            x, y = self.rng.uniform(-1, 1) * self.half_width, self.rng.uniform(lowest, TOP)
            size, shine = self.rng.uniform(0.006, 0.016), self.rng.uniform(0.55, 1)
            self.sky.ellipse(x, y, size, size, np.array((255, 250, 235)) * shine, opacity=shine)

    def paint_cloud(self, x, y):
        width = self.rng.uniform(0.16, 0.26)
        white = blend_colours(
            np.array((255, 255, 255)) * (0.35 + 0.65 * self.light.tint), self.light.sky[1], 0.12
        )
        shade = blend_colours(white, self.light.sky[1], 0.35)
        for dx, dy, size in (
            (-1.05, -0.12, 0.55),
            (1.1, -0.14, 0.5),
            (0.45, 0.08, 0.72),
            (-0.35, 0.14, 0.85),
        ):
            self.sky.ellipse(
                x + dx * width, y + dy * width, size * width, size * width * 0.8, white, shade
            )

    # Ground

    def skyline(self, base, swing, roughness=0.5, count=160):
        """Heights of a hilly line around base."""
        across = np.linspace(0, 1, count)
        heights = np.full(count, base)
        for octave in range(1, 5):
            knots = 2**octave + 2
            knot_heights = self.rng.uniform(-1, 1, knots)
            place = across * (knots - 2)
            index = place.astype(int)
            ease = (1 - np.cos(math.pi * (place - index))) / 2
            line = knot_heights[index] * (1 - ease) + knot_heights[index + 1] * ease
            heights = heights + swing * roughness ** (octave - 1) * line
        return heights

    def hills(self, base, swing, colour, distance, roughness=0.35):
        top = self.light.on(colour, distance)
        low = self.light.on(np.asarray(colour) * 0.82, min(1, distance + 0.25))
        self.far.below(self.skyline(base, swing, roughness), -0.6, top, low)

    def paint_ground(self, far_colour, near_colour, patch=0.06, patches=26):
        """The stage from the horizon to the front, with soft patches and light where actors act."""
        stage, light = self.stage, self.light
        far, near = light.on(far_colour, 0.12), light.on(near_colour)
        stage.box(-self.half_width, self.half_width, HORIZON, BOTTOM, far, near)
        for _ in range(int(patches * self.aspect)):
            depth = self.rng.random() ** 1.4
            y, size = HORIZON - 0.04 - 1.2 * depth, 0.06 + 0.2 * depth
            x = self.rng.uniform(-1, 1) * self.half_width
            bright = self.rng.random() < 0.5
            stage.glow(
                x,
                y,
                size * 1.6,
                size * 0.4,
                light.on((255, 255, 255) if bright else (0, 0, 0)),
                patch * (1.0 if bright else 1.4),
            )
        stage.glow(0, -0.62, 1.25 * self.aspect, 0.5, light.on((255, 250, 225)), 0.20)
        stage.box(
            -self.half_width,
            self.half_width,
            HORIZON + 0.003,
            HORIZON - 0.02,
            light.on(np.asarray(far_colour) * 1.1, 0.3),
            opacity=0.5,
        )

    def shade(self, x, foot_y, half):
        self.stage.glow(x, foot_y, half * 1.15, half * 0.3, (0, 0, 0), 0.42)

    def prop(self, label, x, foot_y, half, *, shadow=True, layer=None, distance=0.0):
        """Stands a sprite on the stage; distance lets it fade into haze."""
        picture = self.sprites.picture(label, 0, 0, half * self.stage.pixels_per_unit)
        if shadow:
            self.shade(x, foot_y, half)
        gain = self.light.tint
        (layer or self.stage).stamp(
            picture, x, foot_y, half, gain=gain, mirrored=self.rng.random() < 0.5
        )

    def scatter(self, labels, count, half, depth, *, clear=0.0, shadow=True):
        """Props at random, farthest first; half and depth are ranges, `clear` a bare middle."""
        spots = sorted(
            (self.rng.uniform(*depth) for _ in range(round(count * max(1, self.aspect)))),
            reverse=True,
        )
        for index, y in enumerate(spots):
            side = 1 if index % 2 else -1
            x = side * self.rng.uniform(clear, 1.0) * (self.aspect + 0.25)
            size = self.rng.uniform(*half) * (1 - 0.9 * y)
            self.prop(self.rng.choice(labels), x, y, size, shadow=shadow)

    def stroke(self, layer, points, width, colour, opacity=1.0):
        """A ribbon of even width along points."""
        points = np.asarray(points, float)
        along = np.gradient(points, axis=0)
        normal = np.column_stack([-along[:, 1], along[:, 0]])
        normal *= width / 2 / np.maximum(np.hypot(*normal.T), 1e-6)[:, None]
        layer.fill([*(points + normal), *(points - normal)[::-1]], colour, opacity=opacity)
