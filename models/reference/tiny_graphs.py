"""The graphs of the tiny pack: the built-in pack's operators at toy sizes, with random weights.

Nothing here was trained; gains are chosen so that pictures vary and stay inside 0..1.
"""

import math

import numpy as np
from onnx import TensorProto

from .random_graph import RandomGraphWriter

TOKEN_COUNT, TEXT_WIDTH = 16, 32
WIDTH, BLOCK_COUNT, HEAD_COUNT = 64, 2, 2
LATENT_FRAME_COUNT = 3
PICTURE_COUNT, CHANNEL_COUNT = 4, 2  # per latent frame; channels of one picture's latent
NUMBER_COUNT = PICTURE_COUNT * CHANNEL_COUNT * 2 * 2  # per token
CONV_WIDTH = 16


def write_encode_text(weights, path, vocabulary_size):
    """ids int64 [1, tokens], mask [1, tokens] -> text [1, tokens, 32], already times the mask."""
    g = RandomGraphWriter(weights)
    positions = weights.random('positions', (1, TOKEN_COUNT, TEXT_WIDTH), 0.3)
    x = g.random_table_rows('ids', 'words', (vocabulary_size, TEXT_WIDTH))
    x = g.node('Add', [x, g.weight('positions', positions)])
    x = g.random_layer_norm(x, 'embedding.norm', TEXT_WIDTH)
    hidden = g.hidden_keys('mask', TOKEN_COUNT)
    square, up = (TEXT_WIDTH, TEXT_WIDTH), (TEXT_WIDTH, 4 * TEXT_WIDTH)
    for index in range(2):
        name = f'layer{index}'
        q, k, v = (g.random_linear(x, f'{name}.{part}', square) for part in 'qkv')
        y = g.attention(q, k, v, HEAD_COUNT, hidden)
        x = g.node('Add', [x, g.random_linear(y, f'{name}.o', square)])
        x = g.random_layer_norm(x, f'{name}.norm1', TEXT_WIDTH)
        y = g.node('Gelu', [g.random_linear(x, f'{name}.up', up)])
        x = g.node('Add', [x, g.random_linear(y, f'{name}.down', up[::-1])])
        x = g.random_layer_norm(x, f'{name}.norm2', TEXT_WIDTH)
    g.node('Mul', [x, g.reshape('mask', 1, TOKEN_COUNT, 1)], outputs=['text'])
    tokens = [1, TOKEN_COUNT]
    g.write(
        path,
        {'ids': (tokens, TensorProto.INT64), 'mask': tokens},
        {'text': [1, TOKEN_COUNT, TEXT_WIDTH]},
    )


def token_positions(rows, columns):
    """Latent frame, row and column of each token, the longer side spanning 8 -> [tokens, 3]."""
    frame, y, x = np.meshgrid(
        np.arange(LATENT_FRAME_COUNT), np.arange(rows), np.arange(columns), indexing='ij'
    )
    scale = 8 / max(rows, columns)
    y, x = (y - (rows - 1) / 2) * scale, (x - (columns - 1) / 2) * scale
    return np.stack([frame.ravel(), y.ravel(), x.ravel()], axis=1)


def position_features(g, positions, grid):
    """Absolute position features through a fixed random layer -> [tokens, width]."""
    frequencies = math.pi / 8 * 2 ** (np.arange(8) / 2)
    angles = positions[:, :, None] * frequencies
    waves = np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).reshape(len(positions), -1)
    features = waves @ g.weights.random('where', (waves.shape[1], WIDTH), 0.15)
    return g.grid_table('places', features.reshape(LATENT_FRAME_COUNT, *grid, WIDTH))


def rotary_tables(g, positions, grid):
    """Cosines and sines of the three-axis rotary embedding, text tokens first -> [sequence, 16]."""
    text = np.stack([np.arange(TOKEN_COUNT) + 20.0, *np.zeros((2, TOKEN_COUNT))], axis=1)
    rates = [100.0 ** (-np.arange(0, width, 2) / width) for width in (8, 12, 12)]
    angles = [
        np.concatenate([at[:, axis : axis + 1] * rate for axis, rate in enumerate(rates)], axis=1)
        for at in (text, positions)
    ]
    tables = []
    for name, wave in (('cosines', np.cos), ('sines', np.sin)):
        of_tokens = wave(angles[1]).reshape(LATENT_FRAME_COUNT, *grid, -1)
        parts = [g.constant(wave(angles[0])), g.grid_table(name, of_tokens)]
        tables.append(g.node('Concat', parts, axis=0))
    return tables


