"""What layers of the set and sheets of weather look like, as pictures of features too."""

import torch
import torch.nn.functional as F
from torch import nn

from ..world.weather import SHEETS, TILE_PLACES
from .likeness import look_up
from .staging import SHEETS_OF_ALL, VIEW_COUNT

LAYER_SIDE = 40  # cells
LAYER_REACH = 5.6  # places from a layer's middle to the edge of its picture
LAYER_FEATURE_COUNT = 6
SET_WIDTH, CODE_WIDTH = 128, 32
SHEET_SIDE = 48  # cells of a tile
SHEET_FEATURE_COUNT = 4
WEATHER_COUNT, SHEETS_PER_WEATHER = len(SHEETS), len(SHEETS_OF_ALL) // len(SHEETS)
SHEET_LAYERS = [sheet.layer for sheet in SHEETS_OF_ALL]
FEATURES_PER_POINT = VIEW_COUNT * LAYER_FEATURE_COUNT + SHEETS_PER_WEATHER * SHEET_FEATURE_COUNT


class Scenery(nn.Module):
    """A caption's state -> a grid of features for each layer of its set, and those of its weather.

    Sets are few, so a short code says which one; a sheet of weather is one learned tile, which
    the caption lets through or not.
    """

    def __init__(self, told_width):
        super().__init__()
        self.of_told = nn.Linear(told_width, SET_WIDTH)
        self.shape = nn.Parameter(torch.zeros(2, SET_WIDTH))  # of wide pictures, of tall ones
        self.code = nn.Linear(SET_WIDTH, CODE_WIDTH)
        self.layers = nn.Linear(CODE_WIDTH, VIEW_COUNT * LAYER_FEATURE_COUNT * LAYER_SIDE**2)
        self.weather = nn.Linear(told_width, WEATHER_COUNT)
        tile = len(SHEETS_OF_ALL), SHEET_FEATURE_COUNT, SHEET_SIDE, SHEET_SIDE
        self.tiles = nn.Parameter(0.3 * torch.randn(tile))
        nn.init.normal_(self.layers.weight, std=0.1)

    def forward(self, told, wideness, spots, drift):
        """told [B, width] of the caption; wideness [2] of the picture; spots [B, T, 4, layers,
        points, 2]: x and y on each layer of the points of a token's pictures; drift
        [B, T, 4, sheets, 2] of each sheet -> features [B, T, 4, points, FEATURES_PER_POINT].
        """
        code = self.code(F.silu(self.of_told(told) + wideness @ self.shape))
        grids = self.layers(code).unflatten(
            -1, (VIEW_COUNT, LAYER_FEATURE_COUNT, LAYER_SIDE, LAYER_SIDE)
        )
        of_set = look_up(grids, spots / LAYER_REACH).flatten(1, 2)
        # A tile begins again where it ends.
        tiles = F.pad(self.tiles, (0, 1, 0, 1), mode='circular')
        shown = self.weather(told).sigmoid().repeat_interleave(SHEETS_PER_WEATHER, 1)
        on_tile = ((spots[:, :, :, SHEET_LAYERS] - drift.unsqueeze(-2)) / TILE_PLACES) % 1
        of_weather = look_up(tiles * shown[..., None, None, None], 2 * on_tile - 1)
        of_weather = of_weather.unflatten(1, (WEATHER_COUNT, SHEETS_PER_WEATHER)).sum(1)
        return torch.cat([of_set, of_weather.flatten(1, 2)], 1).movedim(1, -1)
