"""The frame autoencoder: one picture <-> a latent 8 times smaller on each side, convolutions only.

BatchNorm trains several times faster than no norm and folds into the convolutions on export.
"""

import torch
from torch import nn

from ..latents import CHANNEL_COUNT


class Residual(nn.Module):
    """Two convolutions that start as the identity."""

    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )
        nn.init.zeros_(self.body[4].weight)

    def forward(self, x):
        return torch.relu(x + self.body(x))


def residuals(width, count):
    return [Residual(width) for _ in range(count)]


class Autoencoder(nn.Module):
    """Pictures [N, 3, H, W] in 0..1 <-> latents [N, 8, H/8, W/8] of zero mean and unit deviation.

    Widths and depths go from the picture inwards in the encoder and outwards in the decoder.
    """

    def __init__(self, encoder=((64, 1), (96, 3)), decoder=((128, 4), (80, 3))):
        super().__init__()
        (fine, fine_depth), (coarse, coarse_depth) = encoder
        self.encoder = nn.Sequential(
            nn.PixelUnshuffle(4),
            nn.Conv2d(48, fine, 3, padding=1),
            *residuals(fine, fine_depth),
            nn.Conv2d(fine, coarse, 3, stride=2, padding=1),
            *residuals(coarse, coarse_depth),
            nn.Conv2d(coarse, CHANNEL_COUNT, 3, padding=1),
        )
        (coarse, coarse_depth), (fine, fine_depth) = decoder
        self.decoder = nn.Sequential(
            nn.Conv2d(CHANNEL_COUNT, coarse, 3, padding=1),
            *residuals(coarse, coarse_depth),
            nn.Conv2d(coarse, 4 * fine, 1),
            nn.PixelShuffle(2),
            nn.ReLU(),
            *residuals(fine, fine_depth),
            nn.Conv2d(fine, 48, 3, padding=1),
            nn.PixelShuffle(4),
        )
        self.register_buffer('mean', torch.zeros(CHANNEL_COUNT, 1, 1))
        self.register_buffer('deviation', torch.ones(CHANNEL_COUNT, 1, 1))

    def encode(self, pictures):
        return (self.encoder(pictures * 2 - 1) - self.mean) / self.deviation

    def decode(self, latents):
        """Pictures around 0..1, not yet clipped."""
        return self.decoder(latents * self.deviation + self.mean) * 0.5 + 0.5
