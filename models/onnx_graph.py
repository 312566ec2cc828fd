"""Writes ONNX graphs node by node, with the weights of several graphs in one file beside them.

A weight belongs to its name: every graph that asks a WeightFile for the same name points to the
same bytes. Small tensors and constants stay inside the graph.
"""

import math
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

INLINE_BYTE_LENGTH = 256
ALIGNMENT = 64
CONTRIB = 'com.microsoft'


class WeightFile:
    """One .onnx.data file."""

    def __init__(self, name):
        self.name = name
        self.content = bytearray()
        self.places = {}

    def tensor(self, name, array):
        """The array as an initialiser that points into this file."""
        data = array.tobytes()
        if len(data) < INLINE_BYTE_LENGTH:
            return numpy_helper.from_array(array, name)
        if name not in self.places:
            self.content += bytes(-len(self.content) % ALIGNMENT)
            self.places[name] = (len(self.content), data)
            self.content += data
        offset, kept = self.places[name]
        if kept != data:
            raise ValueError(f'{name} has two different contents in {self.name}')
        tensor = TensorProto(
            name=name,
            dims=array.shape,
            data_type=helper.np_dtype_to_tensor_dtype(array.dtype),
            data_location=TensorProto.EXTERNAL,
        )
        entries = {'location': self.name, 'offset': offset, 'length': len(data)}
        for key, value in entries.items():
            tensor.external_data.add(key=key, value=str(value))
        return tensor

    def write(self, folder):
        (Path(folder) / self.name).write_bytes(self.content)


def pack_levels(levels, bits):
    """Levels of 8 or 4 bits [rows, width] -> int32 [rows, width * bits / 32].

    Columns are cut into as many runs as an int32 has digits. A digit may be negative but is never
    the lowest number of its bits, so that rounding takes the digits apart again.
    """
    digit_count, largest = 32 // bits, 2 ** (bits - 1) - 1
    if np.abs(levels).max() > largest or levels.shape[1] % digit_count:
        raise ValueError(
            f'cannot pack {levels.shape} levels up to {np.abs(levels).max()} in {bits} bits: '
            f'at most {largest}, and a width that is a multiple of {digit_count}'
        )
    runs = np.split(levels.astype(np.int64), digit_count, axis=1)
    packed = sum(run << (32 - bits * place) for place, run in enumerate(runs, 1))
    return packed.astype(np.int32)


