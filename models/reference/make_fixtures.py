"""Writes tests/fixtures/reference: what the TypeScript engine must reproduce, step by step.

Inputs of graphs are formulas, so only outputs are stored. Denoisers store z_next - z: one step
moves z by a few percent, and a wrong velocity would hide behind z itself.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from tokenizers import Tokenizer

from .chain import Chain, sample_times
from .make_tiny import FIXTURES
from .philox import KNOWN_ANSWERS, normal_noise
from .tokenizer_strings import tokenizer_strings

OUT = FIXTURES / 'reference'
SITE_PACKS = Path(__file__).resolve().parents[2] / 'public' / 'packs'
PROMPT_TOKEN_COUNT = 12
INPUT_FORMULAS = {
    'z, text': 'float32(sin(i * 0.37 + 0.11 * name.length))',
    'rgb': 'float32(0.5 + 0.5 * sin(i * 0.37 + 0.11 * name.length))',
    't': '0.7, but 0 at index 0',
    'dt': '-0.05, but 0 at index 0',
    'first': '1',
    'guidance': '4',
    'ids': 'as listed, then 0',
    'mask': '1 for each listed id, then 0',
}


def write_json(path, value, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, **options) + '\n')


def write_half(path, array):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(array.astype('<f2').tobytes())


def restore_site_pack(folder):
    """Puts the files of the pack that the site starts with together; returns its pack.json."""
    (pack_path, *_) = json.loads((SITE_PACKS / 'catalogue.json').read_text())['packs']
    pack_path = SITE_PACKS / pack_path
    for name, file in json.loads(pack_path.read_text())['files'].items():
        shards = [pack_path.parent / f'{shard["sha256"]}.bin' for shard in file['shards']]
        (folder / name).write_bytes(b''.join(shard.read_bytes() for shard in shards))
    return pack_path


def write_tokenizer_strings(folder):
    """Strings with ids (not padded), cut at 40 tokens; one string a line."""
    token_count = 40
    tokenizer = Tokenizer.from_file(str(folder / 'tokenizer.json'))
    tokenizer.no_padding()
    tokenizer.enable_truncation(token_count)
    lines = [
        json.dumps({'text': text, 'ids': tokenizer.encode(text).ids}, separators=(',', ':'))
        for text in tokenizer_strings()
    ]
    head = f'{{"tokenCount":{token_count},"padId":0,"strings":[\n'
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / 'tokenizer-strings.json').write_text(head + ',\n'.join(lines) + '\n]}\n')
    return len(lines)


def write_noise():
    """Known answers of the generator and the first normals of several streams."""
    streams = []
    for seed, window_index in ((0, 0), (7, 0), (7, 1), (2**32 + 5, 0), (2**53 - 1, 3)):
        values = normal_noise([41_000], seed, window_index)
        streams.append({
            'seed': seed,
            'windowIndex': window_index,
            'count': len(values),
            'first': [float(value) for value in values[:16]],
            'last': float(values[-1]),
            'sum': float(values.astype(np.float64).sum()),
            'sumOfSquares': float((values.astype(np.float64) ** 2).sum()),
        })  # fmt: skip
    answers = [
        {'counter': counter, 'key': key, 'output': output} for counter, key, output in KNOWN_ANSWERS
    ]
    write_json(OUT / 'noise.json', {'philox': answers, 'streams': streams}, indent=1)


def prompt_ids(chain):
    """CLS, twelve made-up ids, SEP."""
    positions = range(1, PROMPT_TOKEN_COUNT + 1)
    if chain.pack['id'] == 'tiny':
        return [2, *(5 + index * 7 % 50 for index in positions), 3]
    return [101, *(1000 + index * 37 % 1000 for index in positions), 102]


def formula_input(name, shape, ids):
    """The input of that name, flat index i in row-major order."""
    count = int(np.prod(shape))
    wave = np.sin(np.arange(count) * 0.37 + 0.11 * len(name))
    later = np.arange(count) > 0
    values = {
        'z': wave,
        'text': wave,
        'rgb': 0.5 + 0.5 * wave,
        't': 0.7 * later,
        'dt': -0.05 * later,
        'first': 1,
        'guidance': 4,
        'ids': np.pad(ids, (0, max(0, count - len(ids)))),
        'mask': np.arange(count) < len(ids),
    }
    return np.broadcast_to(values[name], count).astype(np.float32).reshape(shape)


def graph_entry(chain, graph, size, folder):
    """Runs one graph on the formula inputs, stores its output, and says what was stored."""
    ids = prompt_ids(chain)
    feeds = {
        role: formula_input(edge['name'], edge['shape'], ids)
        for role, edge in graph['inputs'].items()
    }
    stored = chain.run(graph, feeds)
    name = Path(graph['file']).stem
    (output,) = (edge['name'] for edge in graph['outputs'].values())
    entry = {'file': graph['file'], 'inputs': [edge['name'] for edge in graph['inputs'].values()]}
    entry |= {'output': output, 'outputShape': list(stored.shape), 'stored': 'output'}
    if size:
        entry |= {'widthPx': size['widthPx'], 'heightPx': size['heightPx']}
    if output == 'z_next':
        stored, entry['stored'] = stored - feeds['latents'], 'output minus z'
    if output == 'rgb' and chain.pack['id'] != 'tiny':
        stored, entry['stored'] = stored[[0, 3]], 'pictures 0 and 3'
    write_half(folder / f'{name}.bin', stored)
    return entry | {'storedShape': list(stored.shape), 'bin': f'{name}.bin'}


def write_graphs(chains, folder):
    """One .bin a graph and graphs.json; chains are the picture sizes of one pack."""
    pack = chains[0].pack
    entries = [graph_entry(chains[0], pack['encodeText'], None, folder)]
    for chain in chains:
        for role in ('denoise', 'denoiseGuided', 'decode', 'encodeFrames'):
            if role in chain.size:
                entries.append(graph_entry(chain, chain.size[role], chain.size, folder))
    facts = {'inputFormulas': INPUT_FORMULAS, 'ids': prompt_ids(chains[0]), 'graphs': entries}
    write_json(folder / 'graphs.json', facts, indent=1)


def write_strip(path, frames):
    """Frames one below the other, as one PNG."""
    assert frames.std() > 10, 'a constant picture proves nothing'
    Image.fromarray(frames.reshape(-1, *frames.shape[2:])).save(path, optimize=True)


def write_clips(chains, folder, prompt):
    """The golden clip of each picture size: a vertical strip of its frames and its latents."""
    clips = []
    for chain in chains:
        width, height = chain.size['widthPx'], chain.size['heightPx']
        suffix = f'-{width}x{height}' if len(chains) > 1 else ''
        schedule = chain.pack['schedule']
        frames, latents = chain.film(prompt, seed=7)
        write_strip(folder / f'golden{suffix}.png', frames)
        write_half(folder / f'golden{suffix}-latents.bin', latents)
        clips.append({
            'prompt': prompt,
            'seed': 7,
            'stepCount': schedule['stepCount'],
            'guidance': schedule['guidance'],
            'shift': schedule['shift'],
            'widthPx': width,
            'heightPx': height,
            'frameCount': len(frames),
            'ids': chain.tokenize(prompt)[0].tolist(),
            'times': sample_times(schedule, schedule['stepCount']).tolist(),
            'strip': f'golden{suffix}.png',
            'latents': f'golden{suffix}-latents.bin',
            'latentsShape': list(latents.shape),
        })  # fmt: skip
    write_json(folder / 'clip.json', clips, indent=1)


def write_given(chain, folder, prompt):
    """What the golden clip is when it goes on, and when it starts with its own first frame as a picture."""
    frames, latents = chain.film(prompt, seed=7)
    write_strip(folder / 'golden-continued.png', chain.continued(prompt, 7, latents))
    started, _ = chain.film(prompt, seed=7, given={0: chain.encode_picture(frames[0])})
    write_strip(folder / 'golden-start-picture.png', started)


def main():
    write_noise()
    tiny = [Chain(FIXTURES / 'tiny', 64, height) for height in (64, 32)]
    write_graphs(tiny, OUT / 'tiny')
    write_clips(tiny, OUT / 'tiny', 'a fox')
    write_given(tiny[0], OUT / 'tiny', 'a fox')
    with tempfile.TemporaryDirectory() as name:
        pack_path = restore_site_pack(Path(name))
        print(write_tokenizer_strings(Path(name)), 'strings')
        builtin = [Chain(name, pack_source=pack_path)]
        write_graphs(builtin, OUT / 'builtin')
        write_clips(builtin, OUT / 'builtin', 'a fox jumps on the beach at sunset')


if __name__ == '__main__':
    main()
