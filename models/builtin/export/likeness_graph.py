"""What the brush looks up, as nodes of the denoiser's graph: likenesses, sets and weather."""

from functools import reduce
from itertools import product
from typing import NamedTuple

import numpy as np
from onnx import TensorProto

from ..denoiser.likeness import FEATURE_COUNT, LIKENESS_REACH, LIKENESS_SIDE, POINT_COUNT
from ..denoiser.scenery import (
    FEATURES_PER_POINT,
    LAYER_FEATURE_COUNT,
    LAYER_REACH,
    LAYER_SIDE,
    SHEET_FEATURE_COUNT,
    SHEET_LAYERS,
    SHEET_SIDE,
    SHEETS_PER_WEATHER,
    WEATHER_COUNT,
)
from ..denoiser.staging import SHEET_DRIFTS, SHEET_SWAYS, SHEETS_OF_ALL, VIEW_COUNT
from ..latents import PICTURES_PER_LATENT, WINDOW
from ..world.film import ACTOR_SLOT_COUNT
from ..world.weather import SWAY_RATE, TILE_PLACES
from .module_graph import array

DRIFT_WIDTH = PICTURES_PER_LATENT * len(SHEETS_OF_ALL) * 2


class Grids(NamedTuple):
    cells: str  # [batch * maps * side², features]
    side: int
    map_count: int
    feature_count: int


