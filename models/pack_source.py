"""Graphs in a folder -> the pack-source.json that the pack builder reads beside them.

Names, shapes and element types come from the graphs; only what no graph says is in PackFacts.
"""

import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

FRAMES_PER_SECOND = 12
ROLES = {
    'ids': 'ids', 'mask': 'mask', 'text': 'text', 'z': 'latents', 'z_next': 'latents',
    't': 'times', 'dt': 'timeSteps', 'first': 'first', 'guidance': 'guidance', 'rgb': 'pictures',
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Where files come from and under which licence."""

    title: str
    licence: str
    source: str


@dataclass(frozen=True)
class PackFacts:
    """What no graph says. Guidance 1 means that the pack has no guided graphs."""

    id: str
    title: str
    sizes: tuple[tuple[int, int], ...]  # width, height in pixels; the first is offered first
    parts: tuple[Part, Part, Part, Part]  # text encoder, denoiser, decoder, frame encoder
    step_count: int
    guidance: float
    examples: tuple[str, ...]
    words: dict[str, list[str]]  # cast, places, times, weathers, actions, cameras
    fits: dict[str, list[str]] = field(default_factory=dict)  # phrase -> those it goes with
    shift: float = 3
    context_frame_count: int = 2  # latent frames that a window is given from the one before

    @property
    def sized_graphs(self):
        """Role -> first part of the file name, of the graphs that each size has."""
        guided = {} if self.guidance == 1 else {'denoiseGuided': 'denoise-guided'}
        return {'denoise': 'denoise', **guided, 'decode': 'decode', 'encodeFrames': 'encode-frames'}


def describe_edges(values):
    """ONNX inputs or outputs -> role: name, dtype, shape."""
    return {
        ROLES[value.name]: {
            'name': value.name,
            'dtype': str(helper.tensor_dtype_to_np_dtype(value.type.tensor_type.elem_type)),
            'shape': [dim.dim_value for dim in value.type.tensor_type.shape.dim],
        }
        for value in values
    }


def load_graph(path):
    return onnx.load(path, load_external_data=False).graph


def describe_graph(path):
    graph = load_graph(path)
    weights = {
        entry.value
        for tensor in graph.initializer
        for entry in tensor.external_data
        if entry.key == 'location'
    }
    return {
        'file': path.name,
        'weights': sorted(weights),
        'inputs': describe_edges(graph.input),
        'outputs': describe_edges(graph.output),
    }


def largest_buffer(paths):
    """Bytes of the largest initialiser or graph edge; float16 is float32 once loaded."""
    byte_lengths = []
    for path in paths:
        graph = load_graph(path)
        for tensor in graph.initializer:
            dtype = helper.tensor_dtype_to_np_dtype(tensor.data_type)
            width = 4 if tensor.data_type == TensorProto.FLOAT16 else dtype.itemsize
            byte_lengths.append(math.prod(tensor.dims) * width)
        for edge in (describe_edges(graph.input) | describe_edges(graph.output)).values():
            byte_lengths.append(math.prod(edge['shape']) * np.dtype(edge['dtype']).itemsize)
    return max(byte_lengths)


def describe_parts(parts, encode_text, sizes):
    """Each part with its files: the graphs of all sizes, then the weights that they share."""
    families = (('denoise', 'denoiseGuided'), ('decode',), ('encodeFrames',))
    graphs = [[encode_text]]
    for roles in families:
        graphs.append([size[role] for size in sizes for role in roles if role in size])
    described = []
    for part, members in zip(parts, graphs, strict=True):
        files = [graph['file'] for graph in members]
        files += sorted({name for graph in members for name in graph['weights']})
        facts = {'title': part.title, 'licence': part.licence, 'source': part.source}
        described.append(facts | {'files': files})
    described[0]['files'].append('tokenizer.json')
    return described


def describe_pack(folder, facts):
    """The whole pack-source as plain data."""
    encode_text = describe_graph(folder / 'encode-text.onnx')
    sizes = []
    for width, height in facts.sizes:
        graphs = {
            role: describe_graph(folder / f'{stem}-{width}x{height}.onnx')
            for role, stem in facts.sized_graphs.items()
        }
        sizes.append({'widthPx': width, 'heightPx': height} | graphs)
    parts = describe_parts(facts.parts, encode_text, sizes)
    files = [folder / file for part in parts for file in part['files']]
    graphs = [file for file in files if file.suffix == '.onnx']
    pictures = sizes[0]['decode']['outputs']['pictures']['shape']
    _, token_count, channel_count = sizes[0]['decode']['inputs']['latents']['shape']
    return {
        'format': 1,
        'id': facts.id,
        'title': facts.title,
        'parts': parts,
        'tokenizer': {
            'kind': 'wordpiece',
            'file': 'tokenizer.json',
            'tokenCount': encode_text['inputs']['ids']['shape'][1],
        },
        'encodeText': encode_text,
        'sizes': sizes,
        'latent': {
            'channelCount': channel_count,
            'pictureCount': pictures[0],
            'pixelsPerToken': math.isqrt(pictures[2] * pictures[3] // token_count),
        },
        'window': {
            'latentFrameCount': sizes[0]['denoise']['inputs']['times']['shape'][1],
            'contextLatentFrameCount': facts.context_frame_count,
            'framesPerSecond': FRAMES_PER_SECOND,
        },
        'conditioning': ['start-frame', 'end-frame', 'continuation'],
        'schedule': {
            'kind': 'rectified-flow',
            'shift': facts.shift,
            'stepCount': facts.step_count,
            'guidance': facts.guidance,
        },
        'needs': {'features': [], 'bufferByteLength': largest_buffer(graphs)},
        'examples': list(facts.examples),
        'words': facts.words,
        **({'fits': facts.fits} if facts.fits else {}),
    }


def write_pack_source(folder, facts):
    """Writes pack-source.json beside the graphs and returns what is in it."""
    described = describe_pack(Path(folder), facts)
    text = json.dumps(described, indent=2, ensure_ascii=False)

    def on_one_line(found):
        """Short lists, as Prettier would."""
        line = found[1] + ' '.join(found[2].split()).join('[]')
        return line if len(line) < 100 else found[0]

    text = re.sub(r'(?m)^(.*)\[\s+([^\[\]{}]*?)\s+\]', on_one_line, text)
    (Path(folder) / 'pack-source.json').write_text(text + '\n')
    return described
