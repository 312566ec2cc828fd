"""Pictures' latents <-> tokens: a token is a 2 x 2 patch of four pictures' latents.

A film's first latent frame holds its one picture four times, so L latent frames are 1 + 4 (L - 1)
pictures. Tokens go latent frame, row, column; the numbers in one go picture, channel, y, x.
"""

import torch

PICTURES_PER_LATENT = 4
PATCH = 2  # latent pixels along a token's side
REDUCTION = 8  # picture pixels along a latent pixel's side
PIXELS_PER_TOKEN = PATCH * REDUCTION
CHANNEL_COUNT = 8  # of one picture's latent
NUMBERS_PER_TOKEN = PICTURES_PER_LATENT * CHANNEL_COUNT * PATCH * PATCH
WINDOW = 5  # latent frames denoised together


def picture_count(latent_frame_count):
    """Pictures in a film's first latent frames: 5 -> 17."""
    return 1 + PICTURES_PER_LATENT * (latent_frame_count - 1)


def token_grid(width_px, height_px):
    """Rows and columns of tokens in a picture."""
    if width_px % PIXELS_PER_TOKEN or height_px % PIXELS_PER_TOKEN:
        raise ValueError(
            f'{width_px} x {height_px} is no size for this model: '
            f'both sides must be multiples of {PIXELS_PER_TOKEN}'
        )
    return height_px // PIXELS_PER_TOKEN, width_px // PIXELS_PER_TOKEN


def to_tokens(latents):
    """Latents of a film's pictures [B, 1 + 4 (L - 1), C, h, w] -> tokens [B, L, rows * columns, 16 C]."""
    first = latents[:, :1].expand(-1, PICTURES_PER_LATENT - 1, -1, -1, -1)
    return group_tokens(torch.cat([first, latents], 1))


def group_tokens(latents):
    """The same for pictures that come four to a latent frame: [B, 4 L, C, h, w]."""
    batch, count, channels, height, width = latents.shape
    frames, rows, columns = count // PICTURES_PER_LATENT, height // PATCH, width // PATCH
    x = latents.reshape(batch, frames, PICTURES_PER_LATENT, channels, rows, PATCH, columns, PATCH)
    return x.permute(0, 1, 4, 6, 2, 3, 5, 7).reshape(batch, frames, rows * columns, -1)


def to_latents(tokens, grid):
    """Tokens [B, L, rows * columns, 16 C] -> latents of every picture [B, 4 L, C, h, w]."""
    batch, frames, _, numbers = tokens.shape
    rows, columns = grid
    channels = numbers // (PICTURES_PER_LATENT * PATCH * PATCH)
    x = tokens.reshape(batch, frames, rows, columns, PICTURES_PER_LATENT, channels, PATCH, PATCH)
    x = x.permute(0, 1, 4, 5, 2, 6, 3, 7)
    return x.reshape(batch, frames * PICTURES_PER_LATENT, channels, rows * PATCH, columns * PATCH)