def modulation(g, batch, tokens_per_frame):
    """Times and pooled text -> the six gains, shifts and gates of every token in the sequence."""
    frames, six = LATENT_FRAME_COUNT, 6 * WIDTH
    frequencies = np.exp(-math.log(1000) * np.arange(32) / 32) * 1000 / (2 * math.pi)
    turns = g.node('Mul', [g.reshape('t', 1, frames, 1), g.constant(frequencies[None, None])])
    hidden = g.silu(g.random_linear(g.waves(turns), 'time.0', (64, WIDTH)))
    each = g.random_linear(hidden, 'time.1', (WIDTH, six), gain=0.4)
    pooled = g.node('ReduceSum', ['text', g.shape(1)], keepdims=1)
    pooled = g.node('Mul', [pooled, g.constant(1 / 12)])
    each = g.node('Add', [each, g.random_linear(pooled, 'pool', (TEXT_WIDTH, six), gain=1.5)])
    image = g.expand(g.reshape(each, batch, frames, 1, six), batch, frames, tokens_per_frame, six)
    image = g.reshape(image, batch, frames * tokens_per_frame, six)
    last = g.node('Slice', [each, g.shape(frames - 1), g.shape(frames), g.shape(1)])
    text = g.expand(last, batch, TOKEN_COUNT, six)
    return g.split(g.node('Concat', [text, image], axis=1), 6)


def attention(g, x, name, batch, rotary):
    """Joint self-attention with q/k norms and rotary positions, before the output projection."""
    sequence, head_width = rotary['sequence'], WIDTH // HEAD_COUNT
    q, k, v = g.split(g.random_linear(x, f'{name}.qkv', (WIDTH, 3 * WIDTH), bias=False), 3)

    def turned(part, norm_name):
        part = g.reshape(part, batch, sequence, HEAD_COUNT, head_width)
        part = g.reshape(g.random_rms_norm(part, norm_name, head_width), batch, sequence, WIDTH)
        return g.rotate(part, rotary['cos'], rotary['sin'], rotary['ids'], HEAD_COUNT)

    return g.attention(turned(q, f'{name}.q.norm'), turned(k, f'{name}.k.norm'), v, HEAD_COUNT)


def transformer_block(g, x, name, parts, batch, rotary):
    """One adaLN block; parts are the shared modulation, to which each block adds its own offset."""
    offsets = g.weights.random(f'{name}.offsets', (6, 1, 1, WIDTH), 0.2)
    offsets[[0, 2, 3, 5]] += 1  # gains and gates lie around one, shifts around zero
    parts = [
        g.node('Add', [part, g.weight(f'{name}.offset{index}', offsets[index])])
        for index, part in enumerate(parts)
    ]

    def modulated(norm_name, gain, shift):
        y = g.node('Mul', [g.random_rms_norm(x, norm_name, WIDTH), gain])
        return g.node('Add', [y, shift])

    y = attention(g, modulated(f'{name}.norm1', *parts[:2]), name, batch, rotary)
    y = g.random_linear(y, f'{name}.o', (WIDTH, WIDTH), bias=False)
    x = g.node('Add', [x, g.node('Mul', [y, parts[2]])])
    up = (WIDTH, 4 * WIDTH)
    y = g.random_linear(modulated(f'{name}.norm2', *parts[3:5]), f'{name}.up', up)
    y = g.random_linear(g.node('Gelu', [y], approximate='tanh'), f'{name}.down', up[::-1])
    return g.node('Add', [x, g.node('Mul', [y, parts[5]])])


def embed_tokens(g, batch, positions, grid):
    """Text tokens, then latent tokens with their places -> [batch, sequence, width]."""
    count, tokens_per_frame = len(positions), math.prod(grid)
    x = g.random_linear('z', 'in', (NUMBER_COUNT, WIDTH))
    kinds = g.weights.random('first', (2, WIDTH), 0.5)
    kind = g.node('Mul', ['first', g.constant(kinds[1] - kinds[0])])
    kind = g.reshape(g.node('Add', [kind, g.constant(kinds[0])]), 1, 1, WIDTH)
    in_first_frame = (np.arange(count) < tokens_per_frame).reshape(1, count, 1)
    x = g.node('Add', [x, g.node('Mul', [kind, g.constant(in_first_frame)])])
    x = g.node('Add', [x, position_features(g, positions, grid)])
    if batch == 2:
        x = g.expand(x, batch, count, WIDTH)
    text = g.random_rms_norm('text', 'text.norm', TEXT_WIDTH)
    text = g.silu(g.random_linear(text, 'text.0', (TEXT_WIDTH, WIDTH)))
    text = g.random_linear(text, 'text.1', (WIDTH, WIDTH))
    return g.node('Concat', [text, x], axis=1)


