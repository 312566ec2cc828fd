"""Luck: what of a film its seed decides, read from the noise that it begins with.

Each number rides on a direction of the noise in which nothing is painted. So from the first step to
the last the tokens hold there the noise alone, scaled by its level, and every step reads the same.
"""

import math

import torch

from ..latents import NUMBERS_PER_TOKEN, WINDOW
from .planner import FAINTEST_NOISE

MIDDLE = WINDOW // 2  # the latent frame that is read: asked for in every film of words alone
PATTERNS = (0b0000111, 0b0001011, 0b0010011, 0b0100011)  # bits of a number's place, to turn signs
QUANTILES = 1.702  # makes a logistic curve of the normal distribution's (Camilli 1994)


def luck_directions():
    """Orthonormal [128, LUCK_COUNT]: chequered over a latent's pixels, unlike anything filmed."""
    signs = [
        [(-1) ** (place & pattern).bit_count() for pattern in PATTERNS]
        for place in range(NUMBERS_PER_TOKEN)
    ]
    return torch.tensor(signs) / math.sqrt(NUMBERS_PER_TOKEN)


def luck_of(tokens, times, directions):
    """Tokens [B, L, N, 128] with noise levels [B, L] -> luck [B, LUCK_COUNT], 0..1 each."""
    noise = tokens[:, MIDDLE].mean(1) @ directions * math.sqrt(tokens.shape[2])
    return torch.sigmoid(QUANTILES * noise / times[:, MIDDLE, None].clamp(FAINTEST_NOISE))


def without_luck(clean, directions):
    """Clean tokens [B, L, N, 128] that leave the middle frame's directions of luck alone."""
    before, middle, after = clean.split((MIDDLE, 1, WINDOW - MIDDLE - 1), 1)
    luck = middle.mean(2, keepdim=True) @ directions @ directions.T
    return torch.cat([before, middle - luck, after], 1)
