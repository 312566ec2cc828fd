"""Captions are read back word by word: whatever they say must be a fact of the scene."""

import random
import re
from collections import Counter

import pytest

from builtin.world import captions
from builtin.world.actions import ACTIONS
from builtin.world.captions import caption
from builtin.world.cast import CAST, COLOURS
from builtin.world.places import (
    BACKDROP_PHRASES,
    BACKDROPS,
    CAMERAS,
    PLACES,
    TIMES,
    WEATHERS,
)
from builtin.world.scene import sample_scene
from builtin.world.templates import TEMPLATES
from builtin.world.verbs import FORMS, conjugate


def draw(count, seed=0, **options):
    rng = random.Random(seed)
    return [sample_scene(rng, aspect=1.0, vary=0.3, **options) for _ in range(count)]


def phrase_book():
    """Phrase -> (kind of fact, value), of everything but actions."""
    book = {}
    for colour in BACKDROPS:
        for phrase in BACKDROP_PHRASES:
            book[phrase.format(captions.with_article(colour))] = 'backdrop', colour
    for kind, table in (('time', TIMES), ('weather', WEATHERS), ('camera', CAMERAS)):
        book |= {phrase: (kind, label) for label, some in table.items() for phrase in some}
    book |= {phrase: ('place', name) for name, place in PLACES.items() for phrase in place.phrases}
    book |= {
        f'behind {captions.with_article(name)}': ('occluder', name)
        for place in PLACES.values()
        for name in place.occluders
    }
    for name, character in CAST.items():
        book |= dict.fromkeys((*character.words, character.plural), ('who', name))
    book |= {colour: ('colour', colour) for colour in (*COLOURS, 'white')}
    book |= {word: ('size', size) for size, some in captions.SIZE_WORDS.items() for word in some}
    book |= {
        word: ('count', count) for count, some in captions.COUNT_WORDS.items() for word in some
    }
    return book


BOOK = phrase_book()
BOOK_PATTERN = re.compile(
    r'\b(' + '|'.join(map(re.escape, sorted(BOOK, key=len, reverse=True))) + r')\b'
)
DEEDS = {
    label: {
        conjugate(phrase, form, plural)
        for phrases in action.verbs.values()
        for phrase in phrases
        for form in FORMS
        for plural in (False, True)
    }
    for label, action in ACTIONS.items()
}
SPEED = re.compile(r' (slowly|quickly|fast)\b|\b(slowly|quickly) ')


def read(text):
    """Kind -> values that a caption tells."""
    told = {}
    for phrase in BOOK_PATTERN.findall(text):
        kind, value = BOOK[phrase]
        told.setdefault(kind, []).append(value)
    return told


@pytest.mark.parametrize('held_out', [False, True])
def test_captions_tell_every_fact_and_no_other(held_out):
    rng = random.Random(1)
    for scene in draw(700, held_out=held_out):
        text = caption(scene, rng)
        told = read(text)
        who = Counter(told['who'])
        if 'count' in told:
            assert told['count'] == [len(scene.actors)], text
            who = Counter({name: len(scene.actors) for name in who})
        expected = Counter(actor.name for actor in scene.actors)
        expected['ball'] += scene.interaction == 'throw'
        assert who == +expected, text
        assert told.get('place', []) == ([] if scene.backdrop else [scene.place]), text
        assert told.get('backdrop', []) == ([scene.backdrop] if scene.backdrop else []), text
        assert told.get('occluder', []) == ([scene.occluder] if scene.occluder else []), text
        has_time = len(PLACES[scene.place].times) > 1
        for kind, value, default in (
            ('time', scene.time if has_time else 'day', 'day'),
            ('weather', scene.weather, 'clear'),
            ('camera', scene.camera, 'static'),
        ):
            allowed = ([value], []) if value == default else ([value],)
            assert told.get(kind, []) in allowed, f'{kind}: {text}'


def test_colours_and_sizes_belong_to_their_actors():
    rng = random.Random(2)
    for scene in draw(1500):
        told = read(caption(scene, rng))
        if 'count' in told:
            continue
        sizes = [actor.size for actor in scene.actors if actor.size]
        assert sorted(told.get('size', [])) == sorted(sizes)
        colours = Counter(told.get('colour', []))
        assert colours <= Counter(actor.colour for actor in scene.actors)
        unusual = Counter(
            actor.colour for actor in scene.actors if actor.colour != actor.character.colour
        )
        assert unusual <= colours


def test_deeds_and_speeds_are_the_actors_own():
    rng = random.Random(3)
    for scene in draw(800):
        if scene.interaction:
            continue
        text = caption(scene, rng)
        speeds = {actor.speed for actor in scene.actors} - {''}
        if not speeds:
            assert not re.search(r'slowly|quickly', text), text
        spoken = SPEED.sub('', text) if speeds else text
        for actor in scene.actors:
            assert any(deed in spoken for deed in DEEDS[actor.action]), text
            opposite = {1: ' left', -1: ' right'}.get(ACTIONS[actor.action].direction)
            if opposite and scene.camera not in ('pan left', 'pan right'):
                plain = text.replace('from left to right', '').replace('from right to left', '')
                assert opposite not in plain, text


def test_every_one_of_forty_or_more_templates_is_used(monkeypatch):
    assert len(set(TEMPLATES)) == len(TEMPLATES) >= 40
    used = Counter()
    fill = captions.fill_template

    def count_and_fill(template, slots):
        used[template] += 1
        return fill(template, slots)

    monkeypatch.setattr(captions, 'fill_template', count_and_fill)
    rng = random.Random(4)
    for scene in draw(2000):
        caption(scene, rng)
    assert set(used) == set(TEMPLATES)


def test_every_template_tells_all_there_is():
    for template in TEMPLATES:
        slots = captions.SLOT.findall(template)
        assert {'where', 'when', 'weather', 'camera'} <= set(slots), template
        assert len(set(slots) & set(FORMS)) == 1, template


def test_captions_are_clean_text():
    rng = random.Random(5)
    for scene in draw(1000):
        text = caption(scene, rng)
        assert text == text.strip() and '  ' not in text, text
        assert not re.search(r'[\[\]{}]| [,.:]|,,|\b(a|an) (a|an)\b|\ba [aeio]', text), text


def test_one_scene_is_told_in_many_ways():
    rng = random.Random(6)
    for scene in draw(20):
        assert len({caption(scene, rng) for _ in range(60)}) >= 40
