"""What is asked of the model: fixed sets of scenes in which every label is asked evenly, told in
drawn words, and the twelve unpicked prompts of the model card.
"""

import random
from collections import Counter
from dataclasses import dataclass
from functools import partial

from ..latents import WINDOW, picture_count
from ..settings import FRAMES_PER_SECOND
from ..world.actions import ACTIONS
from ..world.captions import caption
from ..world.scene import Scene, sample_scene
from .labels import LABELS, scene_labels

CANDIDATE_COUNT = 24  # scenes drawn for each one taken
PAIR_EVERY = 4  # every fourth scene is one of two actors
LONG_SECONDS = 10
LONG_PICTURE_COUNT = 1 + LONG_SECONDS * FRAMES_PER_SECOND
STAYING = ('stand', 'jump', 'flip', 'bounce', 'float', 'circle', 'spin', 'dance', 'shake')
SET_NAMES = SEEN, HELD_OUT, FLIGHTS, LONG = 'seen', 'held out', 'flights', 'long'

CARD_PROMPTS = (
    'a dog walks to the right in a green meadow',
    'a cat dances on the beach at sunset',
    'a red car drives to the left on a city street at night',
    'an astronaut jumps up and down on the moon',
    'two ducks walk to the right on a calm lake at sunset',
    'a whale swims to the left under water, the camera zooms in',
    'a soccer ball bounces on a red background',
    'a fox chases a rabbit to the right in a forest in the rain',
    'a penguin spins around on a frozen lake while snow falls',
    'the camera tilts up, a wizard floats in front of a castle at night',
    'a dinosaur runs to the right near a volcano, the camera follows',
    'a girl throws a ball to a monkey in a living room',
)


@dataclass(frozen=True)
class Prompt:
    caption: str
    scene: Scene
    seed: int  # of the generated clip's noise


@dataclass(frozen=True)
class PromptSet:
    prompts: tuple
    picture_count: int

    @property
    def captions(self):
        return [prompt.caption for prompt in self.prompts]

    @property
    def scenes(self):
        return [prompt.scene for prompt in self.prompts]

    @property
    def seeds(self):
        return [prompt.seed for prompt in self.prompts]


def prompt_sets(count, *, aspect, vary, seed, cast=(), names=SET_NAMES):
    """Sets of what is asked: name -> PromptSet.

    `seen` and `held out`: `count` prompts each, of trained and never trained combinations.
    `flights`: half as many, of one ballistic actor under a still camera in clear weather.
    `long`: a tenth as many films of ten seconds, of one actor who stays in the frame.
    """
    window = picture_count(WINDOW)
    kinds = {
        SEEN: (count, window, accept_mix),
        HELD_OUT: (count, window, accept_mix),
        FLIGHTS: (count // 2, window, lambda scene, _: is_alone_and_still(scene, is_ballistic)),
        LONG: (
            max(2, count // 10),
            LONG_PICTURE_COUNT,
            lambda scene, _: is_alone_and_still(scene, lambda action: action in STAYING),
        ),
    }
    sets = {}
    for name in names:
        set_count, pictures, accept = kinds[name]
        rng = random.Random(f'{seed}/{name}')
        draw = partial(
            sample_scene, rng, aspect=aspect, vary=vary, held_out=name == HELD_OUT, cast=cast
        )
        scenes = balanced_scenes(set_count, draw, accept)
        prompts = (Prompt(caption(scene, rng), scene, rng.randrange(1 << 31)) for scene in scenes)
        sets[name] = PromptSet(tuple(prompts), pictures)
    return sets


def accept_mix(scene, index):
    return len(scene.actors) == (2 if index % PAIR_EVERY == PAIR_EVERY - 1 else 1)


def is_ballistic(action):
    return ACTIONS[action].ballistic


def is_alone_and_still(scene, accept_action):
    return (
        len(scene.actors) == 1
        and (scene.camera, scene.weather, scene.occluder) == ('static', 'clear', None)
        and accept_action(scene.actors[0].action)
    )


def balanced_scenes(count, draw, accept):
    """`count` accepted scenes, each the one of several that asks the labels least asked so far.

    accept(scene, index) says whether a scene may be number `index`.
    """
    asked, scenes = Counter(), []
    for index in range(count):
        candidates = []
        while len(candidates) < CANDIDATE_COUNT:
            scene = draw()
            if accept(scene, index):
                candidates.append(scene)
        best = min(candidates, key=lambda scene: overuse(scene, asked))
        asked.update(pairs_of(best))
        scenes.append(best)
    return scenes


def pairs_of(scene):
    return [(head, label) for head, labels in scene_labels(scene).items() for label in labels]


def overuse(scene, asked):
    """How often the scene's labels have been asked, on average, as multiples of an even share."""
    pairs = pairs_of(scene)
    return sum(asked[pair] * len(LABELS[pair[0]]) for pair in pairs) / len(pairs)
