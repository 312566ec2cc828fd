"""The denoiser as a graph: one Euler step on the latents of a window, guidance inside.

Where tokens are is a constant of each picture size, so a size is a graph of its own; the weights
are the same for all.
"""

import math

import numpy as np
import torch

from ..denoiser.network import (
    POOLED_TEXT_SCALE,
    TEXT_TOKEN_COUNT,
    TEXT_WIDTH,
    TIME_WAVE_COUNT,
)
from ..latents import NUMBERS_PER_TOKEN, WINDOW
from .module_graph import ModuleGraphWriter, array

GAINS_AND_GATES = (0, 2, 3, 5)  # of a block's six modulations; these lie around one


def write_denoise(weights, path, denoiser, grid, guided, bits):
    """z_next = z + dt * v; guided: v = v(nothing) + guidance * (v(text) - v(nothing)).

    z [1, tokens, 128]; t and dt [1, 5]; text [1, 40, 384], guided [2, 40, 384] with zeros in the
    second; first [1], 1 where the first latent frame is one picture; guidance [1].
    """
    g = DenoiseGraph(weights, denoiser, grid, guided, bits)
    g.step()
    latents, frames = [1, g.token_count, NUMBERS_PER_TOKEN], [1, WINDOW]
    text = [g.batch, TEXT_TOKEN_COUNT, TEXT_WIDTH]
    inputs = {'z': latents, 't': frames, 'dt': frames, 'text': text, 'first': [1]}
    g.write(path, inputs | ({'guidance': [1]} if guided else {}), {'z_next': latents})