class LikenessGraph:
    """Adds nodes to a DenoiseGraph that a StageGraph has staged."""

    def __init__(self, stage):
        self.g, self.stage, self.brush = stage.g, stage, stage.g.denoiser.brush

    def features(self, told):
        """Of the caption's state [batch, 1, width] and where points are: what is there [batch,
        tokens, 4, points * features].
        """
        g = self.g
        seen = g.node('Concat', [self.bodies(), self.layers(told), self.weather(told)], axis=-1)
        parts = POINT_COUNT, PICTURES_PER_LATENT, FEATURE_COUNT + FEATURES_PER_POINT
        seen = g.reshape(seen, g.batch * g.token_count, *parts)
        seen = g.node('Transpose', [seen], perm=[0, 2, 1, 3])
        return g.reshape(seen, g.batch, g.token_count, PICTURES_PER_LATENT, -1)

    def bodies(self):
        """As the class Likeness: [batch, points, FEATURE_COUNT]."""
        g, stage = self.g, self.stage
        grids = g.layer(stage.bodies, 'brush.likeness', self.brush.likeness.of_bodies)
        grids = g.node('Mul', [grids, g.reshape(stage.presence, g.batch, ACTOR_SLOT_COUNT, 1)])
        grids = self.grids(grids, LIKENESS_SIDE, ACTOR_SLOT_COUNT, FEATURE_COUNT)
        seen = self.look_up(grids, self.in_cells(stage.points_on_bodies, LIKENESS_REACH, grids))
        return g.node('ReduceSum', [seen, g.shape(2)], keepdims=0)

    def layers(self, told):
        """The set, as the class Scenery: [batch, points, layers * LAYER_FEATURE_COUNT]."""
        g, scenery = self.g, self.brush.scenery
        hidden = g.layer(told, 'scenery.told', scenery.of_told)
        hidden = g.silu(g.node('Add', [hidden, g.of_shape('scenery.shape', scenery.shape)]))
        code = g.layer(hidden, 'scenery.code', scenery.code)
        grids = g.layer(code, 'scenery.layers', scenery.layers)
        grids = self.grids(grids, LAYER_SIDE, VIEW_COUNT, LAYER_FEATURE_COUNT)
        seen = self.look_up(grids, self.in_cells(self.stage.points_on_set, LAYER_REACH, grids))
        return g.reshape(seen, g.batch, -1, VIEW_COUNT * LAYER_FEATURE_COUNT)

    def weather(self, told):
        """The same class's sheets: [batch, points, sheets of a weather * SHEET_FEATURE_COUNT]."""
        g, scenery = self.g, self.brush.scenery
        sheet_count = len(SHEETS_OF_ALL)
        cells = g.parameter('scenery.tiles', scenery.tiles, tile_cells, cell_tiles, half=True)
        shown = g.node('Sigmoid', [g.module_half_linear(told, 'scenery.weather', scenery.weather)])
        shown = g.reshape(shown, g.batch, WEATHER_COUNT, 1, 1)
        shown = g.expand(shown, g.batch, WEATHER_COUNT, SHEETS_PER_WEATHER, 1)
        cells = g.node('Mul', [cells, g.reshape(shown, g.batch, sheet_count, 1)])
        cells = g.reshape(cells, -1, SHEET_FEATURE_COUNT)
        grids = Grids(cells, SHEET_SIDE + 1, sheet_count, SHEET_FEATURE_COUNT)
        spots = g.reshape(self.stage.points_on_set, -1, VIEW_COUNT, 2)
        spots = g.node('Gather', [spots, g.constant(SHEET_LAYERS, np.int64)], axis=1)
        spots = g.reshape(spots, g.batch * WINDOW, -1, DRIFT_WIDTH)
        spots = g.node('Sub', [spots, self.drift()])
        tiles_away = g.scale_and_shift(spots, 1 / TILE_PLACES, 0)
        on_tile = g.node('Sub', [tiles_away, g.node('Floor', [tiles_away])])
        seen = self.look_up(grids, g.scale_and_shift(on_tile, SHEET_SIDE, 0))
        sheets = WEATHER_COUNT, SHEETS_PER_WEATHER * SHEET_FEATURE_COUNT
        seen = g.reshape(seen, g.batch, -1, *sheets)
        return g.node('ReduceSum', [seen, g.shape(2)], keepdims=0)

    def drift(self):
        """As `sheet_offsets`: [batch * 5, 1, DRIFT_WIDTH]."""
        g = self.g
        seconds = g.reshape(self.stage.seconds, g.batch * WINDOW, 1, PICTURES_PER_LATENT, 1)
        swing = g.waves(g.scale_and_shift(seconds, SWAY_RATE / (2 * np.pi), 0))
        told = g.node('Concat', [seconds, swing], axis=-1)  # seconds, cosines, sines
        drifts, sways = (array(table).reshape(-1) for table in (SHEET_DRIFTS, SHEET_SWAYS))
        matrix = np.stack([drifts, np.zeros_like(drifts), sways])
        return g.reshape(
            g.node('MatMul', [told, g.constant(matrix)]), g.batch * WINDOW, 1, DRIFT_WIDTH
        )

    def grids(self, x, side, map_count, feature_count):
        """Grids of numbers in which a feature's cells follow each other."""
        g = self.g
        x = g.reshape(x, -1, feature_count, side**2)
        cells = g.reshape(g.node('Transpose', [x], perm=[0, 2, 1]), -1, feature_count)
        return Grids(cells, side, map_count, feature_count)

    def in_cells(self, points, reach, grids):
        """Places within this reach of a grid's middle, as cells of it."""
        middle = (grids.side - 1) / 2
        return self.g.scale_and_shift(points, middle / reach, middle)

    def look_up(self, grids, spots):
        """As the function: spots in cells -> [batch, points, maps, features]."""
        g, side, map_count = self.g, grids.side, grids.map_count
        spots = g.reshape(spots, g.batch, -1, map_count, 2)
        corner = g.node('Clip', [g.node('Floor', [spots]), g.constant(0), g.constant(side - 2)])
        x, y = g.split(corner, 2)
        first = g.node('Add', [g.scale_and_shift(y, side, 0), x])
        grid_of = np.arange(g.batch * map_count).reshape(g.batch, 1, map_count, 1) * side**2
        first = g.node('Add', [first, g.constant(grid_of)])
        corners = []
        for down, right in product((0, 1), repeat=2):
            # Bilinear weights are hats, which end where the grid ends.
            far = g.node('Sub', [spots, g.node('Add', [corner, g.constant([right, down])])])
            hats = g.node('Relu', [g.scale_and_shift(g.node('Abs', [far]), -1, 1)])
            weight = g.node('Mul', g.split(hats, 2))
            index = g.node('Add', [first, g.constant(down * side + right)])
            index = g.reshape(g.node('Cast', [index], to=TensorProto.INT32), g.batch, -1)
            cell = g.node('Gather', [grids.cells, index], axis=0)
            cell = g.reshape(cell, g.batch, -1, map_count, grids.feature_count)
            corners.append(g.node('Mul', [cell, weight]))
        return reduce(lambda one, other: g.node('Add', [one, other]), corners)


def tile_cells(tiles):
    """Tiles [sheets, features, side, side] -> rows of cells, each tile with its first row and column
    again behind its last [sheets, (side + 1)² * features].
    """
    tiles = np.pad(array(tiles), ((0, 0), (0, 0), (0, 1), (0, 1)), 'wrap')
    return tiles.transpose(0, 2, 3, 1).reshape(len(tiles), -1)


def cell_tiles(cells):
    """The way back."""
    tiles = cells.view(len(cells), SHEET_SIDE + 1, SHEET_SIDE + 1, -1)
    return tiles[:, :-1, :-1].permute(0, 3, 1, 2)
