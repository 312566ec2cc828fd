"""A pack -> the networks that it was made of, rounded as it is: what a run may begin from."""

import json
import math
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from onnx_graph import WeightFile

from ..latents import token_grid
from .denoise import write_denoise
from .pictures import write_decode, write_encode_frames


@torch.no_grad()
def read_pack(folder, autoencoder, denoiser, bits):
    """Copies the weights of a pack's folder into networks on the CPU, made with these PackBits.

    What no graph holds stays as it is: the planner's names, asked while training alone. BatchNorms
    come back folded: `measure_norms` unfolds them.
    Raises ValueError where the pack was made of networks of other sizes.
    """
    pack = json.loads((folder / 'pack.json').read_text())
    size = pack['sizes'][0]
    grid = token_grid(size['widthPx'], size['heightPx'])
    with TemporaryDirectory() as name:
        # Writing a graph says how to read its weights.
        scratch, unused = Path(name) / 'scratch.onnx', WeightFile('')
        readings = {
            'denoise': write_denoise(unused, scratch, denoiser, grid, False, bits),
            'decode': write_decode(unused, scratch, autoencoder, grid, bits.residual),
            'encodeFrames': write_encode_frames(unused, scratch, autoencoder, grid, bits.residual),
        }
        for role, of_graph in readings.items():
            kept = arrays(pack, folder, size[role], scratch.parent)
            try:
                for tensor, read in of_graph:
                    tensor.copy_(fitting(read(kept), tensor))
            except (KeyError, RuntimeError, ValueError) as error:
                raise ValueError(
                    f'{folder} holds a network of other sizes or bits than this preset has '
                    f'({role}: {error}): begin from another pack, or without one'
                ) from error


def fitting(value, tensor):
    if value.numel() != tensor.numel():
        raise ValueError(f'{math.prod(value.shape)} numbers instead of {tensor.numel()}')
    return value.reshape(tensor.shape)


def arrays(pack, folder, graph, unpacked):
    """The arrays of a graph by name, as tensors."""
    for name in (graph['file'], *graph['weights']):
        shards = (f'{shard["sha256"]}.bin' for shard in pack['files'][name]['shards'])
        (unpacked / name).write_bytes(b''.join((folder / shard).read_bytes() for shard in shards))
    model = onnx.load(unpacked / graph['file'])
    return {
        one.name: torch.from_numpy(np.array(numpy_helper.to_array(one)))
        for one in model.graph.initializer
    }
