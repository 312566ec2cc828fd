"""Clips filmed by processes, and the pool of their latents."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from builtin.autoencoder.network import Autoencoder
from builtin.clip_stream import ClipOrder, ClipStream
from builtin.denoiser.batch import LABELS, UNNAMED, Batches
from builtin.denoiser.pool import LATENT_FRAME_COUNT, LatentPool, actor_cover
from builtin.denoiser.staging import STAGING_LENGTH, presence_of
from builtin.latents import picture_count
from builtin.run_folder import Run
from builtin.world.casting import LUCK_COUNT

MODELS = Path(__file__).parents[2] / 'models'
SIZES = (64, 64), (96, 48)


@pytest.fixture
def run(tmp_path, sprites_folder):
    return Run.open(tmp_path, 'tiny', sprites_folder)


def first_clips(order, process_count, count=6):
    with ClipStream(order, process_count, slot_count=4) as stream:
        clips = [stream.take() for _ in range(3 * count)]
    return {clip.index: clip for clip in clips if clip.index < count}


def test_a_clip_is_the_same_whatever_films_it(run):
    order = ClipOrder.of(run, 5, seed=3)
    alone, together = first_clips(order, 1), first_clips(order, 2)
    assert alone.keys() == together.keys() == set(range(6))
    for index, clip in alone.items():
        assert clip.size in SIZES and clip.captions == together[index].captions
        assert np.array_equal(clip.frames, together[index].frames)


def test_a_filming_process_needs_no_pytorch():
    loaded = 'import builtin.__main__, builtin.clip_stream, sys; print("torch" in sys.modules)'
    told = subprocess.run(
        [sys.executable, '-c', loaded], cwd=MODELS, capture_output=True, text=True, check=True
    )
    assert told.stdout == 'False\n'


def test_what_breaks_in_a_filming_process_is_told(run):
    order = replace(ClipOrder.of(run, 5, seed=3), vary='much')
    broken = pytest.raises(RuntimeError, match='clip 0 of the stream could not be filmed')
    with ClipStream(order, 1) as stream, broken:
        stream.take()


def test_a_pool_whose_time_is_over_has_something_to_learn_from_at_every_size(run):
    pool = LatentPool(run, Autoencoder().eval())
    with pool.stream() as stream:
        pool.fill(stream, seconds=0)
    for size_pool in pool.sizes.values():
        assert size_pool.held_count < len(size_pool) < size_pool.capacity
        *_, tales = size_pool.held(0)
        assert all(tales)


def test_a_full_pool_replaces_the_oldest_but_keeps_what_is_held_back(run):
    torch.manual_seed(0)
    pool = LatentPool(run, Autoencoder().eval())
    with pool.stream() as stream:
        pool.fill(stream)
        pool.save()
        size_pool = pool.sizes[SIZES[0]]
        assert len(size_pool) == size_pool.capacity
        held, first_learned = size_pool.tales[: size_pool.held_count], size_pool.held_count
        oldest = size_pool.tales[first_learned]
        turns = 0
        while size_pool.tales[first_learned] is oldest and (turns := turns + 1) < 200:
            pool.put(stream.take())
    assert size_pool.tales[first_learned] is not oldest
    assert size_pool.tales[: size_pool.held_count] == held
    assert not pool.saved.exists(), 'a stale list of captions would be taken up after a stop'
    pool.save()
    again = LatentPool(run, pool.autoencoder)
    assert again.sizes[SIZES[0]].tales == size_pool.tales
    assert np.array_equal(again.sizes[SIZES[0]].tokens, size_pool.tokens)
    assert again.next_index == pool.next_index
    assert_batches(run, pool)


def assert_batches(run, pool):
    def encode_text(captions):
        return torch.ones(len(captions), 40, 384)

    batch = Batches(run, pool, encode_text, seed=1, no_text_chance=0).draw(5)
    rows, columns = batch.grid
    assert batch.tokens.shape == (5, 5, rows * columns, 128)
    assert batch.staging.shape == (5, 5, 4, STAGING_LENGTH)
    named = batch.names != UNNAMED
    assert named[:, 0].all() and (presence_of(batch.staging)[named] == 1).all()
    assert set(batch.names[named].tolist()) <= {LABELS[name] for name in run.settings.cast}
    assert batch.cover.amax() > 0.5
    assert batch.luck.shape == (5, LUCK_COUNT) and len(batch.luck.unique()) == 5 * LUCK_COUNT


def test_cover_is_where_the_actor_is():
    boxes = np.full((picture_count(LATENT_FRAME_COUNT), 4, 3), np.nan, np.float32)
    boxes[:, 0] = (0.25, 0.5, 0.2)
    cover = actor_cover(boxes, (4, 8), (128, 64)).reshape(LATENT_FRAME_COUNT, 4, 8)
    assert (cover[:, 1:3, 1:3] > 100).all() and (cover[:, :, 5:] == 0).all()
