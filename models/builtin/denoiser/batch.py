"""Batches of the latent pool with one of their captions each time, encoded, ready on the device."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch

from ..latents import WINDOW
from ..world.cast import CAST
from ..world.film import ACTOR_SLOT_COUNT
from .noise import FILM_START_CHANCE
from .pool import LATENT_FRAME_COUNT
from .staging import film_seconds

NO_TEXT_CHANCE = 0.1
UNNAMED = -100  # what cross_entropy leaves out
LABELS = {name: label for label, name in enumerate(CAST)}


@dataclass(frozen=True)
class Batch:
    tokens: torch.Tensor  # [B, L, N, 128]
    text: torch.Tensor  # [B, 40, 384]
    cover: torch.Tensor  # [B, L, N] 0..1: whether any actor covers a token
    staging: torch.Tensor  # [B, L, 4, STAGING_LENGTH]
    names: torch.Tensor  # [B, bodies]: places in the cast, or UNNAMED
    luck: torch.Tensor  # [B, LUCK_COUNT]
    is_film_start: bool
    grid: tuple


class Batches:
    """Draws batches; the next one is gathered while this one is learned from."""

    def __init__(self, run, pool, text_encoder, seed, no_text_chance):
        self.run, self.pool, self.text_encoder = run, pool, text_encoder
        self.no_text_chance = no_text_chance
        self.rng, self.words = np.random.default_rng(seed), random.Random(seed)
        self.gatherer = ThreadPoolExecutor(1)
        self.next = {}

    def gather(self, count):
        is_film_start = self.words.random() < FILM_START_CHANCE
        start = 0 if is_film_start else self.words.randint(1, LATENT_FRAME_COUNT - WINDOW)
        size_pool, *arrays, tales = self.pool.draw(count, self.rng, start)
        *told, captions = zip(*tales, strict=True)
        captions = [self.words.choice(phrasings) for phrasings in captions]
        return size_pool.grid, start, *arrays, *told, captions

    def draw(self, count):
        """A batch of `count` clips of one size."""
        waiting = self.next.get(count) or self.gatherer.submit(self.gather, count)
        gathered = waiting.result()
        self.next[count] = self.gatherer.submit(self.gather, count)
        return self.encode(*gathered, self.no_text_chance)

    def held(self):
        """Clips of the native size that are never learned from, all with their captions."""
        size_pool = next(iter(self.pool.sizes.values()))
        *arrays, tales = size_pool.held(0)
        *told, captions = zip(*tales, strict=True)
        captions = [phrasings[0] for phrasings in captions]
        return self.encode(size_pool.grid, 0, *arrays, *told, captions, 0)

    def encode(self, grid, start, tokens, cover, maps, casts, luck, captions, no_text_chance):
        """The batch of windows that begin at latent frame `start`, as the pool gives them."""
        device = self.run.device
        seconds = film_seconds(start, WINDOW)[..., None].expand(len(maps), -1, -1, -1)
        staging = torch.cat([maps, seconds], -1)
        tokens, cover, staging = (x.to(device) for x in (tokens, cover, staging))
        with torch.autocast(device.type, torch.bfloat16):
            text = self.text_encoder(captions).float()
        told = torch.rand(len(text), 1, 1, device=device) >= no_text_chance
        return Batch(
            tokens.float(),
            text * told,
            cover.float() / 255,
            staging,
            name_labels(casts).to(device),
            torch.tensor(luck, device=device),
            start == 0,
            grid,
        )


def name_labels(casts):
    """The places in the cast of the bodies that have a name [B, bodies]; UNNAMED for others."""
    labels = torch.full((len(casts), ACTOR_SLOT_COUNT), UNNAMED)
    for row, names in enumerate(casts):
        labels[row, : len(names)] = torch.tensor([LABELS[name] for name in names])
    return labels
