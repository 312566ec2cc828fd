"""Stage `sprites`: MIT-licensed emoji packages -> one zip of small pictures, and those in memory.

Packages come from npm by name and version; only what the world shows is packed. Pictures are
square RGBA with premultiplied alpha, so that blending them is one multiplication and one addition.
"""

import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from PIL import Image
from tqdm import tqdm

from .world.cast import CAST, COLOURS
from .world.places import PROPS

STILLS = '@lobehub/fluent-emoji-3d@1.1.0'
ANIMATED = tuple(f'@lobehub/fluent-emoji-anim-{part}@1.0.0' for part in (1, 2, 3, 4))
LABELS = 'emojibase-data@17.0.0'
LICENCE = {
    'pictures': 'MIT, Microsoft Fluent Emoji (https://github.com/microsoft/fluentui-emoji)',
    'packages': [STILLS, *ANIMATED, LABELS],
}
SIDE_PX = 128
MIP_SIDES_PX = (128, 64, 32)
KEPT_FRAME_STEP = 2  # the art plays at 24 pictures a second, the world at 12
WEBP_QUALITY = 62
# Art that swells, shrinks or hides would be taken for an action: only its first picture is kept.
KEPT_STILL = {'wolf', 'blowfish', 'star', 'turtle', 'dolphin'}
FLAPPING = {'eagle', 'bat', 'butterfly', 'parrot'}  # their weight moves, not their body


def fetch_sprites(cache_folder, stills_only=False):
    """Packs everybody and every prop into cache_folder; returns the zip's path at once if there.

    Fetches missing packages with `npm pack`; every finished picture is kept, so a stopped packing
    goes on where it was. With stills_only it needs 16 MB of packages instead of 750.
    """
    cache_folder = Path(cache_folder)
    packed = cache_folder / _zip_name(stills_only)
    if packed.exists():
        return packed
    pictures = cache_folder / f'{packed.stem}-parts'
    pictures.mkdir(parents=True, exist_ok=True)
    archives = [
        fetch_package(name, cache_folder)
        for name in ((STILLS,) if stills_only else (*ANIMATED, STILLS))
    ]
    hexcodes = _hexcodes(fetch_package(LABELS, cache_folder))
    wanted = {hexcodes[label]: label for label in needed_labels()}
    with tqdm(total=len(wanted), desc='sprites', unit='sprite') as bar:
        for archive in archives:
            for hexcode, data in _pictures_in(archive, wanted):
                _pack_picture(data, pictures / f'{hexcode}.webp', wanted.pop(hexcode))
                bar.update()
    if wanted:
        raise ValueError(f'no picture in {archives} for {sorted(wanted.values())}')
    index = {label: f'{hexcodes[label]}.webp' for label in needed_labels()}
    _write_zip(packed, pictures, index)
    shutil.rmtree(pictures)
    return packed


def needed_labels():
    """Emoji labels of the cast and of all props."""
    return list(dict.fromkeys([c.sprite for c in CAST.values()] + list(PROPS)))


def fetch_package(name_and_version, folder):
    """The .tgz of an npm package, downloaded unless it is in the folder."""
    name, version = name_and_version.rsplit('@', 1)
    archive = folder / f'{name.lstrip("@").replace("/", "-")}-{version}.tgz'
    if not archive.exists():
        npm = shutil.which('npm')
        if npm is None:
            raise FileNotFoundError(f'npm is not on PATH: install Node.js, or put {archive} there')
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as arriving:
            command = [npm, 'pack', '--silent', '--pack-destination', arriving, name_and_version]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            (Path(arriving) / archive.name).replace(archive)
    return archive


def _zip_name(stills_only):
    return 'sprites-stills.zip' if stills_only else 'sprites.zip'


def _hexcodes(archive):
    """Emoji label -> hexcode, as file names in the picture packages have it."""
    with tarfile.open(archive) as package:
        data = json.load(package.extractfile('package/en/data.json'))
    return {e['label']: e['hexcode'].lower().replace('-fe0f', '') for e in data}


def _pictures_in(archive, wanted):
    """(hexcode, bytes) of those pictures of an archive that are still wanted."""
    with tarfile.open(archive) as package:
        for member in package:
            path = Path(member.name)
            hexcode = path.stem.replace('-fe0f', '')
            if path.suffix == '.webp' and hexcode in wanted:
                yield hexcode, package.extractfile(member).read()


def _pack_picture(data, path, label):
    if path.exists():
        return
    art = Image.open(io.BytesIO(data))
    frames = []
    count = 1 if label in KEPT_STILL else getattr(art, 'n_frames', 1)
    for index in range(0, count, KEPT_FRAME_STEP):
        art.seek(index)
        frames.append(art.convert('RGBA').resize((SIDE_PX, SIDE_PX), Image.LANCZOS))
    if label not in FLAPPING:
        frames = steadied(frames)
    part = path.with_suffix('.part')
    frames[0].save(
        part,
        'WEBP',
        save_all=True,
        append_images=frames[1:],
        duration=83,
        loop=0,
        quality=WEBP_QUALITY,
        alpha_quality=80,
        method=4,
    )
    part.replace(path)


