"""Sprites for the tests: stills only, packed once into the repository's cache of its tools."""

from pathlib import Path

import pytest

from builtin.sprites import Sprites, fetch_sprites

CACHE = Path(__file__).parents[2] / 'node_modules' / '.cache' / 'zoetrope-models'


@pytest.fixture(scope='session')
def sprites_folder():
    fetch_sprites(CACHE, stills_only=True)
    return CACHE


@pytest.fixture(scope='session')
def sprites(sprites_folder):
    return Sprites.load(sprites_folder)
