"""The packed pictures: whole, licensed, dyed and steadied as promised."""

import json
import zipfile

import cv2
import numpy as np
import pytest
from PIL import Image

from builtin.sprites import Sprites, fetch_package, fetch_sprites, needed_labels, steadied
from builtin.world.cast import CAST, COLOURS, NATURAL_COLOURS


def test_everybody_and_every_prop_has_a_picture(sprites):
    for label in needed_labels():
        picture = sprites.picture(label, 0, 0, 64)
        assert picture.shape == (128, 128, 4)
        covered = (picture[..., 3] > 128).mean()
        assert 0.1 < covered < 0.95, label
        assert (picture[..., :3] <= picture[..., 3:]).all(), f'{label} is not premultiplied'


def test_everybody_stands_on_the_lower_half_of_the_picture(sprites):
    assert all(0.4 < sprites.feet(character.sprite) <= 1 for character in CAST.values())


def test_the_licence_travels_with_the_pictures(sprites_folder):
    with zipfile.ZipFile(sprites_folder / 'sprites-stills.zip') as archive:
        licence = json.loads(archive.read('licence.json'))
    assert licence['pictures'].startswith('MIT')
    assert all('@' in package[1:] for package in licence['packages'])


def test_what_is_packed_is_not_fetched_again(sprites_folder, monkeypatch):
    monkeypatch.setattr('subprocess.run', lambda *_, **__: pytest.fail('fetched again'))
    packed = sprites_folder / 'sprites-stills.zip'
    before = packed.stat().st_mtime_ns
    assert fetch_sprites(sprites_folder, stills_only=True) == packed
    assert packed.stat().st_mtime_ns == before
    assert fetch_package('emojibase-data@17.0.0', sprites_folder).exists()


def test_a_folder_without_sprites_names_the_stage_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match='stage "sprites"'):
        Sprites.load(tmp_path)


@pytest.mark.parametrize('name', NATURAL_COLOURS)
def test_a_dyed_thing_has_the_hue_of_its_colour(sprites, name):
    for colour, (hue, *_) in COLOURS.items():
        picture = sprites.picture(CAST[name].sprite, 0, 0, 64, colour)
        hsv = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2HSV_FULL)
        vivid = (picture[..., 3] == 255) & (hsv[..., 1] > 70)
        away = (hsv[vivid][:, 0].astype(int) * 360 / 255 - hue + 180) % 360 - 180
        assert abs(np.median(away)) < 14, f'{colour} {name}'


def test_art_that_bobs_is_steadied():
    frames = []
    for shift in (0, 3, 7, 2):
        picture = np.zeros((128, 128, 4), np.uint8)
        picture[40 + shift : 70 + shift, 50 - shift : 80 - shift] = 200
        frames.append(Image.fromarray(picture))
    first, *others = (np.asarray(frame) for frame in steadied(frames))
    assert all(np.array_equal(other, first) for other in others)
