"""Where bodies and layers are told to be is where the renderer draws them, and tokens learn it."""

import random

import numpy as np
import pytest
import torch

from builtin.denoiser.likeness import FEATURE_COUNT, POINT_COUNT, Likeness, point_offsets
from builtin.denoiser.network import Denoiser, token_positions, wideness
from builtin.denoiser.planner import Planner
from builtin.denoiser.pool import LATENT_FRAME_COUNT, staging_of
from builtin.denoiser.staging import (
    MAPS_LENGTH,
    REST,
    STAGING_LENGTH,
    VIEW_COUNT,
    WAVE_COUNT,
    point_spots,
    presence_of,
    split_maps,
    staging_error,
    staging_waves,
    towards_sprites,
)
from builtin.latents import picture_count
from builtin.world.camera import View, layer_to_frame
from builtin.world.casting import LUCK_COUNT
from builtin.world.film import film
from builtin.world.scene import sample_scene
from builtin.world.staging import PARALLAXES, SPAN, body_map, view_maps

WIDTH_PX, HEIGHT_PX = 176, 96
UNIT_PX = WIDTH_PX / SPAN


def apply(row, place):
    matrix, offset = np.reshape(row[:4], (2, 2)), row[4:]
    return matrix @ place + offset


def test_a_view_maps_each_place_to_what_the_camera_shows_there():
    shot = View(0.3, -0.2, 1.4, 0.1)
    half_width, top = 1.5, 1.2
    for parallax, row in zip(PARALLAXES, view_maps(shot, WIDTH_PX, HEIGHT_PX), strict=True):
        to_frame = layer_to_frame(
            shot, parallax, half_width, top, HEIGHT_PX / 2, WIDTH_PX, HEIGHT_PX
        )
        for place in ((0, 0), (2.5, -1.5), (-3, 2)):
            spot = apply(row, np.array(place)) * UNIT_PX
            layer_px = spot + np.array([half_width, top]) * HEIGHT_PX / 2 - 0.5
            frame_px = to_frame @ (*layer_px, 1)
            expected = np.array(place) * UNIT_PX + np.array([WIDTH_PX, HEIGHT_PX]) / 2 - 0.5
            np.testing.assert_allclose(frame_px, expected, atol=1e-3)


def test_a_body_maps_its_square_to_one_of_two_by_two():
    turn = 0.4
    body = torch.tensor(body_map((100, 40), (-30, 20), turn, WIDTH_PX, HEIGHT_PX))
    matrix = towards_sprites(body).numpy()
    assert body[:2].tolist() == pytest.approx(((100 - 88) / UNIT_PX, (40 - 48) / UNIT_PX))
    corner = np.array([
        np.cos(turn) * -30 + np.sin(turn) * 20,
        -np.sin(turn) * -30 + np.cos(turn) * 20,
    ])
    np.testing.assert_allclose(np.reshape(matrix, (2, 2)) @ (corner / UNIT_PX), (1, 1), atol=1e-6)


def test_a_body_that_turns_about_is_told_in_numbers_that_do_not_jump():
    turning = [
        body_map((0, 0), (20 * width, 20), 0, WIDTH_PX, HEIGHT_PX) for width in (0.1, 0, -0.1)
    ]
    assert np.abs(np.diff(turning, axis=0)).max() < 0.1
    across, *_ = towards_sprites(torch.tensor(turning)).unbind(-1)
    assert across[0] == across[1] == -across[2] and across.abs().max() < 4  # no thinner than that


def test_a_filmed_body_is_where_its_box_is(sprites):
    scene = sample_scene(random.Random(4), aspect=WIDTH_PX / HEIGHT_PX, vary=0.5)
    shown = film(scene, sprites, picture_count(LATENT_FRAME_COUNT), HEIGHT_PX, WIDTH_PX)
    centres = shown.boxes[..., :2] * (WIDTH_PX, HEIGHT_PX) / UNIT_PX
    middle = np.array([WIDTH_PX, HEIGHT_PX]) / 2 / UNIT_PX
    np.testing.assert_allclose(shown.bodies[..., :2], centres - middle, atol=1e-4)
    staging = torch.from_numpy(staging_of(shown))
    assert staging.shape == (LATENT_FRAME_COUNT, 4, MAPS_LENGTH)
    assert torch.equal(staging[0, 0].nan_to_num(), staging[0, 3].nan_to_num())
    _, bodies = split_maps(staging)
    np.testing.assert_array_equal(bodies[1:].flatten(0, 1).numpy(), shown.bodies[1:])
    present = presence_of(staging[None, :5])[0].tolist()
    assert present == (~np.isnan(shown.bodies[0, :, 0])).astype(float).tolist()


def test_tokens_are_told_who_is_near():
    staging = REST.repeat(2, 5, 4, 1)
    _, bodies = split_maps(staging)
    bodies[:, :, :, 1, :2] = torch.tensor([2.5, -1.5])  # in place: a view of the staging
    places = token_positions(1, 8, 8)[:, [2, 1]]
    presence = torch.tensor([[1.0, 1, 0, 0], [0, 1, 0, 0]])
    waves, nearness, spots = staging_waves(staging, presence, places)
    assert waves.shape == (2, 5, 64, 4, WAVE_COUNT) and waves.isfinite().all()
    assert nearness.shape == (2, 5, 64, 4)
    nearest = nearness[0, 0].argmax(0)
    assert places[nearest[1]].tolist() == [2.5, -1.5] and nearness[0, 0, nearest[1], 1] == 1
    assert (nearness[:, :, :, 2:] == 0).all() and (nearness[1, :, :, 0] == 0).all()
    on_set, on_body = spots.split((VIEW_COUNT, 4), 4)
    assert on_body.shape == (2, 5, 64, 4, 4, 2)
    assert on_body[0, 0, nearest[1], 0, 1].tolist() == [0, 0]
    torch.testing.assert_close(on_set[0, 0, :, 0, 1], places)  # a camera at rest


