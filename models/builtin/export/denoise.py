"""The denoiser as a graph: one Euler step on the latents of a window, guidance inside.

Where tokens are is a constant of each picture size, so a size is a graph of its own; the weights
are the same for all.
"""

import math

import numpy as np
import torch

from ..denoiser.layers import TEXT_TOKEN_COUNT, TEXT_WIDTH
from ..denoiser.network import LEAST_TIME, POOLED_TEXT_SCALE, TIME_WAVE_COUNT
from ..latents import NUMBERS_PER_TOKEN, PICTURES_PER_LATENT, WINDOW
from .likeness_graph import LikenessGraph
from .luck_graph import LuckGraph
from .module_graph import ModuleGraphWriter, array
from .stage_graph import StageGraph

# Of a block's six modulations, gains and gates lie around one.
ONES = torch.tensor([1.0, 0, 1, 1, 0, 1])[:, None]


def write_denoise(weights, path, denoiser, grid, guided, bits):
    """z_next = z + dt * (z - clean) / t; guided: clean = of nothing + guidance * (of text - of nothing).

    z [1, tokens, 128]; t and dt [1, 5]; text [1, 40, 384], guided [2, 40, 384] with zeros in the
    second; first [1], 1 where the first latent frame is one picture; guidance [1].
    Returns the graph's readings.
    """
    g = DenoiseGraph(weights, denoiser, grid, guided, bits)
    g.step()
    latents, frames = [1, g.token_count, NUMBERS_PER_TOKEN], [1, WINDOW]
    text = [g.batch, TEXT_TOKEN_COUNT, TEXT_WIDTH]
    inputs = {'z': latents, 't': frames, 'dt': frames, 'text': text, 'first': [1]}
    g.write(path, inputs | ({'guidance': [1]} if guided else {}), {'z_next': latents})
    return g.readings