class DenoiseGraph(ModuleGraphWriter):
    def __init__(self, weights, denoiser, grid, guided, bits):
        super().__init__(weights)
        self.denoiser, self.grid, self.bits = denoiser, grid, bits
        self.width, self.head_count = denoiser.width, denoiser.head_count
        self.batch = 2 if guided else 1
        self.tokens_per_frame = math.prod(grid)
        self.token_count = WINDOW * self.tokens_per_frame
        self.sequence = TEXT_TOKEN_COUNT + self.token_count
        frames = tuple(range(WINDOW))
        self.place_waves, self.rotary = denoiser.places(frames, grid, torch.device('cpu'))

    def step(self):
        modulation = self.modulation()
        rotary = self.rotary_inputs()
        x = self.embed()
        for index, block in enumerate(self.denoiser.blocks):
            x = self.block(x, f'blocks.{index}', block, modulation, rotary)
        bounds = [self.shape(bound) for bound in (TEXT_TOKEN_COUNT, self.sequence, 1)]
        x = self.module_rms_norm(self.node('Slice', [x, *bounds]), 'norm', self.denoiser.norm)
        v = self.layer(x, 'velocity', self.denoiser.velocity)
        if self.batch == 2:
            with_text, without = self.split(v, 2, axis=0)
            push = self.node('Mul', ['guidance', self.node('Sub', [with_text, without])])
            v = self.node('Add', [without, push])
        dt = self.expand(self.reshape('dt', 1, WINDOW, 1), 1, WINDOW, self.tokens_per_frame)
        dt = self.reshape(dt, 1, self.token_count, 1)
        self.node('Add', ['z', self.node('Mul', [v, dt])], outputs=['z_next'])

    def layer(self, x, name, layer, bits=None):
        return self.module_linear(x, name, layer, bits or self.bits.denoiser)

    def embed(self):
        """Text tokens, then latent tokens with their places -> [batch, sequence, width]."""
        net = self.denoiser
        x = self.layer('z', 'tokens_in', net.tokens_in)
        several, single = array(net.first.weight)
        kind = self.reshape(self.scale_and_shift('first', single - several, several), 1, 1, -1)
        in_first_frame = np.arange(self.token_count) < self.tokens_per_frame
        mark = self.node('Mul', [kind, self.constant(in_first_frame.reshape(1, -1, 1))])
        x = self.node('Add', [x, mark])
        places = array(net.place_in(self.place_waves))
        x = self.node('Add', [x, self.on_grid('places', places)])
        if self.batch == 2:
            x = self.expand(x, self.batch, self.token_count, self.width)
        norm, first, _, second = net.text_in
        text = self.module_rms_norm('text', 'text_in.norm', norm)
        text = self.silu(self.layer(text, 'text_in.first', first))
        text = self.layer(text, 'text_in.second', second)
        return self.node('Concat', [text, x], axis=1)

    def on_grid(self, name, table):
        """A table with one row for each latent token."""
        return self.grid_table(name, table.reshape(WINDOW, *self.grid, -1))

    def rotary_inputs(self):
        """Cosines, sines [sequence, half a head's width] and positions."""
        tables = []
        for name, table in zip(('cosines', 'sines'), map(array, self.rotary), strict=True):
            text = self.weight(f'{name}.text', table[:TEXT_TOKEN_COUNT])
            tokens = self.on_grid(name, table[TEXT_TOKEN_COUNT:])
            tables.append(self.node('Concat', [text, tokens], axis=0))
        return *tables, self.constant(np.tile(np.arange(self.sequence), (self.batch, 1)), np.int64)

    def modulation(self):
        """Times and pooled text -> the six gains, shifts and gates of every token."""
        net, six = self.denoiser, 6 * self.width
        rates = 1000 ** (1 - np.arange(TIME_WAVE_COUNT) / TIME_WAVE_COUNT) / (2 * math.pi)
        turns = self.node('Mul', [self.reshape('t', 1, WINDOW, 1), self.constant(rates)])
        hidden = self.silu(self.layer(self.waves(turns), 'time_in.first', net.time_in[0]))
        each = self.layer(hidden, 'time_in.second', net.time_in[2])
        pooled = self.node('ReduceSum', ['text', self.shape(1)], keepdims=1)
        pooled = self.node('Mul', [pooled, self.constant(POOLED_TEXT_SCALE)])
        each = self.node('Add', [each, self.layer(pooled, 'pooled_in', net.pooled_in)])
        bounds = [self.shape(bound) for bound in (WINDOW - 1, WINDOW, 1)]
        last = self.node('Slice', [each, *bounds])
        of_text = self.expand(last, self.batch, TEXT_TOKEN_COUNT, six)
        shape = self.batch, WINDOW, self.tokens_per_frame, six
        of_tokens = self.expand(self.reshape(each, self.batch, WINDOW, 1, six), *shape)
        of_tokens = self.reshape(of_tokens, self.batch, self.token_count, six)
        return self.split(self.node('Concat', [of_text, of_tokens], axis=1), 6)

    def block(self, x, name, block, modulation, rotary):
        own = array(block.modulation).copy()
        own[list(GAINS_AND_GATES)] += 1
        gain1, shift1, gate1, gain2, shift2, gate2 = (
            self.node('Add', [shared, self.weight(f'{name}.modulation{index}', own[index])])
            for index, shared in enumerate(modulation)
        )
        y = self.modulated(self.module_rms_norm(x, f'{name}.norm1', block.norm1), gain1, shift1)
        y = self.layer(self.attend(y, name, block, rotary), f'{name}.out', block.out)
        x = self.node('Add', [x, self.node('Mul', [y, gate1])])
        y = self.modulated(self.module_rms_norm(x, f'{name}.norm2', block.norm2), gain2, shift2)
        y = self.layer(y, f'{name}.up', block.up, self.bits.denoiser_mlp)
        y = self.node('Gelu', [y], approximate='tanh')
        y = self.layer(y, f'{name}.down', block.down, self.bits.denoiser_mlp)
        return self.node('Add', [x, self.node('Mul', [y, gate2])])

    def modulated(self, x, gain, shift):
        return self.node('Add', [self.node('Mul', [x, gain]), shift])

    def attend(self, x, name, block, rotary):
        q, k, v = self.split(self.layer(x, f'{name}.qkv', block.qkv), 3)

        def placed(part, norm_name, norm):
            part = self.reshape(part, self.batch, self.sequence, self.head_count, -1)
            part = self.module_rms_norm(part, f'{name}.{norm_name}', norm)
            part = self.reshape(part, self.batch, self.sequence, self.width)
            return self.rotate(part, *rotary, self.head_count)

        q, k = placed(q, 'q_norm', block.q_norm), placed(k, 'k_norm', block.k_norm)
        return self.attention(q, k, v, self.head_count)
