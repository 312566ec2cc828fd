"""Staging: where the camera looks and where bodies are, at each of a latent frame's pictures.

A renderer knows it, so a network can be taught to plan it from words before it paints; and a token
that is told which spot of which body and of which layer of the set it shows has little left to
guess.
"""

import math

import torch
import torch.nn.functional as F

from ..latents import PICTURES_PER_LATENT
from ..settings import FRAMES_PER_SECOND
from ..world.film import ACTOR_SLOT_COUNT
from ..world.staging import BODY_MAP_LENGTH, PARALLAXES, SPAN, VIEW_MAP_LENGTH
from ..world.weather import SHEETS, SWAY_RATE
from .layers import waves

VIEW_COUNT = len(PARALLAXES)
SHEETS_OF_ALL = [sheet for sheets in SHEETS.values() for sheet in sheets]  # of weather
SHEET_DRIFTS = torch.tensor([sheet.drift for sheet in SHEETS_OF_ALL])  # places a second
SHEET_SWAYS = torch.tensor([sheet.sway for sheet in SHEETS_OF_ALL])  # places
VIEWS_LENGTH = VIEW_COUNT * VIEW_MAP_LENGTH
MAPS_LENGTH = VIEWS_LENGTH + ACTOR_SLOT_COUNT * BODY_MAP_LENGTH
STAGING_LENGTH = MAPS_LENGTH + 1  # numbers of a picture: its maps, and its time in the film
VIEW_FREQUENCIES = math.pi / SPAN * 2.0 ** torch.arange(5)  # of places
BODY_FREQUENCIES = math.pi / 2 * 2.0 ** torch.arange(4)  # of places on a sprite, which spans 2
SPRITE_SECONDS = 3  # after which an animated sprite begins anew
TIME_FREQUENCIES = 2 * math.pi / SPRITE_SECONDS * torch.arange(1, 9)  # of seconds
BODY_REACH = 3.0  # squared distance, in half-sizes, at which a body's nearness is 1 / e
FARTHEST = 7.0  # place of a body's centre that is told exactly
SMALLEST = 0.25  # half a sprite's height that tokens are told, in places
THINNEST = 0.35  # half its width, of that: seen edge on, a sprite has no inverse
VIEW_WEIGHTS = (6.0, 6, 6, 6, 3, 3)  # of a map's errors: a matrix's beside a place's
BODY_WEIGHTS = (3.0, 3, 6, 6, 6)
REST_VIEW = (1.0, 0, 0, 1, 0, 0)
REST_BODY = (0.0, 0, 0, 1.6, 1.6)
REST_SECONDS = 0.7
REST = torch.tensor((*REST_VIEW * VIEW_COUNT, *REST_BODY * ACTOR_SLOT_COUNT, REST_SECONDS))


def split_maps(staging):
    """[..., STAGING_LENGTH] -> views [..., 3, 6] and bodies [..., 4, 5]."""
    views, bodies = staging[..., :VIEWS_LENGTH], staging[..., VIEWS_LENGTH:MAPS_LENGTH]
    return (
        views.unflatten(-1, (-1, VIEW_MAP_LENGTH)),
        bodies.unflatten(-1, (-1, BODY_MAP_LENGTH)),
    )


def towards_sprites(bodies):
    """Of bodies' maps [..., 5] the matrices [..., 4] from their centres to sprites of -1..1."""
    down, half_width = bodies[..., 2:4], bodies[..., 4:]
    half_height = down.square().sum(-1, keepdim=True).clamp(SMALLEST**2).sqrt()
    widest = torch.maximum(half_width.abs(), THINNEST * half_height)
    half_width = torch.where(half_width < 0, -widest, widest)
    x, y = (down / half_height).split(1, -1)
    return torch.cat([y / half_width, -x / half_width, x / half_height, y / half_height], -1)


def presence_of(staging):
    """Which bodies there are in a window's staging [B, L, 4, STAGING_LENGTH] -> float [B, 4]."""
    _, bodies = split_maps(staging)
    return (~bodies[:, -1, -1, :, 0].isnan()).float()


def token_maps(staging):
    """What each picture's maps make of a place (x, y, 1): [B, L, 3, 4 pictures * 7 maps * 2]."""
    views, bodies = split_maps(staging)
    matrices, offsets = views[..., :4].unflatten(-1, (2, 2)), views[..., 4:]
    towards = towards_sprites(bodies).unflatten(-1, (2, 2))
    from_centre = -(towards * bodies[..., None, :2]).sum(-1)
    rows = torch.cat(
        [
            torch.cat([matrices, offsets[..., None]], -1),
            torch.cat([towards, from_centre[..., None]], -1),
        ],
        -3,
    )  # [B, L, 4, 7, 2, 3]
    return rows.movedim(-1, 2).flatten(3)


