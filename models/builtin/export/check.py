"""Runs the graphs of a pack on onnxruntime and measures how far they are from the networks."""

import copy
import json

import numpy as np
import onnxruntime
import torch

from ..latents import (
    PICTURES_PER_LATENT,
    WINDOW,
    group_tokens,
    picture_count,
    to_latents,
    to_tokens,
    token_grid,
)
from ..quantize import PackBits

TOLERANCES = {
    'encodeText': 0.01,
    'denoise': 0.03,
    'denoiseGuided': 0.03,
    'decode': 0.005,
    'encodeFrames': 0.01,
}
TOLERANCES_8_BIT = {'decode': 0.02, 'encodeFrames': 0.02}  # of residual convolutions
TIMES = (1.0, 0.7, 0.3)
CHECK_GUIDANCE = 4.0


@torch.no_grad()
def check_export(folder, autoencoder, denoiser, text_encoder, frames_of, bits=PackBits()):
    """Prints and returns {graph file: largest error as a share of the largest value}.

    frames_of(width_px, height_px) gives a window of real frames uint8 [17, height, width, 3]; the
    pack's examples are the captions; bits: those of the export. Raises ValueError where an error
    is above its tolerance.
    """
    pack = json.loads((folder / 'pack-source.json').read_text())
    networks = [copy.deepcopy(net).cpu().eval() for net in (autoencoder, denoiser, text_encoder)]
    check = Check(folder, *networks)
    errors = {'encodeText': {pack['encodeText']['file']: check.text(pack)}}
    for size in pack['sizes']:
        check.see(frames_of(size['widthPx'], size['heightPx']))
        measures = {
            'denoise': check.velocity,
            'denoiseGuided': check.velocity,
            'decode': check.pictures,
            'encodeFrames': check.latents,
        }
        for role, measure in measures.items():
            if role in size:
                errors.setdefault(role, {})[size[role]['file']] = measure(size[role])
    report(errors, TOLERANCES if bits.residual == 16 else TOLERANCES | TOLERANCES_8_BIT)
    return {file: error for files in errors.values() for file, error in files.items()}


def report(errors, tolerances):
    print(f'{"graph":<36}{"error":>10}{"at most":>10}')
    for role, files in errors.items():
        for file, error in files.items():
            print(f'{file:<36}{error:>10.4%}{tolerances[role]:>10.1%}')
    wrong = [
        file for role, files in errors.items() for file in files if files[file] > tolerances[role]
    ]
    if wrong:
        raise ValueError(f'{", ".join(wrong)} differ from the networks by more than allowed')


def relative_error(found, expected):
    """The largest difference as a share of the largest value; infinite with a NaN."""
    error = float((found - expected).abs().max() / expected.abs().max())
    return error if np.isfinite(error) else np.inf


class Check:
    """Networks and graphs, and what both are given."""

    def __init__(self, folder, autoencoder, denoiser, text_encoder):
        self.folder = folder
        self.autoencoder, self.denoiser, self.text_encoder = autoencoder, denoiser, text_encoder
        self.generator = torch.Generator().manual_seed(0)

    def run(self, graph, inputs):
        """Inputs by their names in the graph -> its output."""
        session = onnxruntime.InferenceSession(
            self.folder / graph['file'], providers=['CPUExecutionProvider']
        )
        return torch.from_numpy(session.run(None, inputs)[0])

    def text(self, pack):
        self.states = self.text_encoder(pack['examples'])
        errors = []
        for caption, expected in zip(pack['examples'], self.states, strict=True):
            encoded = self.text_encoder.tokenizer.encode(caption)
            inputs = {'ids': [encoded.ids], 'mask': np.float32([encoded.attention_mask])}
            errors.append(relative_error(self.run(pack['encodeText'], inputs), expected[None]))
        return max(errors)

    def see(self, frames):
        """Takes the frames that the graphs of one size are tried on."""
        count, height, width, _ = frames.shape
        if count != picture_count(WINDOW):
            raise ValueError(f'{count} frames are no window: give {picture_count(WINDOW)}')
        self.grid = token_grid(width, height)
        self.frames = torch.from_numpy(frames).permute(0, 3, 1, 2) / 255
        self.tokens = to_tokens(self.autoencoder.encode(self.frames)[None])

    def velocity(self, graph):
        """The step of one whole unit of time, after a first latent frame that is given."""
        guided = 'guidance' in graph['inputs']
        noise = torch.randn(self.tokens.shape, generator=self.generator)
        text = self.states[:1]
        if guided:
            text = torch.cat([text, torch.zeros_like(text)])
        errors = []
        for time in TIMES:
            times = torch.full((1, WINDOW), time)
            times[:, 0] = 0
            mixed = self.tokens + times[:, :, None, None] * (noise - self.tokens)
            asked = (times > 0).float()
            expected = self.predict(mixed, times, text) * asked[..., None, None]
            steps = -asked.numpy()
            inputs = {
                'z': mixed.flatten(1, 2).numpy(), 't': times.numpy(), 'dt': steps,
                'text': text.numpy(), 'first': np.float32([1]),
            }  # fmt: skip
            if guided:
                inputs['guidance'] = np.float32([CHECK_GUIDANCE])
            found = mixed - self.run(graph, inputs).view_as(mixed)
            errors.append(relative_error(found, expected))
        return max(errors)

    def predict(self, tokens, times, text):
        """The network's velocity, guided where there are two texts."""
        count = len(text)
        first = torch.ones(count, dtype=torch.long)
        v, _ = self.denoiser(
            tokens.expand(count, -1, -1, -1), times.expand(count, -1), text, first, self.grid
        )
        return v if count == 1 else v[1:] + CHECK_GUIDANCE * (v[:1] - v[1:])

    def pictures(self, graph):
        latents = to_latents(self.tokens[:, -1:], self.grid)[0]
        expected = self.autoencoder.decode(latents).clamp(0, 1)
        return relative_error(self.run(graph, {'z': self.tokens[:, -1].numpy()}), expected)

    def latents(self, graph):
        frames = self.frames[-PICTURES_PER_LATENT:]
        expected = group_tokens(self.autoencoder.encode(frames)[None])[0]
        return relative_error(self.run(graph, {'rgb': frames.numpy()}), expected)
