"""Paints soft shapes and sprites on RGBA layers measured in world units.

Layers are uint8 with premultiplied alpha. Shapes are antialiased by drawing them on a clear mask.
"""

import math

import cv2
import numpy as np

SUBPIXEL_BITS = 4


def over(canvas, rgba):
    """Lays premultiplied RGBA over a canvas of three or four channels, in place; both uint8."""
    alpha = rgba[..., 3]
    clear = cv2.merge([255 - alpha] * canvas.shape[2])
    cv2.multiply(canvas, clear, dst=canvas, scale=1 / 255)
    front = rgba if canvas.shape[2] == 4 else cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)
    cv2.add(canvas, front, dst=canvas)


def paste(canvas, sprite, centre, half, rotation=0.0, gain=None, opacity=1.0):
    """Blends a premultiplied sprite; pixels, angle in radians anticlockwise.

    half = (half width, half height) of its square in pixels; a negative one mirrors it.
    """
    half_x, half_y = half
    reach = max(abs(half_x), abs(half_y)) * (1.42 if rotation else 1.0) + 1
    height, width = canvas.shape[:2]
    x0, x1 = max(0, int(centre[0] - reach)), min(width, int(centre[0] + reach) + 2)
    y0, y1 = max(0, int(centre[1] - reach)), min(height, int(centre[1] + reach) + 2)
    if x0 >= x1 or y0 >= y1:
        return
    side = sprite.shape[0]
    cos, sin = math.cos(rotation), math.sin(rotation)
    to_canvas = np.array([[cos * half_x, sin * half_y], [-sin * half_x, cos * half_y]]) * 2 / side
    middle = np.array([centre[0] - x0 - 0.5, centre[1] - y0 - 0.5])
    offset = middle - to_canvas @ np.full(2, (side - 1) / 2)
    warped = cv2.warpAffine(
        sprite, np.column_stack([to_canvas, offset]), (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR
    )
    if gain is not None or opacity != 1:
        scale = np.append(np.ones(3) if gain is None else gain, 1.0) * opacity
        warped = cv2.multiply(warped, tuple(float(v) for v in scale))
    over(canvas[y0:y1, x0:x1], warped)


def blend_colours(first, second, fraction):
    return np.asarray(first, float) * (1 - fraction) + np.asarray(second, float) * fraction


def soft_dot(side=64):
    """A round white blob that fades to nothing at its rim, premultiplied RGBA."""
    axis = (np.arange(side) + 0.5) / side * 2 - 1
    distance = np.hypot(axis[:, None], axis)
    alpha = np.clip(1 - distance, 0, 1) ** 2 * (3 - 2 * np.clip(1 - distance, 0, 1))
    return np.repeat(np.rint(255 * alpha).astype(np.uint8)[..., None], 4, axis=2)


SOFT_DOT = soft_dot()


class Layer:
    """A canvas that shows x from -half_width to half_width and y from bottom to top, in units."""

    def __init__(self, half_width, bottom, top, pixels_per_unit):
        self.half_width, self.bottom, self.top = half_width, bottom, top
        self.pixels_per_unit = pixels_per_unit
        size = (round((top - bottom) * pixels_per_unit), round(2 * half_width * pixels_per_unit))
        self.pixels = np.zeros((*size, 4), np.uint8)

    def to_pixel(self, x, y):
        return (x + self.half_width) * self.pixels_per_unit, (self.top - y) * self.pixels_per_unit

    def columns(self, count=160):
        return np.linspace(-self.half_width, self.half_width, count)

    def gradient(self, stops):
        """Fills everything from top to bottom; stops are (y, colour), highest first."""
        ys = self.top - (np.arange(self.pixels.shape[0]) + 0.5) / self.pixels_per_unit
        self.pixels[..., :3] = _ramp(ys, stops)[:, None]
        self.pixels[..., 3] = 255

    def fill(self, points, top_colour, bottom_colour=None, opacity=1.0):
        """A polygon of (x, y) with a gradient from its highest to its lowest point."""
        corners = np.array([self.to_pixel(*point) for point in points])
        limit = self.pixels.shape[1::-1]
        x0, y0 = np.clip(np.floor(corners.min(0)) - 1, 0, limit).astype(int)
        x1, y1 = np.clip(np.ceil(corners.max(0)) + 2, 0, limit).astype(int)
        if x0 >= x1 or y0 >= y1:
            return
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        fixed = np.rint((corners - (x0, y0)) * (1 << SUBPIXEL_BITS)).astype(np.int32)
        cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        ys = self.top - (np.arange(y0, y1) + 0.5) / self.pixels_per_unit
        heights = [point[1] for point in points]
        bottom_colour = top_colour if bottom_colour is None else bottom_colour
        colour = _ramp(ys, [(max(heights), top_colour), (min(heights), bottom_colour)])
        alpha = mask.astype(np.float32)[..., None] * np.float32(opacity / 255)
        painted = np.concatenate([colour[:, None].astype(np.float32) * alpha, 255 * alpha], axis=2)
        over(self.pixels[y0:y1, x0:x1], np.rint(painted).astype(np.uint8))

    def ellipse(self, x, y, half_x, half_y, top_colour, bottom_colour=None, opacity=1.0):
        angle = np.linspace(0, 2 * math.pi, 56, endpoint=False)
        points = np.column_stack([x + half_x * np.cos(angle), y + half_y * np.sin(angle)])
        self.fill(points, top_colour, bottom_colour, opacity)

    def box(self, x0, x1, y0, y1, top_colour, bottom_colour=None, opacity=1.0):
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        self.fill(corners, top_colour, bottom_colour, opacity)

    def below(self, heights, base, top_colour, bottom_colour=None):
        """Everything from a skyline (heights over self.columns()) down to base."""
        xs = self.columns(len(heights))
        points = [*zip(xs, heights, strict=True), (xs[-1], base), (xs[0], base)]
        self.fill(points, top_colour, bottom_colour)

    def glow(self, x, y, half_x, half_y, colour, strength):
        """A soft blob of light or shade; strength 0..1 at its middle."""
        gain = np.asarray(colour, float) / 255
        half = half_x * self.pixels_per_unit, half_y * self.pixels_per_unit
        paste(self.pixels, SOFT_DOT, self.to_pixel(x, y), half, gain=gain, opacity=strength)

    def stamp(self, picture, x, foot_y, half, gain=None, mirrored=False, opacity=1.0):
        """A sprite whose square stands at foot_y."""
        size = half * self.pixels_per_unit
        paste(
            self.pixels,
            picture,
            self.to_pixel(x, foot_y + 0.92 * half),
            (-size if mirrored else size, size),
            gain=gain,
            opacity=opacity,
        )

    def soften(self, sigma):
        """Blurs the whole layer; sigma in units."""
        self.pixels = cv2.GaussianBlur(self.pixels, (0, 0), sigma * self.pixels_per_unit)


def _ramp(ys, stops):
    """Colours [n, 3] at heights ys; stops are (y, colour), highest first."""
    heights = [-stop[0] for stop in stops]
    colours = np.array([stop[1] for stop in stops], float)
    return np.stack([np.interp(-ys, heights, colours[:, c]) for c in range(3)], 1).clip(0, 255)
