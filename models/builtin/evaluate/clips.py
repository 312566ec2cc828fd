"""Prompt sets -> clips: as rendered, through the autoencoder, or by a sampler.

Generated clips are kept in files that are named after the weights and the prompts, so that a
stopped evaluation goes on and changed weights never meet old clips.
"""

import hashlib

import numpy as np
import torch
from tqdm import tqdm

from ..run_folder import write_whole
from ..world.film import film
from .lessons import through_autoencoder

DECODING_BATCH_PICTURES = 64
GENERATION_BATCH_FILMS = 16


def film_sets(prompt_sets, sprites, size):
    """The asked scenes as they are rendered: set name -> uint8 [N, T, H, W, 3]."""
    width_px, height_px = size
    return {
        name: np.stack([
            film(scene, sprites, prompts.picture_count, height_px, width_px).frames
            for scene in tqdm(prompts.scenes, desc=f'film {name}', unit='clip')
        ])
        for name, prompts in prompt_sets.items()
    }


def decode_clips(autoencoder, frames, device):
    """The same clips after the autoencoder: the best that a denoiser could show."""
    pictures = frames.reshape(-1, 1, *frames.shape[2:])
    parts = np.array_split(pictures, -(-len(pictures) // DECODING_BATCH_PICTURES))
    decoded = [
        through_autoencoder(autoencoder, torch.from_numpy(part).to(device)).cpu().numpy()
        for part in tqdm(parts, desc='autoencoder', unit='batch')
    ]
    return np.concatenate(decoded).reshape(frames.shape)


def generate_clips(folder, title, sampler, captions, seeds, size, picture_count):
    """A sampler's clips, from the folder where they are already there."""
    key = fingerprint(sampler, captions, seeds, size, picture_count)
    path = folder / f'{title.replace(" ", "-")}-{key}.npy'
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        batches = [
            slice(start, start + GENERATION_BATCH_FILMS)
            for start in range(0, len(captions), GENERATION_BATCH_FILMS)
        ]
        films = [
            sampler.film(captions[batch], seeds[batch], size, picture_count)
            for batch in tqdm(batches, desc=title, unit='batch')
        ]
        write_whole(path, lambda part: np.save(part, np.concatenate(films)))
    return np.load(path)


def fingerprint(sampler, *asked):
    """Changes with the weights, the way of sampling and what is asked."""
    way = sampler.step_count, sampler.guidance, sampler.shift
    digest = hashlib.sha256(repr((way, asked)).encode())
    for network in (sampler.denoiser, sampler.autoencoder):
        for values in network.state_dict().values():
            digest.update(values.cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
