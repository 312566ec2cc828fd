"""The world's vocabulary as a person would type it, for the help beside the prompt."""

from ..world.actions import ACTIONS
from ..world.captions import with_article
from ..world.cast import CAST, KINDS
from ..world.interactions import INTERACTIONS
from ..world.places import BACKDROP_PHRASES, BACKDROPS, CAMERAS, PLACES, TIMES, WEATHERS
from ..world.verbs import conjugate


def world_words(cast=()):
    """Lists of phrases by sort; the cast is the names that are given, everybody where none is."""
    names = cast or tuple(CAST)
    kinds = [kind for kind in KINDS if any(CAST[name].kind == kind for name in names)]
    places = first_phrases(place.phrases for place in PLACES.values())
    backdrops = [BACKDROP_PHRASES[0].format(with_article(colour)) for colour in BACKDROPS]
    together = [finite(phrase).format('…') for phrase in first_phrases(INTERACTIONS.values())]
    return {
        'cast': list(names),
        'places': places + backdrops,
        'times': first_phrases(TIMES.values()),
        'weathers': first_phrases(WEATHERS.values()),
        'actions': deeds(kinds) + together,
        'cameras': first_phrases(CAMERAS.values()),
    }


def world_fits(cast=()):
    """Phrases of `world_words` that go only with some of another kind -> those that they go with."""
    names = cast or tuple(CAST)
    able, known = {}, {*world_words(cast)['actions']}
    for action in ACTIONS.values():
        for name in names:
            kind = CAST[name].kind
            if action.kinds is None or kind in action.kinds:
                able.setdefault(finite(action.phrases(kind)[0]), []).append(name)
    able = {deed: who for deed, who in able.items() if deed in known}
    settings = (
        (TIMES, lambda place, time: len(place.times) > 1 and time in place.times),
        (WEATHERS, lambda place, weather: weather in place.weathers),
    )
    fits = {deed: who for deed, who in able.items() if len(who) < len(names)}
    grounds = first_phrases(place.phrases for place in PLACES.values() if place.floor != 'none')
    for action in ACTIONS.values():
        for deed in {finite(action.phrases(CAST[name].kind)[0]) for name in names} & {*able}:
            if action.grounded:
                fits[deed] = [*fits.get(deed, ()), *grounds]
    for phrases, admits in settings:
        for name, options in phrases.items():
            if options:
                where = [p for p in PLACES.values() if p.phrases and admits(p, name)]
                fits[options[0]] = first_phrases(place.phrases for place in where)
    return fits


def first_phrases(options):
    """Of each, the first way to say it; what is never said has none."""
    return [phrases[0] for phrases in options if phrases]


def deeds(kinds):
    """'jumps', 'walks to the right', 'drives to the right': each action as it is mostly said, and
    the ways of getting about of every kind.
    """
    told = {}
    for name, action in ACTIONS.items():
        able = [kind for kind in kinds if action.kinds is None or kind in action.kinds]
        for kind in able if name.startswith('walk') else able[:1]:
            told[finite(action.phrases(kind)[0])] = None
    return list(told)


def finite(phrase):
    return conjugate(phrase, 'finite', plural=False)
