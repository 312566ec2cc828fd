"""Prompts -> films with a denoiser as it is: the same noise, times and steps as in the browser."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch

from reference.philox import normal_noise

from ..autoencoder.train import to_frames
from ..latents import NUMBERS_PER_TOKEN, WINDOW, picture_count, to_latents, token_grid

CONTEXT_FRAME_COUNT = 2  # latent frames of the last window that the next one is given


def sample_times(step_count, shift):
    """Noise levels from 1 to 0, bent toward noise: step_count + 1 of them."""
    u = 1 - torch.arange(step_count + 1) / step_count
    return shift * u / (1 + (shift - 1) * u)


@dataclass
class Sampler:
    """A denoiser with all that it takes to make pictures from sentences."""

    denoiser: torch.nn.Module
    autoencoder: torch.nn.Module
    text_encoder: torch.nn.Module
    step_count: int
    guidance: float
    shift: float

    @torch.no_grad()
    def film(self, captions, seeds, size, frame_count=picture_count(WINDOW)):
        """Films of at least one window -> uint8 [films, frame_count, height, width, 3]."""
        grid = token_grid(*size)
        text = self.text_encoder(captions).float()
        tokens = self.denoise(text, self.noise(seeds, grid, 0, text.device), grid)
        while picture_count(tokens.shape[1]) < frame_count:
            window = tokens.shape[1] // (WINDOW - CONTEXT_FRAME_COUNT)
            noise = self.noise(seeds, grid, window, text.device)
            noise[:, :CONTEXT_FRAME_COUNT] = tokens[:, -CONTEXT_FRAME_COUNT:]
            following = self.denoise(text, noise, grid, CONTEXT_FRAME_COUNT)
            tokens = torch.cat([tokens, following[:, CONTEXT_FRAME_COUNT:]], 1)
        return np.stack([self.decode(film, grid)[:frame_count] for film in tokens])

    def noise(self, seeds, grid, window, device):
        shape = 1, WINDOW * grid[0] * grid[1], NUMBERS_PER_TOKEN
        noise = np.concatenate([normal_noise(shape, seed, window) for seed in seeds])
        return torch.from_numpy(noise).to(device).unflatten(1, (WINDOW, -1))

    def denoise(self, text, tokens, grid, given_count=0):
        """Noise [B, L, N, 128] whose first frames may be given -> clean tokens."""
        asked = (torch.arange(WINDOW, device=tokens.device) >= given_count).float()
        asked = asked.expand(len(tokens), -1)
        first = torch.full((len(tokens),), int(given_count == 0), device=tokens.device)
        times = sample_times(self.step_count, self.shift).tolist()
        with torch.autocast(tokens.device.type, torch.bfloat16):
            return follow(self.denoiser, self.guidance, tokens, times, asked, text, first, grid)

    def decode(self, tokens, grid):
        """One film's tokens [L, N, 128] -> uint8 frames; its first latent frame is one picture."""
        latents = to_latents(tokens[None], grid)[0, 3:]
        with torch.autocast(tokens.device.type, torch.bfloat16):
            pictures = [self.autoencoder.decode(part) for part in latents.split(32)]
        return to_frames(torch.cat(pictures))


def follow(denoiser, guidance, tokens, times, asked, text, first, grid):
    """Euler steps from time to time; frames that are not asked for (0 in [B, L]) stay as given."""
    for time, following in pairwise(times):
        velocity = guided_velocity(denoiser, guidance, tokens, time * asked, text, first, grid)
        tokens = tokens + (following - time) * asked[..., None, None] * velocity
    return tokens


def guided_velocity(denoiser, guidance, tokens, times, text, first, grid):
    """v(nothing) + guidance (v(text) - v(nothing)), after Ho & Salimans 2022."""
    if guidance == 1:
        return denoiser(tokens, times, text, first, grid)[0].float()
    text, first = torch.cat([text, torch.zeros_like(text)]), torch.cat([first, first])
    tokens, times = torch.cat([tokens, tokens]), torch.cat([times, times])
    told, untold = denoiser(tokens, times, text, first, grid)[0].float().chunk(2)
    return untold + guidance * (told - untold)
