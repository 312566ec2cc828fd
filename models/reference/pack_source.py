"""Graphs in a folder -> the pack-source.json that the pack builder reads beside them.

Names, shapes and element types come from the graphs; only what no graph says is written here.
"""

import argparse
import json
import math
import re
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from world_words import WORDS

ROLES = {
    'ids': 'ids', 'mask': 'mask', 'text': 'text', 'z': 'latents', 'z_next': 'latents',
    't': 'times', 'dt': 'timeSteps', 'first': 'first', 'guidance': 'guidance', 'rgb': 'pictures',
}  # fmt: skip

SIZED_GRAPHS = {
    'denoise': 'denoise',
    'denoiseGuided': 'denoise-guided',
    'decode': 'decode',
    'encodeFrames': 'encode-frames',
}

FLUENT_EMOJI = 'https://github.com/microsoft/fluentui-emoji'
MINILM = 'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2'
MAKE_TINY = 'models/reference/make_tiny.py'

ZOETROPE_V0 = {
    'id': 'zoetrope-v0',
    'title': 'Zoetrope, first weights',
    'sizes': {'': (128, 128)},
    'parts': [
        ('Text encoder: all-MiniLM-L6-v2, 8 bit', 'Apache-2.0', MINILM),
        ('Denoiser: our own, trained on renders of Fluent emoji by Microsoft, 8 bit', 'MIT', FLUENT_EMOJI),
        ('Decoder: our own, trained on renders of Fluent emoji by Microsoft', 'MIT', FLUENT_EMOJI),
        ('Frame encoder: our own, trained on renders of Fluent emoji by Microsoft', 'MIT', FLUENT_EMOJI),
    ],
    'latentFrameCount': 5,
    'stepCount': 24,
    'examples': [
        'a red car drives to the right on a city street at night',
        'a balloon floats in the air in a green meadow',
        'a crab walks to the right on the beach at sunset',
        'a whale swims to the right under water',
    ],
}  # fmt: skip

TINY = {
    'id': 'tiny',
    'title': 'Tiny random pack for tests',
    'sizes': {'-64x64': (64, 64), '-64x32': (64, 32)},
    'parts': [
        (f'{part}: random weights', 'MIT', MAKE_TINY)
        for part in ('Text encoder', 'Denoiser', 'Decoder', 'Frame encoder')
    ],
    'latentFrameCount': 3,
    'stepCount': 4,
    'examples': ['a fox', 'a dog'],
}


def load_graph(path):
    return onnx.load(path, load_external_data=False)


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


def describe_graph(path):
    graph = load_graph(path).graph
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
    """Bytes of the largest initialiser or graph edge; int8 and float16 are float32 once loaded."""
    widened = (TensorProto.INT8, TensorProto.FLOAT16)
    byte_lengths = []
    for path in paths:
        graph = load_graph(path).graph
        for tensor in graph.initializer:
            dtype = helper.tensor_dtype_to_np_dtype(tensor.data_type)
            width = 4 if tensor.data_type in widened else dtype.itemsize
            byte_lengths.append(math.prod(tensor.dims) * width)
        for edge in (describe_edges(graph.input) | describe_edges(graph.output)).values():
            byte_lengths.append(math.prod(edge['shape']) * np.dtype(edge['dtype']).itemsize)
    return max(byte_lengths)


def describe_pack(folder, facts):
    """The whole pack-source as plain data; facts is ZOETROPE_V0, TINY or one like them."""
    encode_text = describe_graph(folder / 'encode-text.onnx')
    sizes = []
    for suffix, (width, height) in facts['sizes'].items():
        graphs = {
            role: describe_graph(folder / f'{stem}{suffix}.onnx')
            for role, stem in SIZED_GRAPHS.items()
        }
        sizes.append({'widthPx': width, 'heightPx': height} | graphs)

    families = [[encode_text]]
    families += [[size[role] for size in sizes for role in group]
                 for group in (('denoise', 'denoiseGuided'), ('decode',), ('encodeFrames',))]  # fmt: skip
    parts = []
    for (title, licence, source), graphs in zip(facts['parts'], families, strict=True):
        files = [graph['file'] for graph in graphs]
        files += sorted({name for graph in graphs for name in graph['weights']})
        parts.append({'title': title, 'licence': licence, 'source': source, 'files': files})
    parts[0]['files'].append('tokenizer.json')

    pictures = sizes[0]['decode']['outputs']['pictures']['shape']
    _, token_count, channel_count = sizes[0]['decode']['inputs']['latents']['shape']
    every_file = [folder / graph['file'] for graphs in families for graph in graphs]
    return {
        'format': 1,
        'id': facts['id'],
        'title': facts['title'],
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
        'window': {'latentFrameCount': facts['latentFrameCount'], 'framesPerSecond': 12},
        'conditioning': ['start-frame', 'end-frame', 'continuation'],
        'schedule': {
            'kind': 'rectified-flow',
            'shift': 3,
            'stepCount': facts['stepCount'],
            'guidance': 4,
        },
        'needs': {'features': [], 'bufferByteLength': largest_buffer(every_file)},
        'examples': facts['examples'],
        'words': WORDS,
    }


def write_pack_source(folder, facts, path):
    """Writes the file with short lists on one line, as Prettier would."""
    text = json.dumps(describe_pack(Path(folder), facts), indent=2, ensure_ascii=False)

    def on_one_line(found):
        line = found[1] + ' '.join(found[2].split()).join('[]')
        return line if len(line) < 100 else found[0]

    Path(path).write_text(re.sub(r'(?m)^(.*)\[\s+([^\[\]{}]*?)\s+\]', on_one_line, text) + '\n')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description='Describe the zoetrope-v0 graphs in a folder.')
    parser.add_argument('folder', type=Path)
    parser.add_argument('out', type=Path)
    options = parser.parse_args()
    write_pack_source(options.folder, ZOETROPE_V0, options.out)
