"""Stage `render`: films the whole clips that the autoencoder and the classifiers learn from.

One file of pictures per size, uint8 [clips, pictures, height, width, 3], and their scenes.
"""

import os
import pickle

import numpy as np
from tqdm import tqdm

from .clip_stream import ClipOrder, ClipStream
from .latents import WINDOW, picture_count
from .run_folder import write_whole

VALIDATION_FRACTION = 1 / 12


def render(run):
    """Films the run's clips unless they are there; a stopped rendering begins again."""
    folder = run.path / 'clips'
    if (folder / 'scenes.pickle').exists():
        return
    folder.mkdir(exist_ok=True)
    order = ClipOrder.of(run, picture_count(WINDOW), run.settings.seed)
    count = run.settings.rendered_clip_count
    sizes = [order.clip(index)[1] for index in range(count)]
    files = {size: open_pictures(folder, size, 'w+', sizes.count(size)) for size in order.sizes}
    rows = {index: sizes[:index].count(size) for index, size in enumerate(sizes)}
    scenes = {size: [None] * sizes.count(size) for size in order.sizes}
    with ClipStream(order, process_count=os.cpu_count()) as stream:
        for clip in take_exactly(stream, count):
            files[clip.size][rows[clip.index]] = clip.frames
            scenes[clip.size][rows[clip.index]] = (clip.scene, clip.boxes)
    for file in files.values():
        file.flush()
    write_whole(folder / 'scenes.pickle', lambda part: part.write_bytes(pickle.dumps(scenes)))


def take_exactly(stream, count):
    """Clips 0 .. count - 1 of a stream, in any order."""
    left = count
    with tqdm(total=count, desc='render', unit='clip') as bar:
        while left:
            clip = stream.take()
            if clip.index < count:
                left -= 1
                bar.update()
                yield clip


def open_pictures(folder, size, mode='r', count=None):
    path = folder / f'{size[0]}x{size[1]}.npy'
    if mode == 'r':
        return np.load(path, mmap_mode='r')
    shape = (count, picture_count(WINDOW), size[1], size[0], 3)
    return np.lib.format.open_memmap(path, mode, np.uint8, shape)


def load_clips(run, size):
    """What `render` made at a size: pictures and [(scene, boxes)], training and validation apart.

    Returns ((pictures, scenes), (pictures, scenes)).
    """
    path = run.path / 'clips' / 'scenes.pickle'
    if not path.exists():
        raise FileNotFoundError(f'{path} is not there: run the stage "render" first')
    scenes = pickle.loads(path.read_bytes())[tuple(size)]
    pictures = open_pictures(path.parent, size)
    held = max(1, round(len(scenes) * VALIDATION_FRACTION))
    return (pictures[:-held], scenes[:-held]), (pictures[-held:], scenes[-held:])
