"""Scenes told as people write: the same facts in many words, and never a wrong one.

Only defaults are left unsaid: still camera, clear weather, daylight, ordinary size and speed, and
the colour that a thing has by nature.
"""

import re

from .actions import ACTIONS
from .interactions import INTERACTIONS, JOINT_PHRASES
from .places import BACKDROP_PHRASES, CAMERAS, PLACES, TIMES, WEATHERS
from .templates import TEMPLATES
from .verbs import FORMS, conjugate

COUNT_WORDS = {2: ('two', 'two', '2', 'a pair of'), 3: ('three', 'three', '3')}
SIZE_WORDS = {
    'tiny': ('tiny', 'very small'),
    'small': ('small', 'little'),
    'big': ('big', 'large'),
    'giant': ('giant', 'huge', 'enormous'),
}
SPEED_WORDS = {'slowly': ('slowly',), 'quickly': ('quickly', 'fast')}
SYNONYM_CHANCE = 0.35
OPTIONAL = re.compile(r'\[([^\[\]]*)\]')
SLOT = re.compile(r'\{(\w+)\}')


def caption(scene, rng):
    """One of many ways to tell the scene, drawn anew at each call."""
    slots = _Words(scene, rng).slots()
    usable = [t for t in TEMPLATES if fits_template(t, slots)]
    return fill_template(rng.choice(usable), slots)


def fits_template(template, slots):
    """Whether every slot outside of [optional parts] has something to say."""
    return all(slots[name] for name in SLOT.findall(OPTIONAL.sub('', template)))


def fill_template(template, slots):
    def part(match):
        return match[1] if all(slots[name] for name in SLOT.findall(match[1])) else ''

    return OPTIONAL.sub(part, template).format(**slots)


class _Words:
    """Chooses words for one telling."""

    def __init__(self, scene, rng):
        self.scene, self.pick, self.random = scene, rng.choice, rng.random

    def slots(self):
        """Template slots -> text, empty where there is nothing to tell."""
        scene = self.scene
        told = {form: self.story(form) for form in FORMS}
        return told | {
            'where': self.where(),
            'when': self.default_or(scene.time, 'day', TIMES, self.has_time()),
            'weather': self.default_or(scene.weather, 'clear', WEATHERS),
            'camera': self.default_or(scene.camera, 'static', CAMERAS),
        }

    def has_time(self):
        return len(PLACES[self.scene.place].times) > 1

    def default_or(self, value, default, phrases, can_be_told=True):
        options = phrases[value] if can_be_told else ()
        if self.scene.weather != 'clear':
            options = [phrase for phrase in options if 'sunny' not in phrase]
        if not options or (value == default and self.random() > 0.3):
            return ''
        return self.pick(options)

    def where(self):
        scene = self.scene
        if scene.backdrop:
            return self.pick(BACKDROP_PHRASES).format(with_article(scene.backdrop))
        return self.pick(PLACES[scene.place].phrases)

    def story(self, form):
        """Who does what, as a clause in one of FORMS."""
        actors, scene = self.scene.actors, self.scene
        if scene.interaction:
            return self.interaction_story(form)
        if len({a.action + a.speed for a in actors}) == 1 and len(actors) > 1:
            return f'{self.group(actors)} {self.deed(actors, form)}'
        clauses = [f'{self.noun_phrase([a])} {self.deed([a], form)}' for a in actors]
        text = _join(clauses)
        if scene.occluder:
            text += f' behind {with_article(scene.occluder)}'
        return text

    def interaction_story(self, form):
        first, second = self.scene.actors
        joint = JOINT_PHRASES.get(self.scene.interaction)
        if joint and self.random() < 0.5:
            return f'{self.group((first, second))} {conjugate(self.pick(joint), form, True)}'
        phrase = self.pick(INTERACTIONS[self.scene.interaction])
        deed = conjugate(phrase, form, False).format(self.noun_phrase([second]))
        return f'{self.noun_phrase([first])} {deed}'

    def group(self, actors):
        if len({a.name for a in actors}) == 1:
            return self.noun_phrase(actors)
        return _join([self.noun_phrase([a]) for a in actors])

    def noun_phrase(self, actors):
        """'a tiny red car', 'two ducks'."""
        actor, character = actors[0], actors[0].character
        noun = character.name
        if character.synonyms and self.random() < SYNONYM_CHANCE and len(actors) == 1:
            noun = self.pick(character.synonyms)
        words = [self.pick(SIZE_WORDS[actor.size])] if actor.size else []
        if actor.colour and (actor.colour != character.colour or self.random() < 0.4):
            words.append(actor.colour)
        words.append(character.plural if len(actors) > 1 else noun)
        text = ' '.join(words)
        if len(actors) > 1:
            return f'{self.pick(COUNT_WORDS[len(actors)])} {text}'
        return with_article(text)

    def deed(self, actors, form):
        """What all of these do: 'walks slowly to the right', 'are jumping'."""
        kinds = {actor.character.kind for actor in actors}
        phrases = ACTIONS[actors[0].action].phrases(kinds.pop() if len(kinds) == 1 else '*')
        deed = conjugate(self.pick(phrases), form, plural=len(actors) > 1)
        speed = actors[0].speed
        if not speed:
            return deed
        adverb = self.pick(SPEED_WORDS[speed])
        return f'{deed} {adverb}' if self.random() < 0.5 else _insert(deed, adverb, form)


def _insert(deed, adverb, form):
    """The adverb beside the verb: 'slowly walks to the right', 'walking slowly to the right'."""
    verb, _, rest = deed.partition(' ')
    if form == 'progressive':
        participle, _, rest = rest.partition(' ')
        verb = f'{verb} {participle}'
    return f'{verb} {adverb} {rest}'.strip()


def _join(parts):
    return parts[0] if len(parts) == 1 else f'{", ".join(parts[:-1])} and {parts[-1]}'


def with_article(text):
    vowel = text[0].lower() in 'aeiou' and not text.startswith(('UFO', 'unicorn'))
    return f'{"an" if vowel else "a"} {text}'