def write_denoise(weights, path, rows, columns, guided):
    """One Euler step, z_next = z + dt * v; guided: v = v(empty) + guidance * (v(text) - v(empty))."""
    g = RandomGraphWriter(weights)
    batch, tokens_per_frame = (2 if guided else 1), rows * columns
    positions = token_positions(rows, columns)
    count, frames = len(positions), LATENT_FRAME_COUNT
    sequence = TOKEN_COUNT + count
    cosines, sines = rotary_tables(g, positions, (rows, columns))
    rotary = {
        'sequence': sequence,
        'cos': cosines,
        'sin': sines,
        'ids': g.constant(np.tile(np.arange(sequence), (batch, 1)), np.int64),
    }
    parts = modulation(g, batch, tokens_per_frame)
    x = embed_tokens(g, batch, positions, (rows, columns))
    for index in range(BLOCK_COUNT):
        x = transformer_block(g, x, f'block{index}', parts, batch, rotary)
    x = g.node('Slice', [x, g.shape(TOKEN_COUNT), g.shape(sequence), g.shape(1)])
    x = g.random_rms_norm(x, 'out.norm', WIDTH)
    v = g.random_linear(x, 'out', (WIDTH, NUMBER_COUNT), gain=0.8)
    if guided:
        with_text, empty = g.split(v, 2, axis=0)
        difference = g.node('Sub', [with_text, empty])
        v = g.node('Add', [empty, g.node('Mul', ['guidance', difference])])
    dt = g.expand(g.reshape('dt', 1, frames, 1), 1, frames, tokens_per_frame)
    g.node('Add', ['z', g.node('Mul', [v, g.reshape(dt, 1, count, 1)])], outputs=['z_next'])
    latents = [1, count, NUMBER_COUNT]
    inputs = {
        'z': latents, 't': [1, frames], 'dt': [1, frames],
        'text': [batch, TOKEN_COUNT, TEXT_WIDTH], 'first': [1],
    }  # fmt: skip
    g.write(path, inputs | ({'guidance': [1]} if guided else {}), {'z_next': latents})


def conv(g, x, name, widths, size=3, stride=1, gain=1.0, alike=1):
    """A convolution kept as float16; each run of `alike` outputs (one block of pixels) is similar."""
    in_width, out_width = widths

    def random(part, *tail):
        shared = g.weights.random(f'{name}.{part}.shared', (out_width // alike, *tail), gain)
        own = g.weights.random(f'{name}.{part}', (out_width, *tail), gain)
        return 0.97 * np.repeat(shared, alike, axis=0) + 0.25 * own

    kernel = random('kernel', in_width, size, size) / np.sqrt(in_width * size * size)
    bias = 0.3 * random('bias')
    return g.convolution(x, name, kernel, bias, stride)


def residual(g, x, name, width):
    y = g.node('Relu', [conv(g, x, f'{name}.0', (width, width))])
    y = conv(g, y, f'{name}.1', (width, width))
    return g.node('Relu', [g.node('Add', [x, y])])


def write_decode(weights, path, rows, columns):
    """One latent frame [1, rows * columns, 32] -> four pictures [4, 3, height, width] in 0..1."""
    g = RandomGraphWriter(weights)
    z = g.reshape('z', rows, columns, PICTURE_COUNT, CHANNEL_COUNT, 2, 2)
    z = g.node('Transpose', [z], perm=[2, 3, 0, 4, 1, 5])
    z = g.reshape(z, PICTURE_COUNT, CHANNEL_COUNT, 2 * rows, 2 * columns)
    x = g.node('Relu', [conv(g, z, 'in', (CHANNEL_COUNT, CONV_WIDTH))])
    x = residual(g, x, 'body', CONV_WIDTH)
    x = conv(g, x, 'up', (CONV_WIDTH, 4 * CONV_WIDTH), size=1, alike=4)
    x = g.node('Relu', [g.node('DepthToSpace', [x], blocksize=2, mode='CRD')])
    x = conv(g, x, 'out', (CONV_WIDTH, 48), gain=0.3, alike=16)
    x = g.node('DepthToSpace', [x], blocksize=4, mode='CRD')
    x = g.scale_and_shift(x, 0.5, 0.5)
    g.node('Clip', [x, g.constant(0), g.constant(1)], outputs=['rgb'])
    pictures = [PICTURE_COUNT, 3, 16 * rows, 16 * columns]
    g.write(path, {'z': [1, rows * columns, NUMBER_COUNT]}, {'rgb': pictures})


def write_encode_frames(weights, path, rows, columns):
    """Four pictures [4, 3, height, width] in 0..1 -> one latent frame [1, rows * columns, 32]."""
    g = RandomGraphWriter(weights)
    pictures = [PICTURE_COUNT, 3, 16 * rows, 16 * columns]
    x = g.scale_and_shift('rgb', 2, -1)
    x = g.reshape(x, PICTURE_COUNT, 3, 4 * rows, 4, 4 * columns, 4)
    x = g.node('Transpose', [x], perm=[0, 1, 3, 5, 2, 4])
    x = g.reshape(x, PICTURE_COUNT, 48, 4 * rows, 4 * columns)
    x = residual(g, conv(g, x, 'in', (48, CONV_WIDTH)), 'body', CONV_WIDTH)
    x = g.node('Relu', [conv(g, x, 'down', (CONV_WIDTH, CONV_WIDTH), stride=2)])
    x = conv(g, x, 'out', (CONV_WIDTH, CHANNEL_COUNT), gain=2.5)
    x = g.reshape(x, PICTURE_COUNT, CHANNEL_COUNT, rows, 2, columns, 2)
    x = g.node('Transpose', [x], perm=[2, 4, 0, 1, 3, 5])
    g.node('Reshape', [x, g.shape(1, rows * columns, NUMBER_COUNT)], outputs=['z'])
    g.write(path, {'rgb': pictures}, {'z': [1, rows * columns, NUMBER_COUNT]})