class DenoiseGraph(ModuleGraphWriter):
    def __init__(self, weights, denoiser, grid, guided, bits):
        super().__init__(weights)
        self.denoiser, self.grid, self.bits = denoiser, grid, bits
        self.width = denoiser.width
        self.batch = 2 if guided else 1
        self.tokens_per_frame = math.prod(grid)
        self.token_count = WINDOW * self.tokens_per_frame
        self.sequence = TEXT_TOKEN_COUNT + self.token_count
        self.places = denoiser.places(WINDOW, grid, torch.device('cpu'))

    def step(self):
        modulation = self.modulation()
        rotary = self.rotary_inputs()
        self.luck = LuckGraph(self)
        stage = StageGraph(self)
        waves, near, staged = stage.stage(self.luck.read())
        x = self.embed(staged)
        for index, block in enumerate(self.denoiser.blocks):
            x = self.block(x, f'blocks.{index}', block, modulation, rotary)
        x = self.rows(x, TEXT_TOKEN_COUNT, self.sequence)
        x = self.module_rms_norm(x, 'norm', self.denoiser.norm)
        clean = self.layer(x, 'clean', self.denoiser.clean)
        clean = self.node('Add', [clean, self.brush(waves, near, LikenessGraph(stage), x)])
        clean = self.luck.left_alone(clean)
        if self.batch == 2:
            with_text, without = self.split(clean, 2, axis=0)
            push = self.node('Mul', ['guidance', self.node('Sub', [with_text, without])])
            clean = self.node('Add', [without, push])
        time = self.node('Max', ['t', self.constant([LEAST_TIME])])
        share = self.reshape(self.node('Div', ['dt', time]), 1, WINDOW, 1)
        share = self.expand(share, 1, WINDOW, self.tokens_per_frame)
        share = self.reshape(share, 1, self.token_count, 1)
        move = self.node('Mul', [self.node('Sub', ['z', clean]), share])
        self.node('Add', ['z', move], outputs=['z_next'])

    def rows(self, x, start, end):
        return self.node('Slice', [x, *(self.shape(bound) for bound in (start, end, 1))])

    def layer(self, x, name, layer, bits=None):
        return self.module_linear(x, name, layer, bits or self.bits.denoiser)

    def embed(self, staged):
        """Text tokens, then latent tokens with what is there -> [batch, sequence, width]."""
        net = self.denoiser
        x = self.layer('z', 'tokens_in', net.tokens_in)
        kind = self.kind('first_in', net.first)
        in_first_frame = np.arange(self.token_count) < self.tokens_per_frame
        mark = self.node('Mul', [kind, self.constant(in_first_frame.reshape(1, -1, 1))])
        x = self.node('Add', [x, mark])
        places = self.on_grid('places', array(self.places.waves))
        places = self.module_half_linear(places, 'place_in', net.place_in)
        x = self.node('Add', [self.node('Add', [x, places]), staged])
        norm, first, _, second = net.text_in
        text = self.module_rms_norm('text', 'text_in.norm', norm)
        text = self.silu(self.layer(text, 'text_in.first', first))
        text = self.layer(text, 'text_in.second', second)
        return self.node('Concat', [text, x], axis=1)

    def kind(self, name, embedding):
        """What tells a first latent frame of one picture from one of four [1, width]."""
        rows = self.parameter(name, embedding.weight)
        several, single = self.split(rows, 2, axis=0)
        mark = self.node('Mul', ['first', self.node('Sub', [single, several])])
        return self.node('Add', [mark, several])

    def of_shape(self, name, parameter):
        """What tells wide pictures and tall ones from square ones [1, width]."""
        wideness = self.constant(array(self.places.wideness)[None])
        return self.node('MatMul', [wideness, self.parameter(name, parameter)])

    def on_grid(self, name, table):
        """A table with one row for each latent token."""
        return self.grid_table(name, table.reshape(WINDOW, *self.grid, -1))

    def rotary_inputs(self):
        """Cosines, sines [sequence, half a head's width] and positions."""
        tables = []
        for name, table in zip(('cosines', 'sines'), map(array, self.places.rotary), strict=True):
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
        bits = self.bits.denoiser_pooled
        of_text = self.layer(self.pooled_text(), 'pooled_in', net.pooled_in, bits)
        each = self.node('Add', [each, of_text])
        last = self.rows(each, WINDOW - 1, WINDOW)
        of_text = self.expand(last, self.batch, TEXT_TOKEN_COUNT, six)
        shape = self.batch, WINDOW, self.tokens_per_frame, six
        of_tokens = self.expand(self.reshape(each, self.batch, WINDOW, 1, six), *shape)
        of_tokens = self.reshape(of_tokens, self.batch, self.token_count, six)
        return self.split(self.node('Concat', [of_text, of_tokens], axis=1), 6)

    def block(self, x, name, block, modulation, rotary):
        """A block of the painter or, with neither modulation nor rotary, of the planner."""
        own = self.parameter(
            f'{name}.modulation',
            block.modulation,
            lambda own: array(own + ONES),
            lambda x: x - ONES,
        )
        own = self.split(own, 6, axis=0)
        if modulation is not None:
            own = [self.node('Add', pair) for pair in zip(modulation, own, strict=True)]
        gain1, shift1, gate1, gain2, shift2, gate2 = own
        y = self.modulated(self.module_rms_norm(x, f'{name}.norm1', block.norm1), gain1, shift1)
        y = self.layer(self.attend(y, name, block, rotary), f'{name}.out', block.out)
        x = self.node('Add', [x, self.node('Mul', [y, gate1])])
        y = self.modulated(self.module_rms_norm(x, f'{name}.norm2', block.norm2), gain2, shift2)
        # A plan that is a little off is told in waves that are far off.
        bits = self.bits.denoiser if modulation is None else self.bits.denoiser_mlp
        y = self.layer(y, f'{name}.up', block.up, bits)
        y = self.node('Gelu', [y], approximate='tanh')
        y = self.layer(y, f'{name}.down', block.down, bits)
        return self.node('Add', [x, self.node('Mul', [y, gate2])])

    def modulated(self, x, gain, shift):
        return self.node('Add', [self.node('Mul', [x, gain]), shift])

    def brush(self, waves, near, likeness, tokens):
        """waves [batch, tokens, 4, WAVE_COUNT], near [batch, tokens, body width], a LikenessGraph,
        tokens [batch, tokens, width] -> [batch, tokens, 128].
        """
        net = self.denoiser.brush
        text = self.silu(self.layer(self.pooled_text(), 'brush.text_in', net.text_in))
        features = likeness.features(text)
        text = self.layer(text, 'brush.text', net.of_text)
        told = self.node('Add', [self.layer(near, 'brush.bodies', net.of_bodies), text])
        shifts, gains = self.split(told, 2)
        shifts = self.node('Add', [shifts, self.layer(tokens, 'brush.token', net.of_token)])
        gains = self.node('Add', [gains, self.constant(1)])

        def of_layers(x):
            x = self.reshape(x, self.batch, self.token_count, 1, -1)
            return self.split(x, net.depth)

        def layer(h, name, layer):
            """Of all pictures at once."""
            h = self.reshape(h, self.batch, -1, layer.in_features)
            h = self.layer(h, f'brush.{name}', layer)
            return self.reshape(h, self.batch, self.token_count, PICTURES_PER_LATENT, -1)

        picture = self.parameter('brush.picture', net.picture)
        h = self.node('Add', [layer(waves, 'waves', net.waves_in), picture])
        h = self.node('Add', [h, layer(features, 'features_in', net.features_in)])
        for index, (gain, shift) in enumerate(
            zip(of_layers(gains), of_layers(shifts), strict=True)
        ):
            mixed = layer(h, f'mix{index}', net.mix[index])
            h = self.node('Add', [h, self.silu(self.modulated(mixed, gain, shift))])
        return self.reshape(layer(h, 'out', net.out), self.batch, self.token_count, -1)

    def pooled_text(self):
        """The caption's state [batch, 1, 384]."""
        text = self.node('ReduceSum', ['text', self.shape(1)], keepdims=1)
        return self.node('Mul', [text, self.constant(POOLED_TEXT_SCALE)])

    def attend(self, x, name, block, rotary):
        q, k, v = self.split(self.layer(x, f'{name}.qkv', block.qkv), 3)
        heads, width = block.head_count, block.out.in_features

        def placed(part, norm_name, norm):
            shape = self.batch, -1, heads, width // heads
            part = self.module_rms_norm(self.reshape(part, *shape), f'{name}.{norm_name}', norm)
            part = self.reshape(part, self.batch, -1, width)
            return part if rotary is None else self.rotate(part, *rotary, heads)

        q, k = placed(q, 'q_norm', block.q_norm), placed(k, 'k_norm', block.k_norm)
        return self.attention(q, k, v, heads)
