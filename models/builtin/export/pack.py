"""Trained networks -> a folder of graphs, weights, tokenizer and pack-source.json.

`npm run pack -- FOLDER OUT` makes of it what the site serves.
"""

import copy
import shutil

from onnx_graph import WeightFile
from pack_source import write_pack_source

from ..latents import token_grid
from ..quantize import PackBits
from .denoise import write_denoise
from .encode_text import write_encode_text
from .pictures import write_decode, write_encode_frames

MAX_PACK_BYTE_LENGTH = 45_000_000


def export_pack(folder, autoencoder, denoiser, text_encoder, facts, bits=PackBits()):
    """Writes a pack's files and returns the bytes of each.

    folder: new or of an earlier export; facts: PackFacts, whose guidance of 1 leaves the guided
    graphs out; bits: of all but the text encoder, which knows its own.
    Raises ValueError for a size that the model cannot make and for a pack that is too large.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Its tables of places are made here: in full precision, whatever a GPU was told to do.
    denoiser = copy.deepcopy(denoiser).cpu()
    families = 'encode-text', 'denoise', 'decode', 'encode-frames'
    files = [WeightFile(f'{family}.onnx.data') for family in families]
    text, denoise, decode, encode = files
    write_encode_text(text, folder / 'encode-text.onnx', text_encoder)
    for width, height in facts.sizes:
        grid = token_grid(width, height)
        paths = {
            role: folder / f'{stem}-{width}x{height}.onnx'
            for role, stem in facts.sized_graphs.items()
        }
        for role in ('denoise', 'denoiseGuided'):
            if role in paths:
                guided = role == 'denoiseGuided'
                write_denoise(denoise, paths[role], denoiser, grid, guided, bits)
        write_decode(decode, paths['decode'], autoencoder, grid, bits.residual)
        write_encode_frames(encode, paths['encodeFrames'], autoencoder, grid, bits.residual)
    for file in files:
        file.write(folder)
    shutil.copyfile(text_encoder.tokenizer_path, folder / 'tokenizer.json')
    return limited(write_pack_source(folder, facts), folder)


def limited(pack_source, folder):
    """Bytes of each file that a pack names."""
    names = [name for part in pack_source['parts'] for name in part['files']]
    sizes = {name: (folder / name).stat().st_size for name in names}
    total = sum(sizes.values())
    if total > MAX_PACK_BYTE_LENGTH:
        raise ValueError(
            f'the pack in {folder} is {total / 1e6:.1f} MB, of at most '
            f'{MAX_PACK_BYTE_LENGTH / 1e6:.0f}: keep fewer bits of some layers'
        )
    return sizes
