"""What actors can do: each action is a motion and the verbs that tell it.

A label such as 'walk left' holds the direction: it is what classifiers read and what pairs are held
out by.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import motions
from .motions import GRAVITY as GRAVITY
from .motions import PICTURES_PER_SECOND as PICTURES_PER_SECOND


@dataclass(frozen=True)
class Action:
    """A motion with its verbs: kind -> phrases in base form, '*' for every other kind.

    `direction` -1 or 1 for travellers. Where `grounded`, it needs a floor.
    """

    motion: Callable
    verbs: dict[str, tuple[str, ...]]
    direction: int = 0
    kinds: frozenset | None = None  # None: everybody
    grounded: bool = False
    ballistic: bool = False
    speeds: tuple[str, ...] = ('',)
    weight: float = 1.0  # how often it is drawn

    def move(self, gait, seconds):
        """The Motion at `seconds` [T]."""
        if self.direction:
            return self.motion(gait, seconds, self.direction)
        return self.motion(gait, seconds)

    def phrases(self, kind):
        return self.verbs.get(kind, self.verbs['*'])


_ALIVE = frozenset(('walker', 'person', 'face'))
_SOFT = _ALIVE | {'round', 'thing'}
_PACED = ('', '', '', 'slowly', 'quickly')


_WALKS = {
    '*': ('move', 'slide'),
    'walker': ('walk', 'wander', 'stroll'),
    'person': ('walk', 'stroll'),
    'face': ('walk', 'move'),
    'swimmer': ('swim', 'glide'),
    'flyer': ('fly', 'flutter'),
    'craft': ('fly', 'glide'),
    'vehicle': ('drive', 'roll on'),
    'boat': ('sail', 'float'),
    'round': ('slide', 'move'),
    'thing': ('slide', 'move'),
}
_RUNS = {
    '*': ('race', 'dash'),
    'walker': ('run', 'dash', 'gallop'),
    'person': ('run', 'race', 'sprint'),
    'face': ('run', 'dash'),
    'swimmer': ('dart', 'swim fast'),
    'flyer': ('fly fast', 'dart'),
    'craft': ('zoom', 'speed'),
    'vehicle': ('speed', 'race'),
    'boat': ('speed', 'race'),
}
_HOPS = {'*': ('hop', 'skip', 'leap along')}
_ROLLS = {'*': ('roll', 'tumble')}


def _travel_actions(way, opposite, direction):
    """The actions that head left or right."""
    ways = (f'to the {way}', f'to the {way}', f'{way}ward', f'from {opposite} to {way}')

    def told(verbs):
        return {kind: tuple(f'{v} {w}' for v in some for w in ways) for kind, some in verbs.items()}

    def action(move, verbs, **more):
        return Action(move, told(verbs), direction, **more)

    on_ground = {'kinds': _SOFT, 'grounded': True}
    return {
        f'walk {way}': action(motions.walk, _WALKS, speeds=_PACED, weight=1.5),
        f'run {way}': action(motions.run, _RUNS, weight=1.2),
        f'hop {way}': action(motions.hop, _HOPS, ballistic=True, weight=0.8, **on_ground),
        f'roll {way}': action(motions.roll, _ROLLS, speeds=_PACED, weight=0.7, **on_ground),
    }


ACTIONS: dict[str, Action] = {
    'stand': Action(
        motions.still,
        {
            '*': ('stand still', 'stand', 'wait', 'stay still', 'stand there'),
            'vehicle': ('be parked', 'stand still', 'wait'),
            'boat': ('lie still', 'stay still', 'wait'),
            'thing': ('stand still', 'lie still', 'rest'),
            'round': ('lie still', 'rest', 'stay still'),
        },
        kinds=_SOFT | {'vehicle', 'boat'},
        grounded=True,
        weight=1.2,
    ),
    **_travel_actions('right', 'left', 1),
    **_travel_actions('left', 'right', -1),
    'jump': Action(
        motions.jump,
        {'*': ('jump', 'jump up and down', 'leap up', 'jump into the air')},
        kinds=_SOFT | {'vehicle'},
        grounded=True,
        ballistic=True,
        weight=1.2,
    ),
    'flip': Action(
        motions.flip,
        {'*': ('do a backflip', 'do a somersault', 'do a flip', 'flip over')},
        kinds=_SOFT,
        grounded=True,
        ballistic=True,
        weight=0.9,
    ),
    'bounce': Action(
        motions.bounce,
        {'*': ('bounce', 'bounce up and down', 'bounce on the spot')},
        kinds=_SOFT | {'vehicle'},
        grounded=True,
        ballistic=True,
        weight=1.2,
    ),
    'fall': Action(
        motions.fall,
        {'*': ('fall from the sky', 'drop to the ground', 'fall down', 'fall from above')},
        kinds=_SOFT | {'vehicle'},
        grounded=True,
        ballistic=True,
        weight=1.2,
    ),
    'toss': Action(
        motions.toss,
        {'*': ('fly through the air in an arc', 'sail through the air', 'soar in a high arc')},
        kinds=_SOFT,
        grounded=True,
        ballistic=True,
        weight=0.8,
    ),
    'rise': Action(
        motions.rise,
        {
            '*': ('rise into the sky', 'fly up', 'float upward', 'rise up'),
            'craft': ('take off', 'fly up', 'rise into the sky', 'lift off'),
        },
    ),
    'float': Action(
        motions.hover,
        {
            '*': ('float in the air', 'hover', 'float', 'hover in the air', 'levitate'),
            'swimmer': ('float', 'hover', 'float on the spot'),
            'flyer': ('hover', 'float in the air', 'hover in the air'),
        },
    ),
    'circle': Action(
        motions.circle,
        {
            '*': ('fly in circles', 'circle around', 'loop around in the air'),
            'swimmer': ('swim in circles', 'circle around'),
        },
        speeds=_PACED,
    ),
    'spin': Action(
        motions.spin,
        {'*': ('spin', 'spin around', 'twirl', 'turn around and around')},
        speeds=_PACED,
    ),
    'dance': Action(motions.dance, {'*': ('dance', 'dance around', 'boogie')}, speeds=_PACED),
    'shake': Action(
        motions.shake,
        {'*': ('shake', 'tremble', 'shiver', 'wobble'), 'vehicle': ('shake', 'rattle', 'vibrate')},
    ),
    'grow': Action(motions.grow, {'*': ('grow', 'grow bigger', 'get bigger', 'become larger')}),
    'shrink': Action(
        motions.shrink, {'*': ('shrink', 'get smaller', 'become smaller', 'shrink away')}
    ),
}
