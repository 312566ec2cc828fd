"""Writes ONNX graphs node by node, with the weights of several graphs in one file beside them.

A weight belongs to its name: every graph that asks a WeightFile for the same name points to the
same bytes. Small tensors and constants stay inside the graph.
"""

import zlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

INLINE_BYTE_LENGTH = 256
ALIGNMENT = 64
BLOCK_SIZE = 32
CONTRIB = 'com.microsoft'


class WeightFile:
    """One .onnx.data file and the random weights in it."""

    def __init__(self, name, seed):
        self.name, self.seed = name, seed
        self.content = bytearray()
        self.places = {}

    def random(self, name, shape, deviation):
        """Normal numbers that depend on the seed and the weight's name, not on the order of asking."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return (rng.standard_normal(shape) * deviation).astype(np.float32)

    def tensor(self, name, array):
        """The tensor as an initialiser that points into this file."""
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

    def linear(self, x, name, widths, gain=1.0, bias=True):
        """An 8-bit linear layer: symmetric, one float32 scale for every 32 numbers of a row."""
        in_width, out_width = widths
        matrix = self.weights.random(name, (out_width, in_width), gain / np.sqrt(in_width))
        blocks = matrix.reshape(out_width, in_width // BLOCK_SIZE, BLOCK_SIZE)
        scales = np.abs(blocks).max(axis=-1, keepdims=True) / 127
        quantized = (np.round(blocks / scales) + 128).astype(np.uint8)
        inputs = [
            x,
            self.weight(f'{name}.quantized', quantized),
            self.weight(f'{name}.scales', scales.reshape(-1)),
        ]
        if bias:
            values = self.weights.random(f'{name}.bias', (out_width,), 0.1 * gain)
            inputs += ['', '', self.weight(f'{name}.bias', values)]
        return self.node(
            'MatMulNBits', inputs, domain=CONTRIB, K=in_width, N=out_width, bits=8,
            block_size=BLOCK_SIZE, accuracy_level=0,
        )  # fmt: skip

    def half(self, name, array):
        """Stored as float16, float32 once loaded (the cast is folded when the session is made)."""
        stored = self.weight(name, array.astype(np.float16))
        return self.node('Cast', [stored], to=TensorProto.FLOAT)

    def rms_norm(self, x, name, width):
        gain = 1 + self.weights.random(name, (width,), 0.1)
        inputs = [x, self.weight(name, gain)]
        return self.node('SimplifiedLayerNormalization', inputs, axis=-1, epsilon=1e-6)

    def layer_norm(self, x, name, width):
        gain = 1 + self.weights.random(f'{name}.gain', (width,), 0.1)
        bias = self.weights.random(f'{name}.bias', (width,), 0.1)
        inputs = [x, self.weight(f'{name}.gain', gain), self.weight(f'{name}.bias', bias)]
        return self.node('LayerNormalization', inputs, axis=-1, epsilon=1e-12)

    def silu(self, x):
        return self.node('Mul', [x, self.node('Sigmoid', [x])])

    def write(self, path, inputs, outputs):
        """Saves the graph; inputs and outputs map a name to its shape (float32) or (shape, dtype)."""

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
