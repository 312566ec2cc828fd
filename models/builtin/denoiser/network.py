"""The denoiser: it plans a window's staging from the caption, then paints it.

The painter is a single-stream transformer over text tokens and latent tokens with joint attention
(after Peebles & Xie 2023 and Su et al. 2021; Krause et al. 2025 for routing tokens around the
middle blocks while training). Each latent frame has its own noise level, so one network makes
films, continues them and fills between given frames.
"""

import math
from typing import NamedTuple

import torch
from torch import nn

from ..latents import NUMBERS_PER_TOKEN, PICTURES_PER_LATENT
from ..world.staging import SPAN
from .brush import Brush
from .layers import TEXT_TOKEN_COUNT, TEXT_WIDTH, Block, RMSNorm, waves
from .likeness import point_offsets
from .luck import luck_directions, luck_of, without_luck
from .planner import Planner
from .staging import WAVE_COUNT, point_spots, sheet_offsets, staging_waves

TIME_WAVE_COUNT = 128
PLACE_WAVE_COUNT = 16  # per axis
POOLED_TEXT_SCALE = 1 / 12  # a caption has about twelve tokens
LEAST_TIME = 0.05  # noise level below which errors of clean tokens are not divided by less


def token_positions(frame_count, rows, columns):
    """Latent frame, row and column of each token [frames * rows * columns, 3].

    Rows and columns are centred and the longer side spans SPAN, so that a place has the same numbers
    at every resolution.
    """
    frame, row, column = torch.meshgrid(
        torch.arange(frame_count), torch.arange(rows), torch.arange(columns), indexing='ij'
    )
    scale = SPAN / max(rows, columns)
    row, column = (row - (rows - 1) / 2) * scale, (column - (columns - 1) / 2) * scale
    return torch.stack([frame.flatten(), row.flatten(), column.flatten()], 1).float()


def place_waves(positions):
    """Absolute position features [N, 96]: rotary positions tell a token only where others are."""
    frequencies = math.pi / SPAN * 2 ** (torch.arange(PLACE_WAVE_COUNT) / 4)
    angles = positions.unsqueeze(-1) * frequencies
    return torch.cat([angles.sin(), angles.cos()], -1).flatten(1)


def rotary_tables(positions, head_width):
    """Cosines and sines [40 + N, head_width / 2] of a three-axis rotation, text tokens first."""
    text = torch.zeros(TEXT_TOKEN_COUNT, 3)
    text[:, 0] = torch.arange(TEXT_TOKEN_COUNT) + 20
    side = 3 * head_width // 8 // 2 * 2
    angles = [
        torch.cat([text, positions])[:, axis : axis + 1]
        * 100.0 ** (-torch.arange(0, width, 2) / width)
        for axis, width in enumerate((head_width - 2 * side, side, side))
    ]
    angles = torch.cat(angles, 1)
    return angles.cos(), angles.sin()


def wideness(grid):
    """How wide a picture is, and how tall, in doublings [2]."""
    doublings = math.log2(grid[1] / grid[0])
    return torch.tensor([max(0.0, doublings), max(0.0, -doublings)])


def time_waves(times):
    """Noise levels [...] -> [..., 256]."""
    rates = 1000 * torch.exp(
        -math.log(1000) * torch.arange(TIME_WAVE_COUNT, device=times.device) / TIME_WAVE_COUNT
    )
    return waves(times, rates)


class Places(NamedTuple):
    """What a grid of tokens knows about where its tokens are."""

    waves: torch.Tensor  # [L * N, 96]
    rotary: tuple  # cosines and sines [40 + L * N, half a head's width]
    in_picture: torch.Tensor  # [N, 2]: x and y
    in_token: torch.Tensor  # [POINT_COUNT, 2]: x and y of its points
    wideness: torch.Tensor  # [2]: how wide the picture is, how tall


class Staged(NamedTuple):
    """What each latent token is to be painted from."""

    waves: torch.Tensor  # [B, T, 4, WAVE_COUNT]: of its pictures
    near: torch.Tensor  # [B, T, body width]: states of the bodies near it
    spots: torch.Tensor  # [B, T, 4, maps, POINT_COUNT, 2]: its points on each layer and body
    drift: torch.Tensor  # [B, T, 4, sheets, 2]: of the sheets of weather
    bodies: torch.Tensor  # [B, bodies, body width]: the states of all
    presence: torch.Tensor  # [B, bodies] 0..1
    wideness: torch.Tensor  # [2]

    def of(self, chosen):
        """The same of chosen tokens alone [B, chosen]."""
        row = torch.arange(len(chosen), device=chosen.device)[:, None]
        return Staged(*(part[row, chosen] for part in self[:4]), *self[4:])


