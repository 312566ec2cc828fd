"""What a body looks like, as a small picture of features, looked up where tokens show it."""

import torch
import torch.nn.functional as F
from torch import nn

from ..world.staging import SPAN

LIKENESS_SIDE = 24  # cells
LIKENESS_REACH = 1.5  # half-sizes from a body's centre to the edge of its likeness
FEATURE_COUNT = 12
POINTS_PER_SIDE = 4  # of a token, where it looks at likenesses
POINT_COUNT = POINTS_PER_SIDE**2


def point_offsets(rows, columns):
    """From a token's centre to its points [POINT_COUNT, 2], x and y."""
    pitch = SPAN / max(rows, columns) / POINTS_PER_SIDE
    along = (torch.arange(POINTS_PER_SIDE) - (POINTS_PER_SIDE - 1) / 2) * pitch
    y, x = torch.meshgrid(along, along, indexing='ij')
    return torch.stack([x.flatten(), y.flatten()], 1)


def look_up(grids, spots):
    """What grids of features show at spots.

    grids [B, maps, features, side, side], which span -1..1 and show nothing beyond; spots
    [B, T, 4, maps, points, 2], x and y -> [B, maps, features, T, 4, points].
    """
    asked = spots.movedim(3, 1).flatten(0, 1).flatten(1, 3)[:, :, None]
    seen = F.grid_sample(grids.flatten(0, 1).float(), asked.float(), align_corners=True)
    return seen.view(*grids.shape[:3], *spots.shape[1:3], -1)


class Likeness(nn.Module):
    """Bodies' states -> a grid of features each, as wide as the body wherever that is.

    A sprite that moves, turns and grows is the same picture seen elsewhere; features on a grid that
    moves with it are learned far faster than by a perceptron from its waves alone (as in Chan et
    al. 2022).
    """

    def __init__(self, body_width):
        super().__init__()
        self.of_bodies = nn.Linear(body_width, FEATURE_COUNT * LIKENESS_SIDE**2)
        nn.init.normal_(self.of_bodies.weight, std=0.02)

    def forward(self, bodies, presence, spots):
        """bodies [B, bodies, width]; presence [B, bodies] 0..1; spots [B, T, 4, bodies, points, 2]:
        x and y on each body of the points of a token's pictures
        -> features [B, T, 4, points, FEATURE_COUNT].
        """
        grids = self.of_bodies(bodies) * presence[..., None]
        grids = grids.unflatten(-1, (FEATURE_COUNT, LIKENESS_SIDE, LIKENESS_SIDE))
        return look_up(grids, spots / LIKENESS_REACH).sum(1).movedim(1, -1)
