"""Graphs with random weights, which depend on a seed and their names, not on the asking order."""

import zlib

import numpy as np

from onnx_graph import GraphWriter, WeightFile

BLOCK_SIZE = 32


class RandomWeightFile(WeightFile):
    def __init__(self, name, seed):
        super().__init__(name)
        self.seed = seed

    def random(self, name, shape, deviation):
        """Normal numbers, float32."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return (rng.standard_normal(shape) * deviation).astype(np.float32)


class RandomGraphWriter(GraphWriter):
    """Layers that need no more than a name and their widths."""

    def random_linear(self, x, name, widths, gain=1.0, bias=True):
        in_width, out_width = widths
        matrix = self.weights.random(name, (out_width, in_width), gain / np.sqrt(in_width))
        blocks = matrix.reshape(out_width, in_width // BLOCK_SIZE, BLOCK_SIZE)
        scales = (np.abs(blocks).max(axis=-1, keepdims=True) / 127).astype(np.float16)
        levels = np.clip(np.round(blocks / scales.astype(np.float32)), -127, 127) + 128
        values = self.weights.random(f'{name}.bias', (out_width,), 0.1 * gain) if bias else None
        return self.linear(x, name, levels.astype(np.uint8), scales, values)

    def random_table_rows(self, ids, name, shape):
        table = self.weights.random(name, shape, 1.0)
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        return self.table_rows(ids, name, np.round(table / scales), scales)

    def random_rms_norm(self, x, name, width):
        return self.rms_norm(x, name, 1 + self.weights.random(name, (width,), 0.1))

    def random_layer_norm(self, x, name, width):
        gain = 1 + self.weights.random(f'{name}.gain', (width,), 0.1)
        return self.layer_norm(x, name, gain, self.weights.random(f'{name}.bias', (width,), 0.1))
