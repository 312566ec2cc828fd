"""Filmed clips: gravity in the tracks, boxes on the pixels, and the same pixels again."""

import random
from dataclasses import replace

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from builtin.sprites import Sprites
from builtin.world import sets
from builtin.world.actions import ACTIONS, GRAVITY, PICTURES_PER_SECOND
from builtin.world.bodies import bodies_of
from builtin.world.film import ACTOR_SLOT_COUNT, film
from builtin.world.places import PLACES
from builtin.world.scene import sample_scene

SIZES = {'square': (128, 128), 'wide': (96, 176), 'tall': (176, 96)}  # height, width
BALLISTIC = [label for label, action in ACTIONS.items() if action.ballistic]


def find_scene(accept, seed=0, aspect=1.0, vary=0.3):
    rng = random.Random(seed)
    while True:
        scene = sample_scene(rng, aspect=aspect, vary=vary)
        if accept(scene):
            return scene


def is_alone(scene, action):
    return len(scene.actors) == 1 and scene.actors[0].action == action


def accelerations(heights_at, clearance=0.015):
    """Second differences in units/s^2 of picture triples that are in one free flight.

    heights_at: seconds [n] -> heights [n], asked between the pictures too to find contacts.
    """
    between = 20
    fine = heights_at(np.arange(16 * between + 1) / (between * PICTURES_PER_SECOND))
    heights = fine[::between]
    spans = sliding_window_view(fine, 2 * between + 1)[::between]
    in_flight = spans.min(1) > clearance
    return np.diff(heights, 2)[in_flight] * PICTURES_PER_SECOND**2


def test_gravity_is_exact_in_every_ballistic_track():
    for action in BALLISTIC:
        for seed in range(6):
            scene = find_scene(lambda s, action=action: is_alone(s, action), seed, vary=1.0)
            measured = accelerations(lambda t, s=scene: bodies_of(s, t)[0].motion.lift)
            assert len(measured) >= 4, action
            np.testing.assert_allclose(measured, -GRAVITY, rtol=1e-6, err_msg=action)


@pytest.mark.parametrize('interaction', ['jump over', 'throw'])
def test_gravity_is_exact_between_two_actors(interaction):
    scene = find_scene(lambda s: s.interaction == interaction)
    flyer = 0 if interaction == 'jump over' else -1  # the ball comes last
    lowest = bodies_of(scene, np.zeros(1))[flyer].motion.lift[0]
    measured = accelerations(lambda t: bodies_of(scene, t)[flyer].motion.lift - lowest)
    assert len(measured) >= 8
    np.testing.assert_allclose(measured, -GRAVITY, rtol=1e-6)


@pytest.mark.parametrize('action', ['jump', 'fall', 'toss', 'flip'])
def test_gravity_can_be_read_from_the_boxes(sprites, action):
    scene = find_scene(lambda s: is_alone(s, action) and s.camera == 'static')
    centres = film(scene, sprites, 17, 64, 64).boxes[:, 0, 1]
    heights = (0.5 - centres.astype(float)) * 2
    in_flight = sliding_window_view(heights, 3).min(1) > heights.min() + 0.2
    measured = np.diff(heights, 2)[in_flight] * PICTURES_PER_SECOND**2
    assert len(measured) >= 3
    np.testing.assert_allclose(measured, -GRAVITY, rtol=0.02)


def test_jumpers_clear_what_they_jump_over():
    scene = find_scene(lambda s: s.interaction == 'jump over')
    jumper, hurdle = bodies_of(scene, np.arange(17) / PICTURES_PER_SECOND)
    nearest = np.abs(jumper.x - hurdle.x).argmin()
    assert jumper.motion.lift[nearest] > 1.5 * hurdle.motion.half[0]
    assert (jumper.x[0] < hurdle.x[0]) and (jumper.x[-1] > hurdle.x[-1])


def test_a_thrown_ball_goes_from_hand_to_hand():
    scene = find_scene(lambda s: s.interaction == 'throw')
    thrower, catcher, ball = bodies_of(scene, np.arange(17) / PICTURES_PER_SECOND)
    assert abs(ball.x[0] - thrower.x[0]) < scene.actors[0].half
    assert abs(ball.x[-1] - catcher.x[-1]) < scene.actors[1].half