class Denoiser(nn.Module):
    """Noisy tokens, a noise level per latent frame, and text -> the velocity noise - clean.

    It predicts the clean tokens and tells the velocity that leads there (Li & He 2025).
    """

    def __init__(
        self,
        width=320,
        depth=6,
        head_count=5,
        planner_width=256,
        planner_depth=5,
        brush_width=384,
        brush_depth=3,
    ):
        super().__init__()
        self.width, self.head_count = width, head_count
        self.planner = Planner(planner_width, planner_depth)
        self.tokens_in = nn.Linear(NUMBERS_PER_TOKEN, width)
        self.text_in = nn.Sequential(
            RMSNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, width), nn.SiLU(), nn.Linear(width, width)
        )
        self.place_in = nn.Linear(6 * PLACE_WAVE_COUNT, width)
        self.staging_in = nn.Linear(PICTURES_PER_LATENT * WAVE_COUNT, width)
        self.body_in = nn.Linear(planner_width, width, bias=False)
        # Row 1 marks a first latent frame that holds one picture, row 0 one that holds four.
        self.first = nn.Embedding(2, width)
        self.time_in = nn.Sequential(
            nn.Linear(2 * TIME_WAVE_COUNT, width), nn.SiLU(), nn.Linear(width, 6 * width)
        )
        self.pooled_in = nn.Linear(TEXT_WIDTH, 6 * width)
        self.blocks = nn.ModuleList(Block(width, head_count) for _ in range(depth))
        self.norm = RMSNorm(width)
        self.clean = nn.Linear(width, NUMBERS_PER_TOKEN)
        self.brush = Brush(width, planner_width, brush_width, brush_depth)
        for layer in (self.clean, self.time_in[2], self.pooled_in):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.register_buffer('luck_directions', luck_directions(), persistent=False)
        self.tables = {}

    def forward(self, tokens, times, text, first, grid, luck=None):
        """One prediction.

        tokens [B, L, rows * columns, 128]; times [B, L], 0 clean .. 1 noise; text [B, 40, 384];
        first [B] of 0 or 1; grid (rows, columns); luck [B, LUCK_COUNT], read from the noise where
        None.
        Returns the velocity, shaped like tokens, and the Plan.
        """
        inputs = tokens, times, text, first, grid
        plan = self.plan(*inputs, luck)
        staged = self.stage(plan, plan.staging, plan.presence.sigmoid(), grid)
        return self.paint(*inputs, staged), plan

    def paint(self, tokens, times, text, first, grid, staged, keep=None):
        """The velocity that leads to what is staged.

        staged: what `stage` gives, the rest as in `forward`; keep: indices of the latent tokens
        that pass through the middle blocks, all of them where None.
        """
        places = self.places(tokens.shape[1], grid, tokens.device)
        x = self.tokens_in(tokens)
        x = torch.cat([x[:, :1] + self.first(first)[:, None, None], x[:, 1:]], 1).flatten(1, 2)
        x = (
            x
            + self.place_in(places.waves)
            + self.staging_in(staged.waves.flatten(2))
            + self.body_in(staged.near)
        )
        x = torch.cat([self.text_in(text), x], 1)
        modulation = self.modulate(times, text, tokens.shape[2])
        x = self.run_blocks(x, modulation, places.rotary, keep)
        x = self.norm(x[:, TEXT_TOKEN_COUNT:])
        clean = self.clean(x) + self.brush(staged, pooled(text), x)
        clean = without_luck(clean.view_as(tokens).float(), self.luck_directions)
        return (tokens - clean) / times.clamp(LEAST_TIME)[..., None, None]

    def plan(self, tokens, times, text, first, grid, luck=None):
        """The Plan alone, of what `forward` takes."""
        if luck is None:
            luck = luck_of(tokens, times, self.luck_directions)
        places = self.places(tokens.shape[1], grid, tokens.device)
        return self.planner(text, first, places.wideness, tokens, times, places.in_picture, luck)

    def stage(self, plan, staging, presence, grid):
        """What is Staged where bodies of a Plan are present in a staging."""
        places = self.places(staging.shape[1], grid, staging.device)
        waves, nearness, spots = staging_waves(staging, presence, places.in_picture)
        spots = point_spots(staging, spots, places.in_token)
        near = nearness @ plan.bodies[:, None].to(nearness)
        drift = sheet_offsets(staging[..., -1]).unsqueeze(2)
        drift = drift.expand(-1, -1, len(places.in_picture), -1, -1, -1)
        of_tokens = (part.flatten(1, 2) for part in (waves, near, spots, drift))
        return Staged(*of_tokens, plan.bodies, presence, places.wideness)

    def places(self, frame_count, grid, device):
        """The Places of a grid, made once per grid and device."""
        key = frame_count, grid, device
        if key not in self.tables:
            positions = token_positions(frame_count, *grid)
            rotary = rotary_tables(positions, self.width // self.head_count)
            self.tables[key] = Places(
                place_waves(positions).to(device),
                tuple(table.to(device) for table in rotary),
                positions[: math.prod(grid), [2, 1]].to(device),
                point_offsets(*grid).to(device),
                wideness(grid).to(device),
            )
        return self.tables[key]

    def modulate(self, times, text, per_frame):
        """Six [B, 40 + N, width]: text tokens take the last latent frame's."""
        each = self.time_in(time_waves(times)) + self.pooled_in(pooled(text))[:, None]
        of_text = each[:, -1:].expand(-1, TEXT_TOKEN_COUNT, -1)
        of_tokens = each.repeat_interleave(per_frame, 1)
        return torch.cat([of_text, of_tokens], 1).chunk(6, -1)

    def run_blocks(self, x, modulation, rotary, keep):
        """The sequence after every block."""
        first, *middle, last = self.blocks
        x = first(x, modulation, rotary)
        inner, rows = x, None
        inner_modulation, inner_rotary = modulation, rotary
        if keep is not None:
            text_rows = torch.arange(TEXT_TOKEN_COUNT, device=x.device)
            rows = torch.cat([text_rows, keep + TEXT_TOKEN_COUNT])
            inner = x[:, rows]
            inner_modulation = [part[:, rows] for part in modulation]
            inner_rotary = [table[rows] for table in rotary]
        for block in middle:
            inner = block(inner, inner_modulation, inner_rotary)
        x = inner if rows is None else x.index_copy(1, rows, inner.to(x.dtype))
        return last(x, modulation, rotary)


def pooled(text):
    """States [B, 40, 384] -> one of the whole caption [B, 384]."""
    return text.sum(1) * POOLED_TEXT_SCALE
