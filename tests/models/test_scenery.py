"""Sheets of weather and layers of the set: what is filmed is where the network looks it up."""

import random
from dataclasses import replace

import numpy as np
import pytest
import torch

from builtin.denoiser.scenery import FEATURES_PER_POINT, LAYER_FEATURE_COUNT, LAYER_REACH, Scenery
from builtin.denoiser.staging import SHEETS_OF_ALL, VIEW_COUNT, sheet_offsets
from builtin.world.film import film
from builtin.world.motions import PICTURES_PER_SECOND
from builtin.world.scene import sample_scene
from builtin.world.staging import SPAN
from builtin.world.weather import PERIOD_SECONDS, SHEETS, TILE_PLACES

SIDE_PX = 128
SHEET_COUNT = len(SHEETS_OF_ALL)


@pytest.mark.parametrize('weather', SHEETS)
def test_filmed_weather_begins_anew_after_its_period(sprites, weather):
    scene = sample_scene(random.Random(0), aspect=1, vary=0)
    actor = replace(scene.actors[0], action='stand')
    scene = replace(scene, place='desert', time='day', camera='static', actors=(actor,))
    period = PERIOD_SECONDS * PICTURES_PER_SECOND
    scene = replace(scene, weather=weather)
    shown = film(scene, sprites, period + 1, SIDE_PX, SIDE_PX).frames.astype(int)
    rows = slice(0, SIDE_PX // 4)  # of the sky, where no actor is
    sky = shown[:, rows]
    assert np.abs(sky[0] - sky[-1]).max() <= 1
    assert np.abs(sky[0] - sky[1]).mean() > 0.5
    for sheet, offset in zip(SHEETS_OF_ALL, sheet_offsets(torch.tensor(0.4)), strict=True):
        np.testing.assert_allclose(sheet.offset(0.4), offset, atol=1e-5)


@pytest.mark.parametrize('sheet', range(SHEET_COUNT))
def test_a_sheet_of_weather_is_seen_where_it_has_drifted_and_again_a_tile_away(sheet):
    torch.manual_seed(0)
    scenery = Scenery(8)
    spots = torch.rand(1, 2, 4, VIEW_COUNT, 16, 2) * SPAN + 2 * LAYER_REACH  # beyond every layer
    drift = torch.zeros(1, 2, 4, SHEET_COUNT, 2)
    told, wideness = torch.randn(1, 8), torch.zeros(2)
    seen = scenery(told, wideness, spots, drift)
    assert seen.shape == (1, 2, 4, 16, FEATURES_PER_POINT)
    moved = drift + torch.tensor([1.5, 0.7])
    again = scenery(told, wideness, spots + torch.tensor([1.5, 0.7]), moved)
    torch.testing.assert_close(again, seen, atol=1e-4, rtol=0)
    drift[:, :, :, sheet] = TILE_PLACES * torch.tensor([2.0, -1])
    torch.testing.assert_close(scenery(told, wideness, spots, drift), seen, atol=1e-4, rtol=0)
    drift[:, :, :, sheet] = 1
    assert not torch.allclose(scenery(told, wideness, spots, drift), seen, atol=1e-2)


def test_a_set_stays_in_its_layers_and_is_told_by_words_and_shape():
    torch.manual_seed(0)
    scenery = Scenery(8)
    with torch.no_grad():
        scenery.tiles.zero_()
        scenery.shape.normal_()
    spots = (torch.rand(1, 2, 4, VIEW_COUNT, 16, 2) - 0.5) * LAYER_REACH
    drift, words, square = (
        torch.zeros(1, 2, 4, SHEET_COUNT, 2),
        torch.randn(2, 1, 8),
        torch.zeros(2),
    )
    seen = scenery(words[0], square, spots, drift)
    assert seen[..., : VIEW_COUNT * LAYER_FEATURE_COUNT].abs().mean() > 1e-3
    for other in (
        scenery(words[1], square, spots, drift),
        scenery(words[0], torch.tensor([0.9, 0]), spots, drift),
        scenery(words[0], square, -spots, drift),
    ):
        assert not torch.allclose(other, seen, atol=1e-3)
    assert (scenery(words[0], square, spots + 3 * LAYER_REACH, drift) == 0).all()
