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


def first_phrases(options):
    """Of each, the first way to say it; what is never said has none."""
    return [phrases[0] for phrases in options if phrases]


def deeds(kinds):
    """'jumps', 'walks to the right', 'drives to the right': each action as each kind does it."""
    told = {}
    for action in ACTIONS.values():
        for kind in kinds:
            if action.kinds is None or kind in action.kinds:
                told[finite(action.phrases(kind)[0])] = None
    return list(told)


def finite(phrase):
    return conjugate(phrase, 'finite', plural=False)
