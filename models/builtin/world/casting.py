"""Draws the actors of a scene: one, a few side by side, or two that act on each other.

What a caption cannot say about actors is decided by the scene's luck, and by chance beyond it as
far as `vary` allows.
"""

from dataclasses import dataclass, replace
from random import Random

from .actions import ACTIONS
from .actor import SIZE_FACTORS, Actor
from .cast import CAST, COLOURS, Character
from .interactions import INTERACTION_ACTIONS
from .places import PLACES

LUCK_COUNT = 4  # numbers of a scene's luck: where, how near, and two of how its actors move
WHERE, HOW_NEAR, FIRST_CHANCE = range(3)
CHANCE_COUNT = LUCK_COUNT - FIRST_CHANCE
WANDERING = ('toss', 'circle')  # actions that need the stage for themselves
RESIZING = ('grow', 'shrink')  # actions that leave no size to tell


@dataclass(frozen=True)
class Casting:
    """Draws actors for one scene; wishes are keyed 'name' and 'action'."""

    rng: Random
    aspect: float
    vary: float
    luck: tuple[float, ...]
    place: str
    characters: tuple[Character, ...]  # who may be drawn

    @classmethod
    def of(cls, rng, aspect, vary, luck, place, names):
        """Of these names, or of everybody where there are none, those who fit the place."""
        characters = [CAST[name] for name in names] or CAST.values()
        fits = tuple(c for c in characters if c.kind != 'boat' or place in ('lake', 'plain'))
        return cls(rng, aspect, vary, luck, place, fits)

    def between(self, index, low, high):
        """What this number of the luck makes of a range, the more left to chance the more may vary."""
        share = self.luck[index] + self.vary * (self.rng.random() - self.luck[index])
        return low + (high - low) * share

    def actions_of(self, character):
        grounded_too = PLACES[self.place].floor != 'none'
        return [
            name
            for name, action in ACTIONS.items()
            if (action.kinds is None or character.kind in action.kinds)
            and (grounded_too or not action.grounded)
        ]

    def pick_action(self, names):
        return self.rng.choices(names, [ACTIONS[name].weight for name in names])[0]

    def pick_size(self, action, weights):
        """A size of {size: weight}; none for what changes its size anyway."""
        size = self.rng.choices(list(weights), weights.values())[0]
        return '' if action in RESIZING else size

    def actor(self, character, action, *, x, half, reach, size=''):
        rng, colour = self.rng, character.colour
        if colour and rng.random() < 0.6:
            colour = rng.choice(list(COLOURS))
        return Actor(
            name=character.name,
            action=action,
            colour=colour,
            size=size,
            speed=rng.choice(ACTIONS[action].speeds),
            x=x,
            half=half * SIZE_FACTORS[size] * self.between(HOW_NEAR, 1.12, 0.88),
            reach=reach,
            depth=self.between(HOW_NEAR, 0, 1),
            mirrored=character.facing == 'left' and rng.random() < self.vary / 2,
            phase=self.vary * rng.random(),
            chance=tuple(self.between(FIRST_CHANCE + index, 0, 1) for index in range(CHANCE_COUNT)),
        )

    def single(self, wish):
        """One actor, as wished for where that is possible here."""
        wished = wish.get('action')
        able = [c for c in self.characters if wished is None or wished in self.actions_of(c)]
        name = wish.get('name')
        character = CAST[name] if name else self.rng.choice(able or self.characters)
        actions = self.actions_of(character)
        action = wished if wished in actions else self.pick_action(actions)
        half = min(0.4, 0.55 * self.aspect)
        size = self.pick_size(
            action, {'': 0.72, 'tiny': 0.07, 'small': 0.07, 'big': 0.07, 'giant': 0.07}
        )
        side = half * SIZE_FACTORS[size]
        x = self.between(WHERE, -0.4, 0.4) * max(0.0, self.aspect - 0.9 * side)
        return self.actor(
            character,
            action,
            x=0.0 if ACTIONS[action].direction else x,
            half=half,
            size=size,
            reach=max(0.15, self.aspect - 0.6 * side),
        )

    def group(self, count):
        """Two or three, side by side; twins, all doing the same, or each its own."""
        twins = self.rng.random() < 0.2 or len(self.characters) < count
        if twins:
            characters = [self.rng.choice(self.characters)] * count
        else:
            characters = self.rng.sample(self.characters, count)
        actions = self._group_actions(characters, alike=twins or self.rng.random() < 0.35)
        travels = ACTIONS[actions[0]].direction != 0
        half = min(0.31, 0.36 * self.aspect) if count == 2 else min(0.26, 0.27 * self.aspect)
        spread = min(0.5 * self.aspect, 0.8) if count == 2 else min(0.64 * self.aspect, 1.0)
        if travels:
            spread = 0.36 * min(self.aspect, 1.4)
        xs = [spread * (2 * index / (count - 1) - 1) for index in range(count)]
        if self.rng.random() < self.vary / 2:
            self.rng.shuffle(xs)
        sizes = {'': 1} if twins else {'': 0.86, 'tiny': 0.08, 'big': 0.06}
        actors = [
            self.actor(
                character,
                action,
                x=x + self.between(WHERE, -0.1, 0.1) * self.aspect,
                half=half,
                size=self.pick_size(action, sizes),
                reach=self.aspect - spread - 0.4 * half if travels else 0.2,
            )
            for character, action, x in zip(characters, actions, xs, strict=True)
        ]
        if twins:
            actors = [replace(a, colour=actors[0].colour, speed=actors[0].speed) for a in actors]
        return tuple(actors)

    def _group_actions(self, characters, alike):
        possible = [
            [name for name in self.actions_of(character) if name not in WANDERING]
            for character in characters
        ]
        staying = [[n for n in names if not ACTIONS[n].direction] for names in possible]
        if not alike:
            return [self.rng.choice(names) for names in staying]
        shared = [
            name
            for name in (possible if len(characters) == 2 else staying)[0]
            if all(name in names for names in possible)
        ]
        return [self.pick_action(shared)] * len(characters)

    def pair(self, interaction, name=None):
        """Two for an interaction, the one who acts first; None where the cast has no two for it."""
        able = [c for c in self.characters if c.kind in ('walker', 'person', 'face')]
        others = [c for c in self.characters if not c.hovers]
        first = CAST[name] if name else able and self.rng.choice(able)
        second = [c for c in (others if interaction == 'jump over' else able) if c != first]
        if not first or not second:
            return None
        half, x = min(0.3, 0.34 * self.aspect), min(0.5 * self.aspect, 0.62)
        halves = (half * 0.95, half * 0.66) if interaction == 'jump over' else (half, half)
        return tuple(
            self.actor(character, action, x=side * x, half=size, reach=self.aspect - 0.95 * half)
            for character, action, side, size in zip(
                (first, self.rng.choice(second)),
                INTERACTION_ACTIONS[interaction],
                (-1, 1),
                halves,
                strict=True,
            )
        )
