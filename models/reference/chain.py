"""A pack folder and a prompt -> frames, in numpy and onnxruntime: what the engine must reproduce.

A latent frame is four pictures, but the first of a shot holds one picture four times: its last
one is kept, so L latent frames are 1 + 4 (L - 1) frames. A latent frame that is given, the last of
the window before or an encoded picture, has time 0 and stays as it is.
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

    def denoise(self, text, noise, step_count=None, guidance=None, given=None, starts_shot=True):
        """Noise [1, tokens, channels] and given latent frames by position -> latents."""
        schedule = self.pack['schedule']
        guidance = schedule['guidance'] if guidance is None else guidance
        plain = self.size['denoise']
        graph = plain if guidance == 1 else self.size.get('denoiseGuided', plain)
        if 'guidance' in graph['inputs']:
            text = np.concatenate([text, np.zeros_like(text)])
        times = sample_times(schedule, step_count or schedule['stepCount'])
        frames = self.split(noise)
        asked = np.ones(len(frames))
        for position, latent in (given or {}).items():
            frames[position], asked[position] = latent, 0
        latents = np.concatenate(frames, axis=1)
        for time, following in pairwise(times):
            feeds = {
                'latents': latents,
                'times': time * asked,
                'timeSteps': (following - time) * asked,
                'text': text,
                'first': [int(starts_shot)],
                'guidance': [guidance],
            }
            latents = self.run(graph, feeds)
        return latents

    def split(self, latents):
        """Latents of a window -> its latent frames, each [1, tokens, channels]."""
        return np.split(latents, self.pack['window']['latentFrameCount'], axis=1)

    def decode(self, latents, starts_shot=True):
        """Latents of a window -> uint8 frames [n, height, width, 3]."""
        pictures = [
            self.run(self.size['decode'], {'latents': part}) for part in self.split(latents)
        ]
        if starts_shot:
            pictures[0] = pictures[0][-1:]
        return to_bytes(np.concatenate(pictures))

    def encode_picture(self, picture):
        """A uint8 picture [height, width, 3] that does not move -> one latent frame."""
        planes = np.float32(picture.transpose(2, 0, 1)) / np.float32(255)
        copies = np.repeat(planes[None], self.pack['latent']['pictureCount'], axis=0)
        return self.run(self.size['encodeFrames'], {'pictures': copies})

    def noise(self, seed, window_index=0):
        return normal_noise(self.size['denoise']['inputs']['latents']['shape'], seed, window_index)

    def film(self, prompt, seed, step_count=None, guidance=None, given=None):
        """Prompt -> (frames, final latents) of the window that starts a shot."""
        text = self.encode_text(prompt)
        latents = self.denoise(text, self.noise(seed), step_count, guidance, given)
        return self.decode(latents), latents

    def continued(self, prompt, seed, latents):
        """Latents of a shot's first window -> the frames that the second one adds."""
        context_count = self.pack['window']['contextLatentFrameCount']
        given = dict(enumerate(self.split(latents)[-context_count:]))
        text, noise = self.encode_text(prompt), self.noise(seed, window_index=1)
        following = self.denoise(text, noise, given=given, starts_shot=False)
        frames = self.decode(following, starts_shot=False)
        return frames[context_count * self.pack['latent']['pictureCount'] :]


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
