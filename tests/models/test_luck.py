"""What of a film its seed decides: read from the noise, the same at every step."""

from itertools import pairwise

import torch

from builtin.denoiser.luck import luck_directions, luck_of
from builtin.denoiser.network import Denoiser, token_positions, wideness
from builtin.denoiser.planner import Planner
from builtin.denoiser.sample import sample_times

GRID = 4, 8
TEXT = torch.randn(1, 40, 384, generator=torch.Generator().manual_seed(2))
FIRST = torch.ones(1, dtype=torch.long)


def test_the_luck_of_a_seed_is_the_same_at_every_step_and_decides_the_plan():
    torch.manual_seed(0)
    denoiser = Denoiser(64, 3, 2, 64, 2, 64)
    for layer in (denoiser.clean, denoiser.planner.luck[2], denoiser.planner.staging[2]):
        torch.nn.init.normal_(layer.weight, std=0.1)
    words = TEXT.expand(2, -1, -1), FIRST.expand(2), GRID
    tokens, lucks, plans = torch.randn(2, 5, 32, 128), [], []
    times = sample_times(4, 3).tolist()
    for time, following in pairwise(times):
        now = torch.full((2, 5), time)
        lucks.append(luck_of(tokens, now, denoiser.luck_directions))
        velocity, plan = denoiser(tokens, now, *words)
        plans.append(plan.staging)
        tokens = tokens + (following - time) * velocity
    for luck, plan in zip(lucks, plans, strict=True):
        torch.testing.assert_close(luck, lucks[0], atol=1e-4, rtol=0)
        torch.testing.assert_close(plan, plans[0], atol=1e-3, rtol=0)
    assert not torch.allclose(plans[0][0], plans[0][1], atol=0.01), 'two seeds, one film'


def test_luck_is_as_often_low_as_high():
    tokens = torch.randn(4000, 5, 16, 128, generator=torch.Generator().manual_seed(1))
    luck = luck_of(tokens, torch.ones(4000, 5), luck_directions())
    for share in (0.1, 0.5, 0.9):
        assert abs(luck.quantile(share) - share) < 0.02
    assert torch.corrcoef(luck.T).fill_diagonal_(0).abs().max() < 0.05


def test_luck_decides_nothing_where_a_frame_is_given():
    torch.manual_seed(0)
    planner = Planner(64, 2)
    torch.nn.init.normal_(planner.luck[2].weight)
    torch.nn.init.normal_(planner.staging[2].weight)

    def plans(given_count):
        times = (torch.arange(5) >= given_count).float()[None]
        places = token_positions(1, *GRID)[:, [2, 1]]
        inputs = TEXT, FIRST, wideness(GRID), torch.randn(1, 5, 32, 128), times, places
        return [planner(*inputs, torch.full((1, 4), share)).staging for share in (0.2, 0.8)]

    assert torch.equal(*plans(1)) and not torch.allclose(*plans(0), atol=0.1)
