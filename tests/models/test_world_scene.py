"""What scenes hold, what they never hold, and how vary turns chance down."""

import random

import pytest

from builtin.world import held_out
from builtin.world.actions import ACTIONS
from builtin.world.cast import CAST
from builtin.world.places import CAMERAS, PLACES, PROPS, TIMES, WEATHERS
from builtin.world.scene import sample_scene

PAIR_LISTS = (
    held_out.WHO_ACTION,
    held_out.WHO_PLACE,
    held_out.ACTION_CAMERA,
    held_out.PLACE_TIME,
    held_out.PLACE_WEATHER,
    held_out.INTERACTION_WHO,
)


def scenes(count, seed=0, **options):
    rng = random.Random(seed)
    return [sample_scene(rng, **{'aspect': 1.0, 'vary': 0.5} | options) for _ in range(count)]


def test_the_world_is_as_large_as_promised():
    assert len(CAST) >= 100
    assert len(PLACES) - 1 >= 12, 'one of the places is plain'
    assert len(TIMES) == 3 and len(WEATHERS) == 4
    assert len(ACTIONS) >= 16 and len(CAMERAS) - 1 >= 8
    assert sum(map(len, PAIR_LISTS)) >= 60


def test_no_word_means_two_of_the_cast():
    words = [word for character in CAST.values() for word in character.words]
    assert len(words) == len(set(words))


def test_no_prop_is_mistaken_for_an_actor():
    assert not {character.sprite for character in CAST.values()} & set(PROPS)


def test_training_scenes_are_never_held_out_and_the_others_always():
    assert not any(held_out.held_out_pairs(scene) for scene in scenes(2000))
    assert all(held_out.held_out_pairs(scene) for scene in scenes(300, held_out=True))


def test_every_held_out_combination_is_asked_for_and_its_words_are_trained():
    met = {pair for s in scenes(3000, held_out=True) for pair in held_out.held_out_pairs(s)}
    assert len(met) == sum(map(len, PAIR_LISTS))
    seen = {actor.name for scene in scenes(4000) for actor in scene.actors}
    assert seen == set(CAST)


def test_every_label_is_drawn():
    drawn = scenes(3000)
    assert {scene.place for scene in drawn} == set(PLACES)
    assert {scene.weather for scene in drawn} == set(WEATHERS)
    assert {scene.camera for scene in drawn} == set(CAMERAS)
    assert {a.action for scene in drawn for a in scene.actors} == set(ACTIONS)
    assert {len(scene.actors) for scene in drawn} == {1, 2, 3}


def test_places_without_a_time_or_weather_keep_their_one():
    for scene in scenes(600):
        assert scene.time in PLACES[scene.place].times
        assert scene.weather in PLACES[scene.place].weathers
        assert (scene.backdrop is not None) == (scene.place == 'plain')


def test_without_vary_luck_decides_all_that_no_caption_says():
    for scene in scenes(400, vary=0.0):
        where, how_near, *chance = scene.luck
        assert scene.set_index == scene.weather_index == 0 and scene.camera_amount == how_near
        assert [a.x for a in scene.actors] == sorted(a.x for a in scene.actors)
        for actor in scene.actors:
            assert actor.chance == tuple(chance) and actor.depth == how_near
            assert actor.phase == 0 and not actor.mirrored
        if len(scene.actors) == 1 and scene.actors[0].x:
            assert (scene.actors[0].x > 0) == (where > 0.5)


def test_with_full_vary_luck_decides_nothing():
    scene = scenes(1, vary=1.0)[0]
    assert not {scene.luck[1], *scene.luck} & {scene.camera_amount, *scene.actors[0].chance}


def test_with_full_vary_no_two_scenes_share_a_set():
    drawn = scenes(200, vary=1.0)
    assert len({scene.set_index for scene in drawn}) == len(drawn)


@pytest.mark.parametrize('held', [False, True])
def test_a_smaller_cast_is_all_that_acts(held):
    names = ('dog', 'cat', 'rabbit', 'tiger')
    drawn = scenes(200, cast=names, held_out=held)
    assert {actor.name for scene in drawn for actor in scene.actors} <= set(names)


def test_the_same_seed_draws_the_same_scenes():
    assert scenes(20, seed=3) == scenes(20, seed=3)
