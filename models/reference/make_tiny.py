"""Writes the tiny pack into tests/fixtures/tiny: graphs, weights, tokenizer and pack-source.json."""

import argparse
from pathlib import Path

import tiny_graphs
from onnx_graph import WeightFile
from pack_source import TINY, write_pack_source
from tiny_tokenizer import write_tokenizer

FIXTURES = Path(__file__).resolve().parents[2] / 'tests' / 'fixtures'
SEED = 7


def make_tiny(folder):
    """Two picture sizes over one set of weights; the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ('encode-text', 'denoise', 'decode', 'encode-frames')
    text, denoise, decode, encode = files = [WeightFile(f'{name}.onnx.data', SEED) for name in names]
    vocabulary_size = write_tokenizer(folder / 'tokenizer.json')
    tiny_graphs.write_encode_text(text, folder / 'encode-text.onnx', vocabulary_size)
    for suffix, (width, height) in TINY['sizes'].items():
        grid = (height // 16, width // 16)
        path = {name: folder / f'{name}{suffix}.onnx' for name in names + ('denoise-guided',)}
        tiny_graphs.write_denoise(denoise, path['denoise'], *grid, guided=False)
        tiny_graphs.write_denoise(denoise, path['denoise-guided'], *grid, guided=True)
        tiny_graphs.write_decode(decode, path['decode'], *grid)
        tiny_graphs.write_encode_frames(encode, path['encode-frames'], *grid)
    for file in files:
        file.write(folder)
    write_pack_source(folder, TINY, folder / 'pack-source.json')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--out', type=Path, default=FIXTURES / 'tiny')
    make_tiny(parser.parse_args().out)