class GraphWriter:
    """A graph under construction; every method that adds a node returns the name of its output."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes, self.initializers = [], {}

    def constant(self, value, dtype=np.float32):
        name = f'constant_{len(self.initializers)}'
        self.initializers[name] = numpy_helper.from_array(np.asarray(value, dtype), name)
        return name

    def shape(self, *dims):
        return self.constant(dims, np.int64)

    def weight(self, name, array):
        self.initializers[name] = self.weights.tensor(name, np.ascontiguousarray(array))
        return name

    def half(self, name, array):
        """Stored as float16, float32 once loaded (the cast is folded when the session is made)."""
        stored = self.weight(name, array.astype(np.float16))
        return self.node('Cast', [stored], to=TensorProto.FLOAT)

    def node(self, kind, inputs, output_count=1, domain='', outputs=None, **attributes):
        label = f'{kind}_{len(self.nodes)}'
        outputs = outputs or [f'{label}_{index}' for index in range(output_count)]
        self.nodes.append(
            helper.make_node(kind, inputs, outputs, name=label, domain=domain, **attributes)
        )
        return outputs[0] if len(outputs) == 1 else outputs

    def reshape(self, x, *dims):
        return self.node('Reshape', [x, self.shape(*dims)])

    def expand(self, x, *dims):
        return self.node('Expand', [x, self.shape(*dims)])

    def split(self, x, count, axis=-1):
        return self.node('Split', [x], count, axis=axis, num_outputs=count)

    def scale_and_shift(self, x, scale, shift):
        return self.node('Add', [self.node('Mul', [x, self.constant(scale)]), self.constant(shift)])

    def silu(self, x):
        return self.node('Mul', [x, self.node('Sigmoid', [x])])

    def waves(self, angles):
        """Cosines, then sines, of angles in turns.

        WGSL promises precision within half a turn of zero only.
        """
        whole = self.node('Floor', [self.node('Add', [angles, self.constant(0.5)])])
        rest = self.node('Mul', [self.node('Sub', [angles, whole]), self.constant(2 * math.pi)])
        return self.node('Concat', [self.node('Cos', [rest]), self.node('Sin', [rest])], axis=-1)

    def linear(self, x, name, levels, scales, bias=None, bits=8):
        """A quantized linear layer: weight = (level - 2 ** (bits - 1)) * scale.

        levels uint8 [out, blocks, block size]; scales [out, blocks], kept as float16; bias [out].
        """
        out_width, block_count, block_size = levels.shape
        packed = levels if bits == 8 else levels[..., 0::2] | levels[..., 1::2] << 4
        inputs = [
            x,
            self.weight(f'{name}.levels{bits}', packed),
            self.half(f'{name}.scales{bits}', scales.reshape(-1)),
        ]
        if bias is not None:
            inputs += ['', '', self.weight(f'{name}.bias', bias)]
        return self.node(
            'MatMulNBits', inputs, domain=CONTRIB, K=block_count * block_size, N=out_width,
            bits=bits, block_size=block_size, accuracy_level=0,
        )  # fmt: skip

    def table_rows(self, ids, name, levels, scales, bits=8):
        """Rows of a table by their ids; level int8 [rows, width] times the row's scale [rows, 1].

        Levels are gathered several to an int32, since WebGPU gathers no int8, and a table that a
        cast makes float32 is folded at load to four times its size. The first Floor is exact
        though float32 rounds its input: the lower half is at most 32639 / 65536 = 0.498.
        """

        def nearest(x, base):
            return self.node('Floor', [self.scale_and_shift(x, 1 / base, 0.5)])

        def rest(x, high, base):
            return self.node('Sub', [x, self.node('Mul', [high, base])])

        packed = self.weight(f'{name}.levels', pack_levels(levels, bits))
        packed = self.node('Gather', [packed, ids])
        high = nearest(self.node('Cast', [packed], to=TensorProto.FLOAT), 65536)
        whole = self.node('Cast', [high], to=TensorProto.INT32)
        low = rest(packed, whole, self.constant(65536, np.int32))
        digits, width = [high, self.node('Cast', [low], to=TensorProto.FLOAT)], 16
        while width > bits:
            width //= 2
            highs = [nearest(digit, 2**width) for digit in digits]
            lows = [
                rest(*pair, self.constant(2**width)) for pair in zip(digits, highs, strict=True)
            ]
            digits = [digit for pair in zip(highs, lows, strict=True) for digit in pair]
        rows = self.node('Concat', digits, axis=-1)
        scale = self.node('Gather', [self.weight(f'{name}.scales', scales), ids])
        return self.node('Mul', [rows, scale])

    def grid_table(self, name, table):
        """A table [frames, rows, columns, width] that is a sum of one table per axis.

        Kept as these, which are added up when the session is made
        -> [frames * rows * columns, width].
        """
        corner = table[:1, :1, :1]
        parts = [table[:, :1, :1], table[:1, :, :1] - corner, table[:1, :1] - corner]
        if not np.allclose(sum(parts), table, atol=1e-5):
            raise ValueError(f'{name} is no sum of one table per axis: keep it whole')
        name = f'{name}.{table.shape[1]}x{table.shape[2]}'
        frames, rows, columns = (
            self.weight(f'{name}.{axis}', part.astype(np.float32))
            for axis, part in zip(('frames', 'rows', 'columns'), parts, strict=True)
        )
        plane = self.node('Add', [rows, columns])
        return self.reshape(self.node('Add', [frames, plane]), -1, table.shape[-1])

    def rms_norm(self, x, name, gain):
        inputs = [x, self.weight(name, gain)]
        return self.node('SimplifiedLayerNormalization', inputs, axis=-1, epsilon=1e-6)

    def layer_norm(self, x, name, gain, bias):
        inputs = [x, self.weight(f'{name}.gain', gain), self.weight(f'{name}.bias', bias)]
        return self.node('LayerNormalization', inputs, axis=-1, epsilon=1e-12)

    def attention(self, q, k, v, head_count, bias=None):
        """Attention on q, k, v [batch, tokens, width], bias [1, 1, tokens, tokens]."""
        inputs = [q, k, v] if bias is None else [q, k, v, '', '', bias]
        return self.node('MultiHeadAttention', inputs, domain=CONTRIB, num_heads=head_count)

    def hidden_keys(self, mask, count):
        """The attention bias that hides tokens whose mask [1, tokens] is 0."""
        bias = self.node('Sub', [self.reshape(mask, 1, 1, 1, count), self.constant(1)])
        return self.expand(self.node('Mul', [bias, self.constant(1e4)]), 1, 1, count, count)

    def rotate(self, x, cosines, sines, ids, head_count):
        """Rotary positions: x [batch, tokens, width]; tables [positions, half a head's width]."""
        return self.node(
            'RotaryEmbedding', [x, ids, cosines, sines], domain=CONTRIB, num_heads=head_count,
            interleaved=0, rotary_embedding_dim=0,
        )  # fmt: skip

    def convolution(self, x, name, kernel, bias, stride=1, bits=16):
        """kernel [out, in, size, size], kept in 16 bits or 8, padded to keep the picture's size."""
        size = kernel.shape[-1]
        if bits == 16:
            kernel = self.half(f'{name}.kernel', kernel)
        else:
            kernel = self.byte_kernel(f'{name}.kernel', kernel)
        inputs = [x, kernel, self.half(f'{name}.bias', bias)]
        return self.node(
            'Conv', inputs, kernel_shape=[size, size], pads=[size // 2] * 4,
            strides=[stride, stride],
        )  # fmt: skip

    def byte_kernel(self, name, kernel):
        """One scale for each output channel; put together when the session is made."""
        scales = np.abs(kernel).max((1, 2, 3), keepdims=True).clip(1e-9) / 127
        levels = np.round(kernel / scales).astype(np.int8)
        levels = self.node('Cast', [self.weight(f'{name}.levels', levels)], to=TensorProto.FLOAT)
        return self.node('Mul', [levels, self.weight(f'{name}.scales', scales)])

    def write(self, path, inputs, outputs):
        """Saves the graph; inputs and outputs map names to shapes (float32) or (shape, dtype)."""

        def edges(table):
            for name, value in table.items():
                dims, dtype = value if isinstance(value, tuple) else (value, TensorProto.FLOAT)
                yield helper.make_tensor_value_info(name, dtype, dims)

        graph = helper.make_graph(
            self.nodes, path.stem, list(edges(inputs)), list(edges(outputs)),
            list(self.initializers.values()),
        )  # fmt: skip
        opsets = [helper.make_opsetid('', 21), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name='zoetrope')
        model.ir_version = 10
        path.write_bytes(model.SerializeToString(deterministic=True))