def staging_waves(staging, presence, places):
    """What tokens are told of a staging.

    staging [B, L, 4, STAGING_LENGTH] without NaN; presence [B, 4] 0..1; places [N, 2], x and y.
    Returns waves [B, L, N, 4, WAVE_COUNT], how near each body is [B, L, N, bodies] 0..1, and where
    on each layer and on each body a token's pictures are [B, L, N, 4, maps, 2].
    """
    along_x, along_y, offset = token_maps(staging).unsqueeze(2).unbind(3)
    x, y = places[:, :1], places[:, 1:]
    # Not a product of matrices: autocast would round those to a 256th of the picture.
    spots = (along_x * x + along_y * y + offset).unflatten(-1, (PICTURES_PER_LATENT, -1, 2))
    on_set, on_body = spots[..., :VIEW_COUNT, :], spots[..., VIEW_COUNT:, :]
    nearness = torch.exp(-on_body.square().sum(-1) / BODY_REACH) * presence[:, None, None, None]
    _, bodies = split_maps(staging)
    shape = towards_sprites(bodies).unsqueeze(2) * nearness.unsqueeze(-1)
    of_set = waves(on_set, VIEW_FREQUENCIES)
    of_bodies = waves(on_body, BODY_FREQUENCIES) * nearness[..., None, None]
    of_time = waves(staging[..., -1], TIME_FREQUENCIES).unsqueeze(2)
    of_time = of_time.expand(-1, -1, len(places), -1, -1)
    parts = of_set, of_bodies, shape, nearness, of_time
    return torch.cat([part.flatten(4) for part in parts], -1), nearness.mean(3), spots


def point_spots(staging, spots, offsets):
    """Where tokens are on layers and bodies [B, L, N, 4, maps, 2] -> where their points are, which
    lie at these offsets [points, 2] of a place [B, L, N, 4, maps, points, 2].
    """
    views, bodies = split_maps(staging)
    matrices = torch.cat([views[..., :4], towards_sprites(bodies)], -2)
    along_x, along_y = matrices.unflatten(-1, (2, 2)).unbind(-1)
    x, y = (axis[:, None] for axis in offsets.unbind(1))
    steps = along_x[..., None, :] * x + along_y[..., None, :] * y
    return spots.unsqueeze(-2) + steps.unsqueeze(2)


def sheet_offsets(seconds):
    """How far the sheets of all weathers have drifted and swayed [..., sheets, 2]."""
    drifts, sways = SHEET_DRIFTS.to(seconds.device), SHEET_SWAYS.to(seconds.device)
    seconds = seconds[..., None, None]
    return seconds * drifts + (SWAY_RATE * seconds).sin() * sways


def film_seconds(start, frame_count):
    """The time in the film of each picture [frames, 4] of latent frames from `start` on."""
    picture = PICTURES_PER_LATENT * (start + torch.arange(frame_count))[:, None]
    picture = picture + torch.arange(PICTURES_PER_LATENT) + 1 - PICTURES_PER_LATENT
    return picture.clamp(0) / FRAMES_PER_SECOND


WAVE_COUNT = (
    VIEW_COUNT * 2 * 2 * len(VIEW_FREQUENCIES)
    + ACTOR_SLOT_COUNT * (2 * 2 * len(BODY_FREQUENCIES) + 4 + 1)
    + 2 * len(TIME_FREQUENCIES)
)  # of each picture


def staging_error(planned, true):
    """The smooth absolute error of maps, of the bodies that there are; both [B, L, 4, LENGTH]."""
    (views, bodies), (true_views, true_bodies) = split_maps(planned), split_maps(true)
    there = ~true_bodies[..., :1].isnan()
    centres, sizes = true_bodies[..., :2].clamp(-FARTHEST, FARTHEST), true_bodies[..., 2:]
    true_bodies = torch.where(there, torch.cat([centres, sizes], -1), bodies.detach())
    of_views = _error(views, true_views, VIEW_WEIGHTS)
    of_bodies = _error(bodies, true_bodies, BODY_WEIGHTS)
    of_time = F.smooth_l1_loss(planned[..., -1], true[..., -1], beta=0.1)
    return of_views.mean() + (of_bodies * there).sum() / there.sum().clamp(1) + of_time


def _error(planned, true, weights):
    weights = torch.tensor(weights, device=planned.device)
    error = F.smooth_l1_loss(planned * weights, true * weights, reduction='none', beta=0.1)
    return error.sum(-1, keepdim=True)
