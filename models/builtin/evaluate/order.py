"""What the classifier learns from: clips like the denoiser's, and held-out combinations too.

The judge must know what the model under test has never seen. Imports no PyTorch, so that a filming
process starts quickly.
"""

import random
from dataclasses import dataclass

from ..clip_stream import ClipOrder
from ..world.scene import sample_scene

HELD_OUT_FRACTION = 0.25


@dataclass(frozen=True)
class LessonOrder(ClipOrder):
    """Clips of the native size alone, without captions, some of held-out combinations."""

    def clip(self, index):
        rng = random.Random(f'{self.seed}/{index}')
        size = self.sizes[0]
        scene = sample_scene(
            rng,
            aspect=size[0] / size[1],
            vary=self.vary,
            cast=self.cast,
            held_out=rng.random() < HELD_OUT_FRACTION,
        )
        return scene, size, ()
