"""Scenes filmed by several processes, handed over through shared memory.

Clip number n of a stream is the same whatever the number of processes; only the order in which
clips arrive differs. Imports no PyTorch, so that a filming process starts quickly.
"""

import multiprocessing
import os
import queue
import random
import traceback
from dataclasses import dataclass
from multiprocessing import shared_memory

import numpy as np

from .sprites import Sprites
from .world.captions import caption
from .world.film import film
from .world.scene import Scene, sample_scene

CAPTION_COUNT = 4  # phrasings that go with a clip


@dataclass(frozen=True)
class ClipOrder:
    """What a stream films: sizes are (width, height) in pixels, drawn by weight."""

    cache_folder: os.PathLike
    sizes: tuple
    size_weights: tuple
    picture_count: int
    vary: float
    cast: tuple
    seed: int
    first_index: int = 0

    @classmethod
    def of(cls, run, picture_count, seed, first_index=0):
        """What a run's settings ask for, at all its sizes."""
        settings = run.settings
        return cls(
            run.cache_folder,
            settings.sizes,
            settings.size_weights,
            picture_count,
            settings.vary,
            settings.cast,
            seed,
            first_index,
        )

    def clip(self, index):
        """The scene, its size and its captions: those of clip number `index`."""
        rng = random.Random(f'{self.seed}/{index}')
        (size,) = rng.choices(self.sizes, self.size_weights)
        aspect = size[0] / size[1]
        scene = sample_scene(rng, aspect=aspect, vary=self.vary, cast=self.cast)
        return scene, size, tuple(caption(scene, rng) for _ in range(CAPTION_COUNT))


@dataclass(frozen=True)
class Clip:
    index: int
    size: tuple
    scene: Scene
    captions: tuple
    frames: np.ndarray  # uint8 [pictures, height, width, 3]
    boxes: np.ndarray  # as in Film
    views: np.ndarray
    bodies: np.ndarray


class ClipStream:
    """An endless stream of filmed clips; use it as a context manager."""

    def __init__(self, order, process_count=None, slot_count=64):
        context = multiprocessing.get_context('spawn')
        self.order = order
        byte_length = max(clip_byte_length(order, size) for size in order.sizes)
        self.memory = shared_memory.SharedMemory(create=True, size=slot_count * byte_length)
        self.byte_length = byte_length
        self.free, self.ready = context.Queue(), context.Queue()
        for slot in range(slot_count):
            self.free.put(slot)
        process_count = process_count or os.cpu_count()
        self.processes = [
            context.Process(
                target=film_forever,
                args=(order, worker, process_count, self.memory.name, self.free, self.ready),
                daemon=True,
            )
            for worker in range(process_count)
        ]
        for process in self.processes:
            process.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.join()
        self.memory.close()
        self.memory.unlink()

    def take(self, timeout_seconds=None):
        """The next clip; None if none is ready in time. Raises what broke in a filming process."""
        try:
            slot, index, size, scene, captions, *maps = self.ready.get(timeout=timeout_seconds)
        except queue.Empty:
            return None
        if slot is None:
            raise RuntimeError(f'clip {index} of the stream could not be filmed:\n{captions}')
        frames = slot_frames(self.memory, slot, self.byte_length, self.order, size).copy()
        self.free.put(slot)
        return Clip(index, size, scene, captions, frames, *maps)


def clip_byte_length(order, size):
    return order.picture_count * size[0] * size[1] * 3


def slot_frames(memory, slot, byte_length, order, size):
    shape = (order.picture_count, size[1], size[0], 3)
    return np.ndarray(shape, np.uint8, memory.buf, slot * byte_length)


def film_forever(order, worker, process_count, memory_name, free, ready):
    memory = shared_memory.SharedMemory(memory_name)
    sprites = Sprites.load(order.cache_folder)
    byte_length = max(clip_byte_length(order, size) for size in order.sizes)
    index = order.first_index + worker
    try:
        while True:
            scene, size, captions = order.clip(index)
            filmed = film(scene, sprites, order.picture_count, size[1], size[0])
            slot = free.get()
            slot_frames(memory, slot, byte_length, order, size)[:] = filmed.frames
            ready.put((slot, index, size, scene, captions, *filmed[1:]))
            index += process_count
    except Exception:
        ready.put((None, index, None, None, traceback.format_exc()))
