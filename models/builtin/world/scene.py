"""Draws scenes: who does what, where, when, in which weather, seen how.

Beyond what a caption can say, a scene has its luck: a few numbers that decide where actors stand,
how near, and how they move. `vary` 0..1 is how much is left to chance even then: at 0 each place is
one painted set, actors stand from left to right as named, and the luck decides the rest.
"""

from dataclasses import dataclass, replace

from . import held_out as held
from .actions import ACTIONS
from .actor import Actor
from .casting import HOW_NEAR, LUCK_COUNT, Casting
from .interactions import INTERACTIONS
from .places import BACKDROPS, CAMERAS, PLACES

SET_COUNT = 8  # painted sets of a place as vary approaches 1; at 1 no two scenes share one
WEIGHTS = {'clear': 4.0, 'static': 4.0, 'day': 1.4}  # of what is drawn more often than the rest
VISIBLE_BEHIND = ('walk', 'run', 'hop', 'stand', 'jump', 'dance', 'shake')


@dataclass(frozen=True)
class Scene:
    """Everything that decides the pixels of a clip, and everything that a caption may tell."""

    place: str
    time: str
    weather: str
    camera: str
    backdrop: str | None  # colour of a plain place
    actors: tuple[Actor, ...]
    interaction: str | None  # a key of INTERACTIONS: the first actor does it to the second
    occluder: str | None
    aspect: float  # width / height
    vary: float
    luck: tuple[float, ...]  # 0..1 each
    set_index: int
    weather_index: int
    camera_amount: float  # 0..1


def sample_scene(rng, *, aspect, vary, held_out=False, cast=()):
    """One scene for a frame of this width / height.

    Never one of the held-out combinations; with `held_out`, always at least one of them. Actors
    are of the cast that is named, anybody where none is.
    """
    while True:
        wish = _held_out_wish(rng, cast) if held_out else {}
        scene = _draw_scene(rng, aspect, vary, wish, cast)
        if bool(held.held_out_pairs(scene)) == held_out:
            return scene


def _held_out_wish(rng, cast):
    sorts = (
        (held.WHO_ACTION, ('name', 'action')),
        (held.WHO_PLACE, ('name', 'place')),
        (held.ACTION_CAMERA, ('action', 'camera')),
        (held.PLACE_TIME, ('place', 'time')),
        (held.PLACE_WEATHER, ('place', 'weather')),
        (held.INTERACTION_WHO, ('interaction', 'name')),
    )
    while True:
        pairs, kinds = rng.choice(sorts)
        wish = dict(zip(kinds, rng.choice(pairs), strict=True))
        if not cast or wish.get('name', cast[0]) in cast:
            return wish


def _draw_scene(rng, aspect, vary, wish, cast):
    place_name = wish.get('place') or rng.choice(list(PLACES))
    place = PLACES[place_name]

    def pick(kind, names):
        return wish.get(kind) or rng.choices(names, [WEIGHTS.get(n, 1) for n in names])[0]

    luck = tuple(rng.random() for _ in range(LUCK_COUNT))
    casting = Casting.of(rng, aspect, vary, luck, place_name, cast)
    interaction, actors = _draw_actors(casting, wish)
    followed = _can_be_followed(actors, interaction)
    camera = pick('camera', [name for name in CAMERAS if name != 'follow' or followed])
    set_count = 1 << 30 if vary == 1 else 1 + int(SET_COUNT * vary)
    return Scene(
        place=place_name,
        time=pick('time', place.times),
        weather=pick('weather', place.weathers),
        camera=camera,
        backdrop=rng.choice(list(BACKDROPS)) if place_name == 'plain' else None,
        actors=_within_view(actors, camera),
        interaction=interaction,
        occluder=None if interaction else _draw_occluder(rng, place, actors),
        aspect=aspect,
        vary=vary,
        luck=luck,
        set_index=rng.randrange(set_count),
        weather_index=rng.randrange(set_count),
        camera_amount=casting.between(HOW_NEAR, 0, 1),
    )


def _draw_actors(casting, wish):
    """The interaction, if there is one, and who acts."""
    rng, interaction = casting.rng, wish.get('interaction')
    alone = 'interaction' not in wish and ('name' in wish or 'action' in wish)
    count = 1 if alone else rng.choices((1, 2, 3), (0.6, 0.32, 0.08))[0]
    if not interaction and count == 2 and PLACES[casting.place].floor != 'none':
        interaction = rng.choice(list(INTERACTIONS)) if rng.random() < 0.5 else None
    pair = casting.pair(interaction, wish.get('name')) if interaction else None
    if pair:
        return interaction, pair
    return None, (casting.single(wish),) if count == 1 else casting.group(count)


def _within_view(actors, camera):
    """Keeps actors nearer to the middle of the stage where the camera shows less of it."""
    reach = {'zoom in': 0.75, 'zoom out': 0.75, 'pan left': 0.7, 'pan right': 0.7}.get(camera, 1)
    half = 0.9 if camera.startswith('zoom') else 1.0
    return tuple(replace(a, half=a.half * half, reach=a.reach * reach) for a in actors)


def _can_be_followed(actors, interaction):
    if interaction:
        return interaction.startswith('chase')
    return len({a.action for a in actors}) == 1 and ACTIONS[actors[0].action].direction != 0


def _draw_occluder(rng, place, actors):
    first = actors[0]
    if not place.occluders or len(actors) > 1 or rng.random() > 0.2:
        return None
    if not first.action.startswith(VISIBLE_BEHIND) or first.character.hovers:
        return None
    if first.size in ('tiny', 'small'):
        return None
    return rng.choice(list(place.occluders))
