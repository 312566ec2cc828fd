"""The brush: what each picture of a token shows -> its clean numbers."""

import torch
import torch.nn.functional as F
from torch import nn

from ..latents import NUMBERS_PER_TOKEN, PICTURES_PER_LATENT
from ..world.film import ACTOR_SLOT_COUNT
from .layers import TEXT_WIDTH
from .likeness import FEATURE_COUNT, POINT_COUNT, Likeness
from .scenery import FEATURES_PER_POINT, Scenery
from .staging import VIEW_COUNT, WAVE_COUNT


class Brush(nn.Module):
    """Paints each picture of a token from the spots that it shows, the same way for all pictures.

    The waves of a staging say which spot of which body and of which layer, likenesses and scenery
    what is there; the bodies’ states say whose, the caption which set under which light, and the
    token what the transformer adds.
    Alone it is a scene representation network (Sitzmann et al. 2019), cheap enough to be taught
    on many more clips than the transformer sees.
    """

    def __init__(self, width, body_width, brush_width, depth):
        super().__init__()
        self.depth = depth
        self.waves_in = nn.Linear(WAVE_COUNT, brush_width)
        self.likeness = Likeness(body_width)
        self.scenery = Scenery(body_width)
        feature_count = POINT_COUNT * (FEATURE_COUNT + FEATURES_PER_POINT)
        self.features_in = nn.Linear(feature_count, brush_width, bias=False)
        self.picture = nn.Parameter(torch.zeros(PICTURES_PER_LATENT, brush_width))
        self.of_bodies = nn.Linear(body_width, 2 * depth * brush_width, bias=False)
        self.text_in = nn.Linear(TEXT_WIDTH, body_width)
        self.of_text = nn.Linear(body_width, 2 * depth * brush_width)
        self.of_token = nn.Linear(width, depth * brush_width, bias=False)
        self.mix = nn.ModuleList(nn.Linear(brush_width, brush_width) for _ in range(depth))
        self.out = nn.Linear(brush_width, NUMBERS_PER_TOKEN // PICTURES_PER_LATENT)
        for zero in (self.of_token.weight, self.features_in.weight):
            nn.init.zeros_(zero)
        nn.init.normal_(self.of_bodies.weight, std=0.02)

    def forward(self, staged, text, tokens=None):
        """What is Staged; text [B, 384], the caption's; tokens [B, T, width] of the transformer, if
        it has run -> clean tokens [B, T, 128].
        """
        on_set, on_bodies = staged.spots.split((VIEW_COUNT, ACTOR_SLOT_COUNT), 3)
        caption = F.silu(self.text_in(text))
        bodies = self.likeness(staged.bodies, staged.presence, on_bodies)
        scenery = self.scenery(caption, staged.wideness, on_set, staged.drift)
        seen = torch.cat([bodies, scenery], -1).flatten(3)
        told = (self.of_bodies(staged.near) + self.of_text(caption)[:, None]).unsqueeze(2)
        shifts, gains = told.chunk(2, -1)
        if tokens is not None:
            shifts = shifts + self.of_token(tokens).unsqueeze(2)
        h = self.waves_in(staged.waves) + self.features_in(seen) + self.picture
        layers = zip(
            self.mix, gains.chunk(self.depth, -1), shifts.chunk(self.depth, -1), strict=True
        )
        for mix, gain, shift in layers:
            h = h + F.silu(mix(h) * (1 + gain) + shift)
        return self.out(h).flatten(2)