def steadied(frames):
    """Shifts each picture so that its weight stays where the first one's is.

    Without this, art that bobs by itself would add to the motion that the world gives it.
    """
    weights = [np.asarray(frame)[..., 3].astype(float) for frame in frames]
    axis = np.arange(SIDE_PX)
    centres = [np.array([w.sum(0) @ axis, w.sum(1) @ axis]) / w.sum() for w in weights]
    shifts = [np.rint(centre - centres[0]).astype(int) for centre in centres]
    return [
        frame.transform(frame.size, Image.AFFINE, (1, 0, int(x), 0, 1, int(y)))
        for frame, (x, y) in zip(frames, shifts, strict=True)
    ]


def _write_zip(path, pictures, index):
    part = path.with_suffix('.part')
    with zipfile.ZipFile(part, 'w') as archive:
        archive.writestr('licence.json', json.dumps(LICENCE, indent=2))
        archive.writestr('index.json', json.dumps(index, indent=2))
        for name in dict.fromkeys(index.values()):
            archive.write(pictures / name, name)
    part.replace(path)


class Sprites:
    """Pictures by emoji label, decoded when first asked for."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as archive:
            index = json.loads(archive.read('index.json'))
            self._encoded = {label: archive.read(name) for label, name in index.items()}
        self.mips = lru_cache(maxsize=None)(self._mips)
        self.feet = lru_cache(maxsize=None)(self._feet)

    @classmethod
    def load(cls, cache_folder):
        """The packed sprites of a cache folder, animated where it has them.

        Raises FileNotFoundError that names the stage to run.
        """
        for stills_only in (False, True):
            path = Path(cache_folder) / _zip_name(stills_only)
            if path.exists():
                return cls(path)
        raise FileNotFoundError(f'no sprites in {cache_folder}: run the stage "sprites" first')

    def picture(self, label, phase, picture_index, half_px, colour=None):
        """RGBA uint8 [side, side, 4], premultiplied, of a side that suits half_px.

        The animation starts at phase 0..1 and goes on one frame a picture, there and back, so that
        it never jumps. `colour` is a key of COLOURS, or None for the art's own.
        """
        frames = self.mips(label, colour)
        count = len(frames)
        position = (int(phase * count) + picture_index) % max(1, 2 * count - 2)
        mips = frames[min(position, 2 * count - 2 - position) if count > 1 else 0]
        return next((m for m in reversed(mips) if m.shape[0] >= 1.7 * half_px), mips[0])

    def _mips(self, label, colour):
        art = Image.open(io.BytesIO(self._encoded[label]))
        frames = []
        for index in range(getattr(art, 'n_frames', 1)):
            art.seek(index)
            frame = np.asarray(art.convert('RGBA'))
            if colour:
                frame = recoloured(frame, colour)
            frame = frame.astype(np.float32)
            frame[..., :3] *= frame[..., 3:] / 255
            frames.append(
                tuple(
                    np.rint(cv2.resize(frame, (side, side), interpolation=cv2.INTER_AREA)).astype(
                        np.uint8
                    )
                    for side in MIP_SIDES_PX
                )
            )
        return frames

    def _feet(self, label):
        """How far below its centre the art touches the ground, as a fraction of its half-size."""
        lowest = max(
            np.flatnonzero(frame[0][..., 3].max(1) > 40)[-1] for frame in self.mips(label, None)[:1]
        )
        return 2 * (lowest + 1) / SIDE_PX - 1


def recoloured(rgba, colour):
    """Art of one main hue, or white, in another colour; other hues and blacks stay."""
    hue, strength, lightness = COLOURS[colour]
    hsv = cv2.cvtColor(np.ascontiguousarray(rgba[..., :3]), cv2.COLOR_RGB2HSV_FULL).astype(float)
    saturation, opaque = hsv[..., 1], rgba[..., 3] > 128
    vivid = opaque & (saturation > 90)
    turned = hsv.copy()
    if vivid.sum() < 0.3 * opaque.sum():  # white art: dye it
        turned[..., 0], turned[..., 1] = hue * 255 / 360, 215 * strength
        amount = np.clip((hsv[..., 2] - 60) / 90, 0, 1)
    else:
        main = np.median(hsv[..., 0][vivid])
        away = (hsv[..., 0] - main + 128) % 256 - 128
        turned[..., 0] = (hue * 255 / 360 + 0.35 * away) % 256
        turned[..., 1] = np.clip(saturation * strength, 0, 255)
        turned[..., 2] = np.clip(hsv[..., 2] * lightness, 0, 255)
        amount = np.clip((saturation - 60) / 60, 0, 1) * np.clip((45 - np.abs(away)) / 12, 0, 1)
    rgb = cv2.cvtColor(turned.clip(0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB_FULL)
    mixed = rgb * amount[..., None] + rgba[..., :3] * (1 - amount[..., None])
    return np.dstack([np.rint(mixed).astype(np.uint8), rgba[..., 3]])
