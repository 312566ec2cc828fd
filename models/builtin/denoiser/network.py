"""The denoiser: a single-stream transformer over text tokens and latent tokens, joint attention.

Each latent frame has its own noise level, so one network makes films, continues them and fills
between given frames. After Peebles & Xie 2023 (adaLN), Su et al. 2021 (rotary positions) and
Krause et al. 2025 (routing tokens around the middle blocks while training).
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from ..latents import NUMBERS_PER_TOKEN

TEXT_TOKEN_COUNT, TEXT_WIDTH = 40, 384
TIME_WAVE_COUNT = 128
PLACE_WAVE_COUNT = 16  # per axis
POOLED_TEXT_SCALE = 1 / 12  # a caption has about twelve tokens


class RMSNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.gain.to(x.dtype), 1e-6)


def token_positions(frames, rows, columns):
    """Latent frame, row and column of each token [frames * rows * columns, 3].

    Rows and columns are centred and the longer side spans 8, so that a place has the same numbers
    at every resolution.
    """
    frame, row, column = torch.meshgrid(
        torch.tensor(frames), torch.arange(rows), torch.arange(columns), indexing='ij'
    )
    scale = 8 / max(rows, columns)
    row, column = (row - (rows - 1) / 2) * scale, (column - (columns - 1) / 2) * scale
    return torch.stack([frame.flatten(), row.flatten(), column.flatten()], 1).float()


def place_waves(positions):
    """Absolute position features [N, 96]: rotary positions tell a token only where others are."""
    frequencies = math.pi / 8 * 2 ** (torch.arange(PLACE_WAVE_COUNT) / 4)
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


def rotate(x, cosines, sines):
    first, second = x.chunk(2, -1)
    return torch.cat([first * cosines - second * sines, first * sines + second * cosines], -1)


def time_waves(times):
    """Noise levels [...] -> [..., 256]."""
    rates = 1000 * torch.exp(
        -math.log(1000) * torch.arange(TIME_WAVE_COUNT, device=times.device) / TIME_WAVE_COUNT
    )
    angles = times.unsqueeze(-1) * rates
    return torch.cat([angles.cos(), angles.sin()], -1)


class Block(nn.Module):
    def __init__(self, width, head_count):
        super().__init__()
        self.head_count = head_count
        self.norm1, self.norm2 = RMSNorm(width), RMSNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.q_norm, self.k_norm = RMSNorm(width // head_count), RMSNorm(width // head_count)
        self.out = nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.modulation = nn.Parameter(torch.zeros(6, width))
        for zero in (self.out.weight, self.down.weight, self.down.bias):
            nn.init.zeros_(zero)

    def forward(self, x, modulation, rotary):
        """x [B, N, width]; modulation: six [B, N, width], to which the block adds its own."""
        gain1, shift1, gate1, gain2, shift2, gate2 = (
            shared + own for shared, own in zip(modulation, self.modulation, strict=True)
        )
        attended = self.attend(self.norm1(x) * (1 + gain1) + shift1, rotary)
        x = x + attended * (1 + gate1)
        hidden = self.up(self.norm2(x) * (1 + gain2) + shift2)
        return x + self.down(F.gelu(hidden, approximate='tanh')) * (1 + gate2)

    def attend(self, x, rotary):
        batch, count, width = x.shape
        q, k, v = self.qkv(x).view(batch, count, 3, self.head_count, -1).permute(2, 0, 3, 1, 4)
        q = rotate(self.q_norm(q), *rotary).to(v.dtype)
        k = rotate(self.k_norm(k), *rotary).to(v.dtype)
        y = F.scaled_dot_product_attention(q, k, v)
        return self.out(y.transpose(1, 2).reshape(batch, count, width))


class Denoiser(nn.Module):
    """Noisy tokens, a noise level per latent frame, and text -> the velocity noise - clean."""

    def __init__(self, width=320, depth=8, head_count=5):
        super().__init__()
        self.width, self.head_count = width, head_count
        self.tokens_in = nn.Linear(NUMBERS_PER_TOKEN, width)
        self.text_in = nn.Sequential(
            RMSNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, width), nn.SiLU(), nn.Linear(width, width)
        )
        self.place_in = nn.Linear(6 * PLACE_WAVE_COUNT, width)
        # Row 1 marks a first latent frame that holds one picture, row 0 one that holds four.
        self.first = nn.Embedding(2, width)
        self.time_in = nn.Sequential(
            nn.Linear(2 * TIME_WAVE_COUNT, width), nn.SiLU(), nn.Linear(width, 6 * width)
        )
        self.pooled_in = nn.Linear(TEXT_WIDTH, 6 * width)
        self.blocks = nn.ModuleList(Block(width, head_count) for _ in range(depth))
        self.norm = RMSNorm(width)
        self.velocity = nn.Linear(width, NUMBERS_PER_TOKEN)
        for layer in (self.velocity, self.time_in[2], self.pooled_in):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.tables = {}

    def forward(self, tokens, times, text, first, grid, keep=None, frames=None):
        """One prediction.

        tokens [B, L, rows * columns, 128]; times [B, L], 0 clean .. 1 noise; text [B, 40, 384];
        first [B] of 0 or 1; grid (rows, columns); keep: indices of the latent tokens that pass
        through the middle blocks, all of them where None; frames: the places in the window of the
        latent frames, in order, where only some of them are there.
        Returns the velocity, shaped like tokens, and the middle features [B, kept tokens, width].
        """
        frames = frames or tuple(range(tokens.shape[1]))
        per_frame = tokens.shape[2]
        waves, rotary = self.places(frames, grid, tokens.device)
        x = self.tokens_in(tokens)
        if frames[0] == 0:
            x = torch.cat([x[:, :1] + self.first(first)[:, None, None], x[:, 1:]], 1)
        x = x.flatten(1, 2)
        x = torch.cat([self.text_in(text), x + self.place_in(waves)], 1)
        modulation = self.modulate(times, text, per_frame)
        x, features = self.run_blocks(x, modulation, rotary, keep)
        velocity = self.velocity(self.norm(x[:, TEXT_TOKEN_COUNT:]))
        return velocity.view_as(tokens), features[:, TEXT_TOKEN_COUNT:]

    def places(self, frames, grid, device):
        """Position features and rotary tables of a grid, made once per grid and device."""
        key = frames, grid, device
        if key not in self.tables:
            positions = token_positions(frames, *grid)
            rotary = rotary_tables(positions, self.width // self.head_count)
            self.tables[key] = (
                place_waves(positions).to(device),
                tuple(table.to(device) for table in rotary),
            )
        return self.tables[key]

    def modulate(self, times, text, per_frame):
        """Six [B, 40 + N, width]: text tokens take the last latent frame's."""
        pooled = self.pooled_in(text.sum(1, keepdim=True) * POOLED_TEXT_SCALE)
        each = self.time_in(time_waves(times)) + pooled  # [B, L, 6 width]
        of_text = each[:, -1:].expand(-1, TEXT_TOKEN_COUNT, -1)
        of_tokens = each.repeat_interleave(per_frame, 1)
        return torch.cat([of_text, of_tokens], 1).chunk(6, -1)

    def run_blocks(self, x, modulation, rotary, keep):
        """The sequence after every block, and its middle features (of the kept tokens alone)."""
        first, *middle, last = self.blocks
        x = first(x, modulation, rotary)
        inner, inner_modulation, inner_rotary, rows = x, modulation, rotary, None
        if keep is not None:
            text_rows = torch.arange(TEXT_TOKEN_COUNT, device=x.device)
            rows = torch.cat([text_rows, keep + TEXT_TOKEN_COUNT])
            inner = x[:, rows]
            inner_modulation = [part[:, rows] for part in modulation]
            inner_rotary = [table[rows] for table in rotary]
        features = inner
        for index, block in enumerate(middle):
            inner = block(inner, inner_modulation, inner_rotary)
            if index == len(middle) // 2:
                features = inner
        x = inner if rows is None else x.index_copy(1, rows, inner.to(x.dtype))
        return last(x, modulation, rotary), features