@pytest.mark.parametrize('shape', SIZES)
def test_actors_stay_in_the_frame(sprites, shape):
    height, width = SIZES[shape]
    rng = random.Random(9)
    for _ in range(60):
        scene = sample_scene(rng, aspect=width / height, vary=0.5)
        frames, boxes, *_ = film(scene, sprites, 17, height, width)
        assert frames.shape == (17, height, width, 3) and frames.dtype == np.uint8
        assert boxes.shape == (17, ACTOR_SLOT_COUNT, 3) and boxes.dtype == np.float32
        for slot, actor in enumerate(scene.actors):
            there = boxes[:, slot, :2]
            highest = -0.3 if actor.action == 'fall' else -0.05  # who falls may begin above
            assert there.min() > highest and there.max() < 1.05, scene
        expected = len(scene.actors) + (scene.interaction == 'throw')
        assert np.isfinite(boxes).all((0, 2)).sum() == expected


@pytest.mark.parametrize('seed', range(5))
def test_an_actor_changes_the_pixels_of_its_box_and_its_shadow_only(sprites, seed):
    def accept(scene):
        return (
            len(scene.actors) == 1
            and not PLACES[scene.place].mirror
            and not scene.occluder
            and not scene.actors[0].action.startswith(('run', 'spin'))
        )

    scene = find_scene(accept, seed)
    without = replace(scene, actors=(replace(scene.actors[0], half=1e-3),))
    frames, boxes, *_ = film(scene, sprites, 9, 128, 128)
    empty, *_ = film(without, sprites, 9, 128, 128)
    changed = np.abs(frames.astype(int) - empty).max(-1) > 12
    y, x = (np.mgrid[:128, :128] + 0.5) / 128
    for picture, (centre_x, centre_y, half) in zip(changed, boxes[:, 0], strict=True):
        near_x = np.abs(x - centre_x) < 1.45 * half
        in_box = near_x & (np.abs(y - centre_y) < 1.45 * half)
        below = near_x & (y > centre_y)  # where the shadow falls
        assert picture[~(in_box | below)].mean() < 0.003
        assert picture[in_box].mean() > 0.12


def test_the_same_scene_gives_the_same_pixels(sprites_folder):
    scenes = [find_scene(lambda s: s.weather != 'clear', seed) for seed in range(4)]
    films = []
    for _ in range(2):
        sets._paint.cache_clear()
        sprites = Sprites.load(sprites_folder)
        films.append([film(scene, sprites, 5, 96, 96) for scene in scenes])
    for first, second in zip(*films, strict=True):
        assert np.array_equal(first.frames, second.frames)
        assert np.array_equal(first.boxes, second.boxes, equal_nan=True)


def test_a_longer_film_begins_with_the_shorter(sprites):
    for seed in range(6):
        scene = find_scene(lambda s: True, seed)
        short, long = (film(scene, sprites, count, 64, 64).frames for count in (9, 17))
        assert np.array_equal(short, long[:9])


@pytest.mark.parametrize('camera', ['zoom in', 'zoom out', 'pan left', 'tilt up', 'handheld'])
def test_a_moving_camera_moves_the_set(sprites, camera):
    scene = find_scene(lambda s: s.camera == camera and s.weather == 'clear')
    frames = film(scene, sprites, 17, 96, 96).frames.astype(int)
    edge = np.concatenate([frames[:, :, :12], frames[:, :, -12:]], 2)
    assert (np.abs(edge[8] - edge[0]).max(-1) > 3).mean() > 0.05


def test_weather_shows(sprites):
    for weather in ('rain', 'snowfall', 'wind'):
        scene = find_scene(lambda s, weather=weather: s.weather == weather and s.camera == 'static')
        frames = film(scene, sprites, 9, 96, 96).frames.astype(int)
        assert (np.abs(np.diff(frames[:, :40], axis=0)).max(-1) > 30).mean() > 0.01