def test_each_point_of_a_token_is_told_where_on_a_body_it_is():
    staging = REST.repeat(1, 5, 4, 1)
    _, bodies = split_maps(staging)
    # Turned: x on the body is y in the picture.
    bodies[..., :] = torch.tensor([0.5, 0, -0.5, 0, 0.5])
    places = token_positions(1, 2, 4)[:, [2, 1]]
    _, _, spots = staging_waves(staging, torch.ones(1, 4), places)
    spots = point_spots(staging, spots, point_offsets(2, 4))[0, 0, :, 0]
    points = token_positions(1, 8, 16)[:, [2, 1]].view(2, 4, 4, 4, 2).transpose(1, 2)
    points = points.reshape(8, POINT_COUNT, 2)
    there = points - torch.tensor([0.5, 0])
    on_body = torch.stack([2 * there[..., 1], -2 * there[..., 0]], -1)
    torch.testing.assert_close(spots[:, VIEW_COUNT], on_body)
    torch.testing.assert_close(spots[:, 0], points)  # a camera at rest


def test_a_likeness_goes_where_its_body_goes_and_ends_where_it_ends():
    torch.manual_seed(0)
    likeness, bodies = Likeness(8), torch.randn(2, 4, 8)
    spots = torch.full((2, 3, 4, 4, POINT_COUNT, 2), 9.0)  # beyond every body
    presence = torch.ones(2, 4)
    assert (likeness(bodies, presence, spots) == 0).all()
    shown = torch.rand(POINT_COUNT, 2) * 2 - 1
    spots[0, 0, 1, 2] = spots[0, 2, 3, 2] = shown
    seen = likeness(bodies, presence, spots)
    assert seen.shape == (2, 3, 4, POINT_COUNT, FEATURE_COUNT) and seen[0, 0, 1].abs().max() > 0.01
    assert torch.equal(seen[0, 0, 1], seen[0, 2, 3]) and (seen[1] == 0).all()
    presence[0, 2] = 0
    assert (likeness(bodies, presence, spots) == 0).all()


def test_the_error_of_a_staging_leaves_out_who_is_not_there():
    true = REST.repeat(3, 5, 4, 1)
    _, bodies = split_maps(true)
    bodies[:, :, :, 2:] = torch.nan
    planned = REST.repeat(3, 5, 4, 1)
    _, wrong = split_maps(planned)
    wrong[:, :, :, 3] += 9
    assert staging_error(planned, true) == 0
    wrong[:, :, :, 0, 0] += 1
    assert staging_error(planned, true) > 0.1
    moved = planned.clone().requires_grad_()
    staging_error(moved, true).backward()
    assert moved.grad.isfinite().all()


def learned_error(planner, inputs, true, step_count=80):
    optimizer = torch.optim.Adam(planner.parameters(), 3e-3)
    for _ in range(step_count):
        optimizer.zero_grad()
        staging_error(planner(*inputs).staging, true).backward()
        optimizer.step()
    return staging_error(planner(*inputs).staging, true)


def planner_inputs(text, given_count):
    """Of four windows of 4 x 4 tokens; the first latent frames are given."""
    times = (torch.arange(5) >= given_count).float().expand(4, -1)
    places = token_positions(1, 4, 4)[:, [2, 1]]
    tokens = torch.randn(4, 5, 16, 128)
    luck = torch.full((4, LUCK_COUNT), 0.5)
    return text, torch.ones(4, dtype=torch.long), wideness((4, 4)), tokens, times, places, luck


def test_a_new_planner_puts_all_at_rest_and_learns_from_words_to_move_it():
    torch.manual_seed(0)
    planner, inputs = Planner(64, 2), planner_inputs(torch.randn(4, 40, 384), 0)
    assert torch.equal(planner(*inputs).staging, REST.expand(4, 5, 4, -1))
    true = REST + 0.5 * torch.randn(4, 5, 4, STAGING_LENGTH)
    assert learned_error(planner, inputs, true) < staging_error(REST.expand_as(true), true) / 2


def test_a_planner_tells_films_of_the_same_words_apart_by_the_frames_that_are_given():
    torch.manual_seed(0)
    text = torch.randn(1, 40, 384).expand(4, -1, -1)
    true = REST + 0.5 * torch.randn(4, 1, 1, STAGING_LENGTH).expand(-1, 5, 4, -1)
    blind = learned_error(Planner(64, 2), planner_inputs(text, 0), true)
    seeing = learned_error(Planner(64, 2), planner_inputs(text, 2), true)
    assert seeing < blind / 2


def test_what_is_staged_is_painted():
    """The same noise and caption under another staging is another clip."""
    torch.manual_seed(0)
    denoiser = Denoiser(64, 3, 2, 64, 1, 64)
    torch.nn.init.normal_(denoiser.clean.weight, std=0.1)
    tokens, times = torch.randn(1, 5, 16, 128), torch.ones(1, 5)
    inputs = tokens, times, torch.randn(1, 40, 384), torch.ones(1, dtype=torch.long), (4, 4)
    planned, plan = denoiser(*inputs)

    def painted(staging):
        return denoiser.paint(
            *inputs, denoiser.stage(plan, staging, plan.presence.sigmoid(), (4, 4))
        )

    same, moved = painted(plan.staging), painted(plan.staging + 0.3)
    assert torch.equal(same, planned) and not torch.allclose(moved, planned, atol=1e-3)
