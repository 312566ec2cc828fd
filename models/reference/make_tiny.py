"""Writes the tiny pack, tests/fixtures/tiny: graphs, weights, tokenizer and pack-source.json."""

import argparse
from pathlib import Path

from pack_source import PackFacts, Part, write_pack_source

from . import tiny_graphs
from .random_graph import RandomWeightFile
from .tiny_tokenizer import write_tokenizer
from .world_words import WORDS

FIXTURES = Path(__file__).resolve().parents[2] / 'tests' / 'fixtures'
SEED = 7
TINY = PackFacts(
    id='tiny',
    title='Tiny random pack for tests',
    sizes=((64, 64), (64, 32)),
    parts=tuple(
        Part(f'{part}: random weights', 'MIT', 'models/reference/make_tiny.py')
        for part in ('Text encoder', 'Denoiser', 'Decoder', 'Frame encoder')
    ),
    step_count=4,
    guidance=4,
    context_frame_count=1,
    examples=('a fox', 'a dog'),
    words=WORDS,
)


def make_tiny(folder):
    """Two picture sizes over one set of weights; the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ('encode-text', 'denoise', 'decode', 'encode-frames')
    files = [RandomWeightFile(f'{name}.onnx.data', SEED) for name in names]
    text, denoise, decode, encode = files
    vocabulary_size = write_tokenizer(folder / 'tokenizer.json')
    tiny_graphs.write_encode_text(text, folder / 'encode-text.onnx', vocabulary_size)
    for width, height in TINY.sizes:
        grid = (height // 16, width // 16)
        stems = TINY.sized_graphs.values()
        path = {stem: folder / f'{stem}-{width}x{height}.onnx' for stem in stems}
        tiny_graphs.write_denoise(denoise, path['denoise'], *grid, guided=False)
        tiny_graphs.write_denoise(denoise, path['denoise-guided'], *grid, guided=True)
        tiny_graphs.write_decode(decode, path['decode'], *grid)
        tiny_graphs.write_encode_frames(encode, path['encode-frames'], *grid)
    for file in files:
        file.write(folder)
    write_pack_source(folder, TINY)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--out', type=Path, default=FIXTURES / 'tiny')
    make_tiny(parser.parse_args().out)
