"""What a denoiser is trained on: a window, a noise level per latent frame, and which frames are given.

Rectified flow (Liu et al. 2023): z_t = (1 - t) z + t noise, and the network predicts noise - z.
A given frame has t = 0; that one rule is start frame, end frame, both, and continuation.
"""

from dataclasses import dataclass

import torch

from ..latents import PATCH, PICTURES_PER_LATENT, WINDOW

# Chances of what is given; the rest is text alone.
START_CHANCE, END_CHANCE, BOTH_CHANCE = 0.2, 0.04, 0.06
FILM_START_CHANCE = 0.65  # that a window begins a film and does not continue one
CONTEXT_FRAME_COUNTS = (1, 2)  # given latent frames where a film goes on: 4 or 8 pictures
HELD_END_CHANCE = 0.5  # that a given last frame is one picture held, as a person gives it


@dataclass(frozen=True)
class Noised:
    tokens: torch.Tensor  # [B, L, N, 128]
    times: torch.Tensor  # [B, L]
    velocity: torch.Tensor  # like tokens: what is to be predicted
    asked: torch.Tensor  # [B, L] 1 where a frame is to be made, 0 where it is given


def draw_times(settings, count, device):
    """Noise levels [count]: often pure noise, else of a logit-normal distribution."""
    drawn = torch.randn(count, device=device) * settings.time_deviation + settings.time_centre
    pure = torch.rand(count, device=device) < settings.pure_noise_chance
    return torch.where(pure, 1.0, drawn.sigmoid())


def draw_given(count, is_film_start, device):
    """Which latent frames are given [count, L], as a film's maker would give them."""
    frame = torch.arange(WINDOW, device=device)
    is_first, is_last = frame == 0, frame == WINDOW - 1
    chance = torch.rand(count, 1, device=device)
    if not is_film_start:
        contexts = torch.tensor(CONTEXT_FRAME_COUNTS, device=device)
        context = contexts[torch.randint(len(contexts), (count, 1), device=device)]
        # Before a given end the context reaches back until the end stands at the window's last place.
        end = chance < END_CHANCE + BOTH_CHANCE
        long_context = torch.randint(1, WINDOW - 1, (count, 1), device=device)
        return (frame < torch.where(end, long_context, context)) | (end & is_last)
    start_count = torch.randint(1, WINDOW, (count, 1), device=device)
    start = chance < START_CHANCE
    end = (chance >= START_CHANCE) & (chance < START_CHANCE + END_CHANCE)
    both = (chance >= START_CHANCE + END_CHANCE) & (
        chance < START_CHANCE + END_CHANCE + BOTH_CHANCE
    )
    return (start & (frame < start_count)) | (both & is_first) | ((end | both) & is_last)


def hold_last_picture(tokens):
    """Tokens of latent frames [..., 128] -> the same with the last of their four pictures four times."""
    pictures = tokens.unflatten(-1, (PICTURES_PER_LATENT, -1, PATCH, PATCH))
    return pictures[..., -1:, :, :, :].expand_as(pictures).flatten(-4)


def add_noise(tokens, given, times):
    """Clean tokens [B, L, N, 128], given frames [B, L] and one noise level per clip [B] -> Noised."""
    held = given[:, -1] & (torch.rand(len(given), device=given.device) < HELD_END_CHANCE)
    last = torch.where(held[:, None, None], hold_last_picture(tokens[:, -1]), tokens[:, -1])
    tokens = torch.cat([tokens[:, :-1], last[:, None]], 1)
    times = torch.where(given, 0.0, times[:, None])
    noise = torch.randn_like(tokens)
    mixed = torch.lerp(tokens, noise, times[..., None, None])
    return Noised(mixed, times, noise - tokens, (~given).to(tokens.dtype))
