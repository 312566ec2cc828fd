"""A pack folder and a prompt -> frames, in numpy and onnxruntime: what the engine must reproduce.

A latent frame is four pictures, but the first of a film holds one picture four times: its last
one is kept, so L latent frames are 1 + 4 (L - 1) frames.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from tokenizers import Tokenizer

from .philox import normal_noise


def sample_times(schedule, step_count):
    """Times from 1 to 0, bent toward noise by the shift: step_count + 1 of them, in float64."""
    u = 1 - np.arange(step_count + 1) / step_count
    return schedule['shift'] * u / (1 + (schedule['shift'] - 1) * u)


def to_bytes(pictures):
    """Pictures [n, 3, height, width] in 0..1 -> uint8 [n, height, width, 3]."""
    levels = np.floor(np.clip(pictures.astype(np.float64), 0, 1) * 255 + 0.5)
    return levels.astype(np.uint8).transpose(0, 2, 3, 1)


class Chain:
    """The steps of one pack at one picture size, each callable alone."""

    def __init__(self, folder, width_px=None, height_px=None, pack_source=None):
        self.folder = Path(folder)
        pack_source = pack_source or self.folder / 'pack-source.json'
        self.pack = json.loads(Path(pack_source).read_text())
        sizes = {(size['widthPx'], size['heightPx']): size for size in self.pack['sizes']}
        self.size = sizes[width_px, height_px] if width_px else self.pack['sizes'][0]
        self.sessions = {}

    def run(self, graph, feeds):
        """Runs a graph of the pack; feeds and the one output go by role."""
        file = graph['file']
        if file not in self.sessions:
            self.sessions[file] = onnxruntime.InferenceSession(
                self.folder / file, providers=['CPUExecutionProvider']
            )
        named = {
            edge['name']: np.asarray(feeds[role], edge['dtype']).reshape(edge['shape'])
            for role, edge in graph['inputs'].items()
        }
        return self.sessions[file].run(None, named)[0]

    def tokenize(self, prompt):
        """Prompt -> ids int64 [tokens] padded with 0, mask float32 [tokens]."""
        token_count = self.pack['tokenizer']['tokenCount']
        tokenizer = Tokenizer.from_file(str(self.folder / self.pack['tokenizer']['file']))
        tokenizer.no_padding()
        tokenizer.enable_truncation(token_count)
        found = tokenizer.encode(prompt).ids
        ids, mask = np.zeros(token_count, np.int64), np.zeros(token_count, np.float32)
        ids[: len(found)], mask[: len(found)] = found, 1
        return ids, mask

    def encode_text(self, prompt):
        ids, mask = self.tokenize(prompt)
        return self.run(self.pack['encodeText'], {'ids': ids, 'mask': mask})

    def denoise(self, text, noise, step_count=None, guidance=None):
        """Noise [1, tokens, channels] -> latents, a film's first window (first = 1)."""
        schedule = self.pack['schedule']
        guidance = schedule['guidance'] if guidance is None else guidance
        plain = self.size['denoise']
        graph = plain if guidance == 1 else self.size.get('denoiseGuided', plain)
        if 'guidance' in graph['inputs']:
            text = np.concatenate([text, np.zeros_like(text)])
        times = sample_times(schedule, step_count or schedule['stepCount'])
        frame_count = self.pack['window']['latentFrameCount']
        latents = noise
        for time, following in pairwise(times):
            feeds = {
                'latents': latents,
                'times': np.full(frame_count, time),
                'timeSteps': np.full(frame_count, following - time),
                'text': text,
                'first': [1],
                'guidance': [guidance],
            }
            latents = self.run(graph, feeds)
        return latents

    def decode(self, latents):
        """Latents of a film's first window -> uint8 frames [n, height, width, 3]."""
        frames = []
        for latent in np.split(latents, self.pack['window']['latentFrameCount'], axis=1):
            pictures = self.run(self.size['decode'], {'latents': latent})
            frames.append(to_bytes(pictures if frames else pictures[-1:]))
        return np.concatenate(frames)

    def noise(self, seed):
        return normal_noise(self.size['denoise']['inputs']['latents']['shape'], seed)

    def film(self, prompt, seed, step_count=None, guidance=None):
        """Prompt -> (frames, final latents) of one window."""
        text = self.encode_text(prompt)
        latents = self.denoise(text, self.noise(seed), step_count, guidance)
        return self.decode(latents), latents


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description='Make the frames of one window as PNG files.')
    parser.add_argument('folder', type=Path, help='the graphs, weights and tokenizer.json')
    parser.add_argument('prompt')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--steps', type=int)
    parser.add_argument('--guidance', type=float)
    parser.add_argument('--size', help='WxH in pixels; the first size of the pack if left out')
    parser.add_argument('--pack-source', type=Path, help='where it lies if not in the folder')
    parser.add_argument('--out', type=Path, required=True)
    options = parser.parse_args()
    size = [int(part) for part in options.size.split('x')] if options.size else [None, None]
    chain = Chain(options.folder, *size, options.pack_source)
    frames, _ = chain.film(options.prompt, options.seed, options.steps, options.guidance)
    options.out.mkdir(parents=True, exist_ok=True)
    for index, frame in enumerate(frames):
        Image.fromarray(frame).save(options.out / f'{index:03}.png')
