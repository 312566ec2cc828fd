"""Pictures' latents <-> tokens, and what is given, asked and noised in a window."""

import pytest
import torch

from builtin.denoiser.noise import add_noise, draw_given, draw_times, hold_last_picture
from builtin.latents import WINDOW, picture_count, to_latents, to_tokens, token_grid
from builtin.settings import DenoiserSettings

GRID = 3, 4


def random_tokens(count=64):
    return torch.randn(count, WINDOW, GRID[0] * GRID[1], 128)


def test_tokens_hold_every_number_of_the_latents():
    latents = torch.randn(2, picture_count(WINDOW), 8, 6, 8)
    back = to_latents(to_tokens(latents), GRID)
    assert torch.equal(back[:, 3:], latents)
    assert all(torch.equal(back[:, copy], latents[:, 0]) for copy in range(4))


def test_a_picture_size_that_is_no_multiple_of_a_token_is_refused():
    with pytest.raises(ValueError, match='100 x 64'):
        token_grid(100, 64)


def test_given_frames_are_clean_and_not_asked_for():
    tokens = random_tokens()
    given = draw_given(len(tokens), True, tokens.device)
    noised = add_noise(tokens, given, draw_times(DenoiserSettings(), len(tokens), tokens.device))
    assert given.any() and not given.all(1).any()
    assert (noised.times[given] == 0).all() and (noised.times[~given] > 0).all()
    assert torch.equal(noised.asked.bool(), ~given)
    before_last = given[:, :-1]
    assert torch.equal(noised.tokens[:, :-1][before_last], tokens[:, :-1][before_last])


def test_a_share_of_clips_is_pure_noise_and_the_rest_of_every_level():
    times = draw_times(DenoiserSettings(pure_noise_chance=0.4), 4000, torch.device('cpu'))
    assert (times == 1).float().mean() == pytest.approx(0.4, abs=0.04)
    assert times.min() < 0.1 and times[times < 1].max() > 0.9


def test_one_step_against_the_velocity_of_any_noise_level_arrives_at_the_clean_tokens():
    tokens = random_tokens(8)
    nothing_given = torch.zeros(8, WINDOW, dtype=torch.bool)
    noised = add_noise(tokens, nothing_given, torch.rand(8))
    arrived = noised.tokens - noised.times[..., None, None] * noised.velocity
    assert torch.allclose(arrived, tokens, atol=1e-5)


def test_a_film_that_goes_on_is_given_one_or_two_latent_frames():
    given = draw_given(2000, False, torch.device('cpu'))
    is_open = ~given[:, -1]
    assert set(given[is_open].sum(1).tolist()) == {1, 2}
    assert is_open.float().mean() == pytest.approx(0.9, abs=0.05)


def test_a_film_that_goes_on_to_a_given_end_leaves_at_least_one_frame_between_to_be_made():
    given = draw_given(2000, False, torch.device('cpu'))
    ended = given[given[:, -1]]
    contexts = ended.long().cumprod(1).sum(1)
    assert set(contexts.tolist()) == set(range(1, WINDOW - 1))
    assert torch.equal(ended.sum(1), contexts + 1)


def test_a_held_last_picture_is_the_last_of_four():
    latents = torch.randn(1, 8, 8, 6, 8)
    tokens = to_tokens(latents[:, :5])[:, 1]
    held = to_latents(hold_last_picture(tokens)[:, None], GRID)
    assert all(torch.equal(held[:, picture], latents[:, 4]) for picture in range(4))
