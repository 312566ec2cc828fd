"""What the planner and the denoiser are built of."""

import torch
import torch.nn.functional as F
from torch import nn

TEXT_TOKEN_COUNT, TEXT_WIDTH = 40, 384


def waves(x, frequencies):
    """[..., n] -> cosines and sines [..., n, 2 frequencies]."""
    angles = x.unsqueeze(-1) * frequencies.to(x.device)
    return torch.cat([angles.cos(), angles.sin()], -1)


class RMSNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.gain.to(x.dtype), 1e-6)


def rotate(x, cosines, sines):
    first, second = x.chunk(2, -1)
    return torch.cat([first * cosines - second * sines, first * sines + second * cosines], -1)


class Block(nn.Module):
    """Attention and a perceptron, each scaled, shifted and gated (adaLN, Peebles & Xie 2023)."""

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
        """x [B, N, width]; modulation: six [B, N, width] or 0, to which the block adds its own;
        rotary: tables of positions (Su et al. 2021), or None where tokens have no order.
        """
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
        q, k = self.q_norm(q), self.k_norm(k)
        if rotary is not None:
            q, k = rotate(q, *rotary), rotate(k, *rotary)
        y = F.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v)
        return self.out(y.transpose(1, 2).reshape(batch, count, width))
