"""The denoiser's planner as nodes of its graph: from the caption to what each token shows."""

from itertools import pairwise

import numpy as np

from ..denoiser.layers import waves
from ..denoiser.likeness import POINT_COUNT
from ..denoiser.planner import FAINTEST_NOISE, HEAD_WIDTH, PARTS
from ..denoiser.staging import (
    BODY_FREQUENCIES,
    BODY_REACH,
    MAPS_LENGTH,
    SMALLEST,
    STAGING_LENGTH,
    THINNEST,
    TIME_FREQUENCIES,
    VIEW_COUNT,
    VIEW_FREQUENCIES,
    VIEWS_LENGTH,
    WAVE_COUNT,
)
from ..latents import PICTURES_PER_LATENT, WINDOW
from ..world.film import ACTOR_SLOT_COUNT
from ..world.staging import BODY_MAP_LENGTH, VIEW_MAP_LENGTH
from .module_graph import array


class StageGraph:
    """Adds nodes to a DenoiseGraph."""

    def __init__(self, graph):
        self.g, self.planner = graph, graph.denoiser.planner

    def stage(self, luck):
        """Of each latent token: the waves of its pictures [batch, tokens, 4, WAVE_COUNT], the states
        of near bodies [batch, tokens, body width], what both are to it [batch, tokens, width].
        """
        g, net = self.g, self.g.denoiser
        staging, self.presence, self.bodies = self.plan(luck)
        waves, nearness = self.waves(staging, self.presence)
        told = g.reshape(waves, g.batch, g.token_count, PICTURES_PER_LATENT * WAVE_COUNT)
        told = g.layer(told, 'staging_in', net.staging_in)
        near = g.node('MatMul', [nearness, self.bodies])
        return waves, near, g.node('Add', [told, g.layer(near, 'body_in', net.body_in)])

    def plan(self, luck):
        """Staging [batch, 5, 4 * STAGING_LENGTH], presence [batch, bodies], bodies' states."""
        g, planner = self.g, self.planner
        norm, text_in = planner.text_in
        text = g.layer(
            g.module_rms_norm('text', 'planner.text_norm', norm), 'planner.text', text_in
        )
        queries = g.parameter('planner.queries', planner.queries)
        for told in (
            g.of_shape('planner.shape', planner.shape),
            g.kind('planner.first', planner.first),
        ):
            queries = g.node('Add', [queries, told])
        first, _, second = planner.luck
        lucky = g.silu(g.module_half_linear(luck, 'planner.luck.first', first))
        lucky = g.layer(lucky, 'planner.luck.second', second)
        nothing_given = g.scale_and_shift(
            g.node('ReduceMax', [self.cleanness(), g.shape(2)], keepdims=0), -1, 1
        )
        lucky = g.node('Mul', [lucky, nothing_given])
        queries = g.node('Add', [queries, lucky])
        count = WINDOW + ACTOR_SLOT_COUNT
        queries = g.expand(queries, g.batch, count, planner.queries.shape[1])
        x = g.node('Concat', [text, queries], axis=1)
        for index, block in enumerate(planner.blocks):
            if index == planner.sight_index:
                told, frames, bodies = self.parts(x)
                frames = g.node('Add', [frames, self.sight(frames, bodies)])
                x = g.node('Concat', [told, frames, bodies], axis=1)
            x = g.block(x, f'planner.blocks.{index}', block, None, None)
        _, frames, bodies = self.parts(g.module_rms_norm(x, 'planner.norm', planner.norm))
        hidden, _, out = planner.staging
        # What is a little off in a map is far off at its edges.
        hidden = g.silu(g.module_half_linear(frames, 'planner.hidden', hidden))
        staging = g.module_half_linear(hidden, 'planner.staging', out)
        there = g.module_half_linear(bodies, 'planner.presence', planner.presence)
        there = g.reshape(g.node('Sigmoid', [there]), g.batch, 1, 1, 1, ACTOR_SLOT_COUNT)
        return staging, there, bodies

    def parts(self, x):
        """The text's, the frames' and the bodies' rows of the planner's sequence."""
        ends = np.cumsum(PARTS).tolist()
        return [self.g.rows(x, start, end) for start, end in pairwise([0, *ends])]

    def sight(self, frames, bodies):
        """As in the planner's class Sight: [batch, 5, width]."""
        g, sight, width = self.g, self.planner.sight, self.planner.queries.shape[1]
        frames, bodies = (
            g.module_rms_norm(x, 'planner.sight.norm', sight.norm) for x in (frames, bodies)
        )
        bodies = g.reshape(bodies, g.batch, 1, ACTOR_SLOT_COUNT, width)
        nobody = g.constant(np.zeros((g.batch, 1, 1, width)))
        asked = g.node('Concat', [nobody, bodies], axis=2)
        asked = g.node('Add', [g.reshape(frames, g.batch, WINDOW, 1, width), asked])
        asked = g.reshape(asked, g.batch * WINDOW, 1 + ACTOR_SLOT_COUNT, width)
        queries = g.layer(asked, 'planner.sight.query', sight.query)
        shown = g.layer('z', 'planner.sight.tokens', sight.tokens)
        places = array(waves(g.places.in_picture, VIEW_FREQUENCIES).flatten(1))
        places = g.grid_table('planner.places', places.reshape(1, *g.grid, -1))
        places = g.module_half_linear(places, 'planner.sight.places', sight.places)
        shown = g.reshape(shown, WINDOW, g.tokens_per_frame, 2 * width)
        shown = g.node('Add', [shown, places])
        if g.batch == 2:
            shown = g.node('Concat', [shown, shown], axis=0)
        keys, values = g.split(shown, 2)
        seen = g.attention(queries, keys, values, width // HEAD_WIDTH)
        seen = g.layer(g.reshape(seen, g.batch, WINDOW, -1), 'planner.sight.out', sight.out)
        return g.node('Mul', [seen, g.reshape(self.cleanness(), 1, WINDOW, 1)])

    def cleanness(self):
        """As the planner's function: [1, 1, 5]."""
        g = self.g
        t = g.reshape('t', 1, 1, WINDOW)
        return g.node('Relu', [g.scale_and_shift(t, -1 / FAINTEST_NOISE, 1)])

    def waves(self, staging, presence):
        """As `staging_waves`: [batch, tokens, 4, WAVE_COUNT] and nearness [batch, tokens, bodies]."""
        g = self.g
        lead = g.batch, WINDOW, g.tokens_per_frame
        spots = PICTURES_PER_LATENT * ACTOR_SLOT_COUNT
        x, y = (
            g.constant(array(axis).reshape(1, 1, -1, 1)) for axis in g.places.in_picture.unbind(1)
        )

        def pick(start, map_count, map_length, numbers):
            """Numbers of every picture's maps, in order [batch, 5, 1, pictures * maps * numbers]."""
            pictures = np.arange(PICTURES_PER_LATENT)[:, None, None] * STAGING_LENGTH
            maps = np.arange(map_count)[:, None] * map_length
            ids = (pictures + maps + start + np.array(numbers)).reshape(-1)
            picked = g.node('Gather', [staging, g.constant(ids, np.int64)], axis=2)
            return g.reshape(picked, g.batch, WINDOW, 1, len(ids))

        def mapped(x, y, along_x, along_y):
            return g.node('Add', [g.node('Mul', [along_x, x]), g.node('Mul', [along_y, y])])

        def as_waves(spots, frequencies):
            turns = array(frequencies) / (2 * np.pi)
            angles = g.node('Mul', [g.reshape(spots, *lead, -1, 1), g.constant(turns)])
            return g.waves(angles)

        def of_bodies(*numbers):
            return pick(VIEWS_LENGTH, ACTOR_SLOT_COUNT, BODY_MAP_LENGTH, numbers)

        views = [
            pick(0, VIEW_COUNT, VIEW_MAP_LENGTH, numbers) for numbers in ((0, 2), (1, 3), (4, 5))
        ]
        on_set = g.node('Add', [mapped(x, y, *views[:2]), views[2]])
        matrices, *bodies = self.towards_sprites(of_bodies(2, 3), of_bodies(4), spots)
        from_x = g.node('Sub', [x, of_bodies(0, 0)])
        from_y = g.node('Sub', [y, of_bodies(1, 1)])
        on_body = mapped(from_x, from_y, *bodies)
        self.points_on_set = self.point_spots(on_set, *views[:2])
        self.points_on_bodies = self.point_spots(on_body, *bodies)
        pairs = g.reshape(on_body, *lead, spots, 2)
        far = g.node('ReduceSum', [g.node('Mul', [pairs, pairs]), g.shape(4)], keepdims=0)
        near = g.node('Exp', [g.node('Mul', [far, g.constant(-1 / BODY_REACH)])])
        near = g.reshape(near, *lead, PICTURES_PER_LATENT, ACTOR_SLOT_COUNT)
        near = g.node('Mul', [near, presence])
        each = g.reshape(near, *lead, spots, 1)
        on_bodies = g.reshape(as_waves(on_body, BODY_FREQUENCIES), *lead, spots, -1)
        seconds = pick(MAPS_LENGTH, 1, 1, (0,))
        self.seconds = g.reshape(seconds, g.batch, WINDOW, 1, PICTURES_PER_LATENT, 1)
        turns = g.node('Mul', [self.seconds, g.constant(array(TIME_FREQUENCIES) / (2 * np.pi))])
        of_time = g.expand(g.waves(turns), *lead, PICTURES_PER_LATENT, 2 * len(TIME_FREQUENCIES))
        parts = [
            as_waves(on_set, VIEW_FREQUENCIES),
            g.node('Mul', [on_bodies, each]),
            g.node('Mul', [matrices, each]),
            near,
            of_time,
        ]
        pictures = g.batch, g.token_count, PICTURES_PER_LATENT
        parts = [g.reshape(part, *pictures, -1) for part in parts]
        nearness = g.node('ReduceMean', [parts[3], g.shape(2)], keepdims=0)
        return g.node('Concat', parts, axis=-1), nearness

    def towards_sprites(self, down, half_width, count):
        """As the staging's function, of arrows [batch, 5, 1, count * 2] and widths [batch, 5, 1,
        count] -> matrices [batch, 5, 1, count, 4], and what they make of x and of y in the shape
        of the arrows.
        """
        g = self.g
        down = g.reshape(down, g.batch, WINDOW, 1, count, 2)
        half_width = g.reshape(half_width, g.batch, WINDOW, 1, count, 1)
        squares = g.node('ReduceSum', [g.node('Mul', [down, down]), g.shape(4)])
        half_height = g.node('Sqrt', [g.node('Max', [squares, g.constant(SMALLEST**2)])])
        thinnest = g.node('Mul', [half_height, g.constant(THINNEST)])
        widest = g.node('Max', [g.node('Abs', [half_width]), thinnest])
        is_mirrored = g.node('Less', [half_width, g.constant(0)])
        half_width = g.node('Where', [is_mirrored, g.node('Neg', [widest]), widest])
        down = g.node('Div', [down, half_height])
        x, y = g.split(down, 2)
        across = g.node('Concat', [y, g.node('Neg', [x])], axis=-1)
        across, down = g.node('Div', [across, half_width]), g.node('Div', [down, half_height])
        matrices = g.node('Concat', [across, down], axis=-1)
        along = [
            g.reshape(g.node('Concat', pair, axis=-1), g.batch, WINDOW, 1, 2 * count)
            for pair in zip(g.split(across, 2), g.split(down, 2), strict=True)
        ]
        return matrices, *along

    def point_spots(self, spots, along_x, along_y):
        """As the staging's function, of either kind of map: [batch, 5, N * points, 4 * maps * 2]."""
        g, count = self.g, self.g.tokens_per_frame
        x, y = (
            g.constant(array(axis).reshape(1, 1, 1, -1, 1)) for axis in g.places.in_token.unbind(1)
        )
        along = [g.reshape(way, g.batch, WINDOW, 1, 1, -1) for way in (along_x, along_y)]
        steps = g.node(
            'Add', [g.node('Mul', [way, o]) for way, o in zip(along, (x, y), strict=True)]
        )
        spots = g.node('Add', [g.reshape(spots, g.batch, WINDOW, count, 1, -1), steps])
        return g.reshape(spots, g.batch, WINDOW, count * POINT_COUNT, -1)
