"""Weights rounded to 8 or 4 bits in blocks, as MatMulNBits keeps them, and back."""

from dataclasses import dataclass

import torch

BLOCK_SIZE = 32
SMALLEST_SCALE = 2.0**-24  # of half precision


@dataclass(frozen=True)
class TextBits:
    """Bits of the text encoder's weights, 8 or 4; the denoiser is trained on what they give."""

    words: int = 8
    attention: int = 8
    mlp: int = 8


@dataclass(frozen=True)
class PackBits:
    """Bits of what is rounded after training: 8 or 4, of residual convolutions 16 or 8."""

    denoiser: int = 8
    denoiser_mlp: int = 8
    denoiser_pooled: int = 8  # the layer that tells every block of the whole caption
    residual: int = 16


def quantize_blocks(matrix, bits, block_size=BLOCK_SIZE):
    """A matrix [out, in] -> (levels uint8 [out, blocks, block_size], scales [out, blocks]).

    Symmetric: weight = (level - 2 ** (bits - 1)) * scale. Scales are numbers of half precision.
    """
    out_width, in_width = matrix.shape
    if in_width % block_size:
        raise ValueError(
            f'a layer with {in_width} inputs has no whole blocks of {block_size}: '
            f'make its width a multiple of {block_size}'
        )
    blocks = matrix.detach().float().reshape(out_width, -1, block_size)
    middle = 2 ** (bits - 1)
    scales = blocks.abs().amax(-1) / (middle - 1)
    scales = scales.clamp_min(SMALLEST_SCALE).half().float()
    levels = (blocks / scales.unsqueeze(-1)).round().clamp(1 - middle, middle - 1) + middle
    return levels.to(torch.uint8), scales


def unpack_nibbles(packed):
    """Levels of 4 bits that lie two in a byte [..., n], the first one lowest -> [..., 2 n]."""
    return torch.stack([packed & 15, packed >> 4], -1).flatten(-2)


def dequantize_blocks(levels, scales, bits):
    blocks = (levels.float() - 2 ** (bits - 1)) * scales.unsqueeze(-1)
    return blocks.flatten(1)


def quantize_rows(table, bits):
    """A table [rows, width] -> (levels int8 [rows, width], scales [rows, 1])."""
    largest = 2 ** (bits - 1) - 1
    scales = table.detach().float().abs().amax(1, keepdim=True).clamp_min(1e-9) / largest
    return (table / scales).round().to(torch.int8), scales


def round_linear(linear, bits):
    """Replaces a layer's weights with what their quantized form says."""
    levels, scales = quantize_blocks(linear.weight, bits)
    linear.weight.data.copy_(dequantize_blocks(levels, scales, bits))
