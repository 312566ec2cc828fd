"""Films of one window and of several, made by small networks with random weights."""

import numpy as np
import pytest
import torch

from builtin.autoencoder.network import Autoencoder
from builtin.denoiser.network import Denoiser
from builtin.denoiser.sample import Sampler, follow, sample_times

SIZE = 64, 48


@pytest.fixture(scope='module')
def sampler():
    torch.manual_seed(0)
    denoiser = Denoiser(64, 3, 2, 64, 1, 64).eval()
    for parameter in denoiser.parameters():
        torch.nn.init.normal_(parameter, std=0.08)

    def encode_text(captions):
        return torch.tensor([[len(caption)] for caption in captions])[..., None].expand(-1, 40, 384)

    return Sampler(denoiser, Autoencoder().eval(), encode_text, 3, 2.0, 3.0)


def test_a_longer_film_begins_with_the_shorter(sampler):
    short = sampler.film(['a fox', 'two'], [1, 2], SIZE)
    long = sampler.film(['a fox', 'two'], [1, 2], SIZE, frame_count=40)
    assert short.shape == (2, 17, 48, 64, 3) and long.shape[1] == 40
    assert np.array_equal(long[:, :17], short)
    assert not np.array_equal(long[0, 29], long[0, 17])


def test_another_seed_or_prompt_is_another_film(sampler):
    film = sampler.film(['a fox'], [1], SIZE)
    assert np.array_equal(film, sampler.film(['a fox'], [1], SIZE))
    assert not np.array_equal(film, sampler.film(['a fox'], [2], SIZE))
    assert not np.array_equal(film, sampler.film(['a foxes'], [1], SIZE))


def test_given_frames_stay_as_they_are(sampler):
    tokens = torch.randn(2, 5, 12, 128)
    asked = torch.tensor([[0, 1, 1, 1, 0], [1, 1, 1, 1, 1]]).float()
    text, first = torch.randn(2, 40, 384), torch.ones(2, dtype=torch.long)
    with torch.no_grad():
        made = follow(sampler.denoiser, 1, tokens, [1.0, 0.5, 0.0], asked, text, first, (3, 4))
    kept = asked == 0
    assert torch.equal(made[kept], tokens[kept])
    assert (made[~kept] != tokens[~kept]).any(-1).all()


def test_times_go_from_noise_to_clean_and_dwell_near_noise():
    times = sample_times(4, shift=3.0)
    assert times.tolist() == pytest.approx([1, 0.9, 0.75, 0.5, 0])
