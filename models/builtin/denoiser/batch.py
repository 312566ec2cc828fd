"""Batches of the latent pool with one of their captions each time, encoded, ready on the device."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch

from ..latents import WINDOW
from ..world.cast import CAST
from .noise import FILM_START_CHANCE

NO_TEXT_CHANCE = 0.1
LABELS = {name: label for label, name in enumerate(CAST)}


@dataclass(frozen=True)
class Batch:
    tokens: torch.Tensor  # [B, L, N, 128]
    text: torch.Tensor  # [B, 40, 384]
    cover: torch.Tensor  # [B, L, N] 0..1: whether any actor covers a token
    labels: torch.Tensor  # [B, L, N, cast] 0..1: which one does
    is_film_start: bool
    grid: tuple


class Batches:
    """Draws batches; the next one is gathered while this one is learned from."""

    def __init__(self, run, pool, text_encoder, seed, no_text_chance=NO_TEXT_CHANCE):
        self.run, self.pool, self.text_encoder = run, pool, text_encoder
        self.no_text_chance = no_text_chance
        self.rng, self.words = np.random.default_rng(seed), random.Random(seed)
        self.gatherer = ThreadPoolExecutor(1)
        self.next = {}

    def gather(self, count):
        size_pool, tokens, cover, tales = self.pool.draw(count, self.rng)
        casts, captions = zip(*tales, strict=True)
        captions = [self.words.choice(phrasings) for phrasings in captions]
        return size_pool.grid, tokens, cover, casts, captions

    def draw(self, count):
        """A batch of `count` clips of one size."""
        waiting = self.next.get(count) or self.gatherer.submit(self.gather, count)
        gathered = waiting.result()
        self.next[count] = self.gatherer.submit(self.gather, count)
        return self.encode(*gathered, self.words.random() < FILM_START_CHANCE, self.no_text_chance)

    def held(self):
        """Clips of the native size that are never learned from, all with their captions."""
        size_pool = next(iter(self.pool.sizes.values()))
        tokens, cover, tales = size_pool.held()
        casts, captions = zip(*tales, strict=True)
        captions = [phrasings[0] for phrasings in captions]
        return self.encode(size_pool.grid, tokens, cover, casts, captions, True, 0)

    def encode(self, grid, tokens, cover, casts, captions, is_film_start, no_text_chance):
        device = self.run.device
        window = slice(0, WINDOW) if is_film_start else slice(1, WINDOW + 1)
        tokens = tokens[:, window].to(device).float()
        cover = cover[:, window].to(device).float() / 255  # [B, L, actors, N]
        with torch.autocast(device.type, torch.bfloat16):
            text = self.text_encoder(captions).float()
        told = torch.rand(len(text), 1, 1, device=device) >= no_text_chance
        return Batch(
            tokens,
            text * told,
            cover.amax(2),
            cover_labels(cover, casts),
            is_film_start,
            grid,
        )


def cover_labels(cover, casts):
    """How much each of the cast covers each token [B, L, N, cast]."""
    batch, frames, slots, count = cover.shape
    labels = torch.zeros(batch, frames, len(LABELS), count, device=cover.device)
    for row, names in enumerate(casts):
        for slot, name in enumerate(names[:slots]):
            label = labels[row, :, LABELS[name]]
            torch.maximum(label, cover[row, :, slot], out=label)
    return labels.transpose(2, 3)
