"""The planner: a caption, luck and given frames -> who is in a window, and its staging."""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from ..latents import NUMBERS_PER_TOKEN, PICTURES_PER_LATENT, WINDOW
from ..world.cast import CAST
from ..world.casting import LUCK_COUNT
from ..world.film import ACTOR_SLOT_COUNT
from .layers import TEXT_TOKEN_COUNT, TEXT_WIDTH, Block, RMSNorm, waves
from .staging import REST, STAGING_LENGTH, VIEW_FREQUENCIES

UNMODULATED = (0.0,) * 6
HEAD_WIDTH = 64
FAINTEST_NOISE = 1e-3  # level from which on a frame is not taken for given
PARTS = TEXT_TOKEN_COUNT, WINDOW, ACTOR_SLOT_COUNT  # of the planner's sequence


class Plan(NamedTuple):
    """What a planner says of films."""

    staging: torch.Tensor  # [B, L, 4, STAGING_LENGTH]
    presence: torch.Tensor  # logits [B, bodies]: whether there is such a body
    names: torch.Tensor  # logits [B, bodies, cast]
    bodies: torch.Tensor  # [B, bodies, width]: what a body is like


class Sight(nn.Module):
    """What given frames show of the set and of each body."""

    def __init__(self, width):
        super().__init__()
        self.norm = RMSNorm(width)
        self.query = nn.Linear(width, width)
        self.tokens = nn.Linear(NUMBERS_PER_TOKEN, 2 * width)
        self.places = nn.Linear(4 * len(VIEW_FREQUENCIES), 2 * width, bias=False)
        self.out = nn.Linear((1 + ACTOR_SLOT_COUNT) * width, width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, frames, bodies, tokens, times, places):
        """States of frames [B, L, width] and of bodies [B, bodies, width], tokens [B, L, N, 128],
        times [B, L], places [N, 2] -> [B, L, width], nothing for frames that have noise.
        """
        frames, bodies = self.norm(frames)[:, :, None], self.norm(bodies)[:, None]
        queries = self.query(torch.cat([frames, frames + bodies], 2)).flatten(0, 1)
        shown = self.tokens(tokens) + self.places(waves(places, VIEW_FREQUENCIES).flatten(1))
        keys, values = shown.flatten(0, 1).chunk(2, -1)
        heads = [x.unflatten(-1, (-1, HEAD_WIDTH)).transpose(1, 2) for x in (queries, keys, values)]
        seen = F.scaled_dot_product_attention(*heads).transpose(1, 2).flatten(1)
        return self.out(seen).view_as(frames[:, :, 0]) * cleanness(times)[..., None]


def cleanness(times):
    """1 for given frames, 0 for those with noise."""
    return (1 - times / FAINTEST_NOISE).clamp(0)


class Planner(nn.Module):
    """A transformer over the caption's states, one query a latent frame and one a body.

    Half-way it looks at the frames that are given, to go on from where they stop; where none are,
    luck decides what the caption leaves open.
    """

    def __init__(self, width, depth):
        super().__init__()
        self.text_in = nn.Sequential(RMSNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, width))
        self.queries = nn.Parameter(0.5 * torch.randn(WINDOW + ACTOR_SLOT_COUNT, width))
        self.first = nn.Embedding(2, width)
        self.shape = nn.Parameter(torch.zeros(2, width))  # of wide pictures, of tall ones
        self.luck = nn.Sequential(
            nn.Linear(LUCK_COUNT, width), nn.SiLU(), nn.Linear(width, width, bias=False)
        )
        self.blocks = nn.ModuleList(Block(width, width // HEAD_WIDTH) for _ in range(depth))
        self.sight = Sight(width)
        self.norm = RMSNorm(width)
        self.staging = nn.Sequential(
            nn.Linear(width, 2 * width),
            nn.SiLU(),
            nn.Linear(2 * width, PICTURES_PER_LATENT * STAGING_LENGTH),
        )
        for zero in (self.luck[2].weight, self.staging[2].weight):
            nn.init.zeros_(zero)
        self.staging[2].bias.data = REST.repeat(PICTURES_PER_LATENT)
        self.presence = nn.Linear(width, 1)
        self.names = nn.Linear(width, len(CAST))  # asked while training alone

    def forward(self, text, first, wideness, tokens, times, places, luck):
        """text [B, 40, 384]; first [B] of 0 or 1; wideness [2] of the picture; tokens [B, L, N, 128] with
        noise levels times [B, L]; places [N, 2]; luck [B, LUCK_COUNT] -> Plan.
        """
        queries = self.queries + wideness @ self.shape + self.first(first)[:, None]
        nothing_given = 1 - cleanness(times).amax(1)
        queries = queries + (self.luck(luck) * nothing_given[:, None])[:, None]
        x = torch.cat([self.text_in(text), queries], 1)
        for index, block in enumerate(self.blocks):
            if index == self.sight_index:
                told, frames, bodies = x.split(PARTS, 1)
                frames = frames + self.sight(frames, bodies, tokens, times, places)
                x = torch.cat([told, frames, bodies], 1)
            x = block(x, UNMODULATED, None)
        _, frames, bodies = self.norm(x).split(PARTS, 1)
        staging = self.staging(frames).float().unflatten(-1, (PICTURES_PER_LATENT, -1))
        return Plan(staging, self.presence(bodies)[..., 0].float(), self.names(bodies), bodies)

    @property
    def sight_index(self):
        """The block before which it looks."""
        return len(self.blocks) // 2
