"""The luck of a film's seed as nodes of the denoiser's graph."""

import math

import numpy as np

from ..denoiser.luck import MIDDLE, QUANTILES
from ..denoiser.planner import FAINTEST_NOISE
from ..latents import WINDOW
from .module_graph import array


class LuckGraph:
    """Adds nodes to a DenoiseGraph."""

    def __init__(self, graph):
        self.g = graph
        self.directions = array(graph.denoiser.luck_directions)

    def read(self):
        """As `luck_of`: [1, 1, LUCK_COUNT]."""
        g = self.g
        scale = QUANTILES * math.sqrt(g.tokens_per_frame)
        noise = self.in_middle('z', scale * self.directions)
        level = g.rows(g.reshape('t', 1, WINDOW, 1), MIDDLE, MIDDLE + 1)
        level = g.node('Max', [level, g.constant([FAINTEST_NOISE])])
        return g.node('Sigmoid', [g.node('Div', [noise, level])])

    def left_alone(self, clean):
        """As `without_luck`: [batch, tokens, 128]."""
        g = self.g
        luck = self.in_middle(clean, self.directions)
        luck = g.node('MatMul', [luck, g.constant(self.directions.T)])
        is_middle = np.arange(g.token_count) // g.tokens_per_frame == MIDDLE
        luck = g.node('Mul', [luck, g.constant(is_middle.reshape(1, -1, 1))])
        return g.node('Sub', [clean, luck])

    def in_middle(self, tokens, matrix):
        """The mean of the middle latent frame's tokens, times a matrix: [batch, 1, columns]."""
        g, count = self.g, self.g.tokens_per_frame
        middle = g.rows(tokens, MIDDLE * count, (MIDDLE + 1) * count)
        mean = g.node('ReduceMean', [middle, g.shape(1)], keepdims=1)
        return g.node('MatMul', [mean, g.constant(matrix)])
