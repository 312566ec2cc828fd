"""Filmed clips kept as latents on disk, with their captions: what the denoiser learns from.

A pool holds one file per size. When it is full, a fresh clip takes the oldest one's place.
"""

import os
import pickle

import numpy as np
import torch
from tqdm import tqdm

from ..autoencoder.train import to_pictures
from ..clip_stream import ClipOrder, ClipStream
from ..latents import (
    NUMBERS_PER_TOKEN,
    PICTURES_PER_LATENT,
    WINDOW,
    picture_count,
    to_tokens,
    token_grid,
)
from ..run_folder import write_whole
from .staging import MAPS_LENGTH

LATENT_FRAME_COUNT = WINDOW + 4  # so that a window may begin in the middle of a film
HELD_CLIP_COUNT = 64  # of each size
TRAINING_SEED = 1_000_000  # apart from the rendered clips' seeds


class SizePool:
    """The clips of one picture size."""

    def __init__(self, folder, size, capacity):
        self.size, self.grid = size, token_grid(*size)
        self.capacity, self.count = capacity, 0
        self.held_count = min(HELD_CLIP_COUNT, capacity // 8)
        self.tales = [None] * capacity  # (names of the actors, luck, captions)
        rows, columns = self.grid
        folder.mkdir(parents=True, exist_ok=True)
        name = f'{size[0]}x{size[1]}'
        frames = (capacity, LATENT_FRAME_COUNT)
        shapes = {
            'tokens': (np.float16, (*frames, rows * columns, NUMBERS_PER_TOKEN)),
            'cover': (np.uint8, (*frames, rows * columns)),
            'staging': (np.float32, (*frames, PICTURES_PER_LATENT, MAPS_LENGTH)),
        }
        self.tokens, self.cover, self.staging = (
            open_array(folder / f'{name}-{kind}.npy', *shapes[kind]) for kind in shapes
        )

    def __len__(self):
        return min(self.count, self.capacity)

    def add(self, tokens, clip):
        row = self.count
        if row >= self.capacity:
            row = self.held_count + (row - self.held_count) % (self.capacity - self.held_count)
        self.tokens[row] = tokens
        self.cover[row] = actor_cover(clip.boxes, self.grid, clip.size)
        self.staging[row] = staging_of(clip)
        names = [actor.name for actor in clip.scene.actors]
        self.tales[row] = names, clip.scene.luck, clip.captions
        self.count += 1

    def draw(self, count, rng, start):
        """Windows of random clips that are not held back, as `pick` gives them."""
        learned = len(self) - self.held_count
        rows = self.held_count + np.sort(rng.choice(learned, count, learned < count))
        return self.pick(rows, start)

    def held(self, start):
        """Windows of the clips held back for validation: the first ones, for ever."""
        return self.pick(np.arange(self.held_count), start)

    def pick(self, rows, start):
        """The windows that begin at latent frame `start` of clips.

        Returns tokens f16 [n, L, N, 128], cover u8 [n, L, N], maps [n, L, 4, MAPS_LENGTH], tales.
        """
        arrays = self.tokens, self.cover, self.staging
        picked = (torch.from_numpy(a[rows, start : start + WINDOW]) for a in arrays)
        return *picked, [self.tales[row] for row in rows]


class LatentPool:
    def __init__(self, run, autoencoder):
        settings = run.settings
        self.run, self.autoencoder = run, autoencoder
        self.folder = run.path / 'latents'
        self.saved = self.folder / 'tales.pickle'
        capacity = settings.denoiser.pool_clip_count
        total = sum(settings.size_weights)
        self.sizes = {
            tuple(size): SizePool(self.folder, size, max(8, int(capacity * weight / total)))
            for size, weight in zip(settings.sizes, settings.size_weights, strict=True)
        }
        self.waiting = {size: [] for size in self.sizes}
        self.next_index = 0
        self.resume()
        self.order = ClipOrder.of(
            run,
            picture_count(LATENT_FRAME_COUNT),
            settings.seed + TRAINING_SEED,
            self.next_index,
        )

    def resume(self):
        """Takes up what an earlier sitting kept."""
        if self.saved.exists():
            self.next_index, sizes = pickle.loads(self.saved.read_bytes())
            for size, pool in self.sizes.items():
                pool.count, pool.tales = sizes[size]

    def save(self):
        sizes = {size: (pool.count, pool.tales) for size, pool in self.sizes.items()}
        state = self.next_index, sizes
        write_whole(self.saved, lambda part: part.write_bytes(pickle.dumps(state)))

    def stream(self):
        # One core is left to the trainer where there are many.
        return ClipStream(self.order, max(2, os.cpu_count() - 1))

    def fill(self, stream, seconds=float('inf')):
        """Films until every size is full, or the time is over and every size has some to learn from."""
        wanted = sum(pool.capacity for pool in self.sizes.values())
        have = sum(len(pool) for pool in self.sizes.values())
        with tqdm(total=wanted, initial=have, desc='latents', unit='clip') as bar:
            while any(len(pool) < pool.capacity for pool in self.sizes.values()):
                clip = stream.take()
                bar.update(len(self.sizes[clip.size]) < self.sizes[clip.size].capacity)
                self.put(clip)
                learnable = all(len(pool) > pool.held_count for pool in self.sizes.values())
                if learnable and bar.format_dict['elapsed'] > seconds:
                    break

    def put(self, clip, batch_size=8):
        """Keeps a clip; clips are encoded some at a time."""
        self.next_index = max(self.next_index, clip.index + 1)
        waiting = self.waiting[clip.size]
        waiting.append(clip)
        if len(waiting) >= batch_size:
            # Until it is saved again, what was saved tells of clips that are no longer there.
            self.saved.unlink(missing_ok=True)
            for tokens, one in zip(self.encode(waiting), waiting, strict=True):
                self.sizes[clip.size].add(tokens, one)
            waiting.clear()

    @torch.no_grad()
    def encode(self, clips):
        frames = np.concatenate([clip.frames for clip in clips])
        device = self.run.device
        with torch.autocast(device.type, torch.bfloat16):
            latents = self.autoencoder.encode(to_pictures(frames, device)).float()
        tokens = to_tokens(latents.unflatten(0, (len(clips), -1)))
        return tokens.half().cpu().numpy()

    def draw(self, count, rng, start):
        """Windows of random clips of one size: their SizePool, and what `pick` gives."""
        pools = list(self.sizes.values())
        weights = np.array([len(pool) for pool in pools], float)
        pool = pools[rng.choice(len(pools), p=weights / weights.sum())]
        return pool, *pool.draw(count, rng, start)


def open_array(path, dtype, shape):
    """An array kept in a file, the old one where it has this shape."""
    if path.exists():
        kept = np.load(path, mmap_mode='r+')
        if kept.shape == shape:
            return kept
    return np.lib.format.open_memmap(path, 'w+', dtype, shape)


def actor_cover(boxes, grid, size):
    """Boxes [T, actors, 3] -> how much any actor covers each token, 0..255: [L, N]."""
    rows, columns = grid
    aspect = size[0] / size[1]
    # The middle picture of each latent frame; the first frame has only one.
    pictures = [max(0, PICTURES_PER_LATENT * frame - 2) for frame in range(LATENT_FRAME_COUNT)]
    boxes = np.nan_to_num(boxes[pictures], nan=-9.0)[..., None, None]
    y = (np.arange(rows)[:, None] + 0.5) / rows
    x = (np.arange(columns) + 0.5) / columns
    distance = np.hypot((x - boxes[:, :, 0]) * aspect, y - boxes[:, :, 1])
    radius = np.maximum(boxes[:, :, 2], 0.5 / rows)
    cover = np.clip(1.5 * (1.25 - distance / radius), 0, 1)
    return (255 * cover.max(1)).astype(np.uint8).reshape(LATENT_FRAME_COUNT, rows * columns)


def staging_of(clip):
    """The maps of a clip's pictures, four to a latent frame: [L, 4, MAPS_LENGTH]."""
    maps = np.concatenate(
        [clip.views.reshape(len(clip.views), -1), clip.bodies.reshape(len(clip.bodies), -1)], 1
    )
    first = np.repeat(maps[:1], PICTURES_PER_LATENT - 1, 0)
    return np.concatenate([first, maps]).reshape(LATENT_FRAME_COUNT, PICTURES_PER_LATENT, -1)
