"""The figures of the model card: exact where the answer is known, and sane on rendered truth."""

import random

import numpy as np
import pytest
import torch

from builtin.clip_stream import Clip
from builtin.contact_sheet import contact_sheet
from builtin.evaluate import figures
from builtin.evaluate.classifier import new_classifier, read_clips
from builtin.evaluate.labels import LABELS, facts, scene_labels
from builtin.evaluate.lessons import Lessons
from builtin.evaluate.prompts import FLIGHTS, HELD_OUT, LONG, SEEN, prompt_sets
from builtin.evaluate.table import ROWS, markdown_table
from builtin.evaluate.tracks import fit_gravity, gravity_ratios
from builtin.world.actions import GRAVITY
from builtin.world.film import film
from builtin.world.held_out import held_out_pairs
from builtin.world.scene import sample_scene

SECONDS = np.arange(17) / 12
SIZE = 96


@pytest.fixture(scope='module')
def asked():
    return prompt_sets(8, aspect=1.0, vary=0.15, seed=1)


def bouncing(gravity, speed):
    since = SECONDS % (2 * speed / gravity)
    return speed * since - gravity / 2 * since**2


@pytest.mark.parametrize('gravity', [1.6, 3.2, 4.0])
def test_gravity_of_a_bouncing_track_is_exact(gravity):
    assert fit_gravity(0.3 + bouncing(gravity, 1.3)).gravity == pytest.approx(gravity, rel=0.01)


def test_gravity_survives_reading_errors():
    rng = np.random.default_rng(0)
    tracks = [bouncing(3.2, 1.2 + 0.01 * i) + rng.normal(0, 0.01, 17) for i in range(60)]
    read = [fit_gravity(track).gravity for track in tracks]
    assert np.median(read) == pytest.approx(3.2, rel=0.03)


def test_what_floats_does_not_fall():
    assert abs(fit_gravity(0.2 * SECONDS).gravity) < 0.05
    assert fit_gravity(np.full(17, 0.4)) is None
    assert fit_gravity(np.full(17, np.nan)) is None


def test_gravity_on_the_simulators_own_boxes(asked, sprites):
    tracks = [
        film(scene, sprites, 17, SIZE, SIZE).boxes[:, 0, 1] for scene in asked[FLIGHTS].scenes
    ]
    ratios = gravity_ratios(tracks)
    assert np.isfinite(ratios).all()
    assert ratios == pytest.approx(1, abs=0.04), f'of {GRAVITY} units/s^2'


def test_accuracy_counts_each_asked_label_once():
    scores = np.array([[3.0, 2, 1], [0, 5, 4], [1, 2, 9]])
    asked = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0]], bool)
    assert figures.accuracy(scores, asked) == pytest.approx(2 / 4)
    assert figures.label_accuracies(scores, asked, 'abc') == {'b': (0.5, 2), 'a': (0.5, 2)}


def test_identity_tells_lasting_from_asked():
    who = np.zeros((2, 10, 3))
    who[0, :, 1] = 1
    who[1, :5, 0] = who[1, 5:, 2] = 1
    asked = np.array([[0, 1, 0], [1, 0, 0]], bool)
    assert figures.identity(who, asked) == (0.5, 0.5)


def test_frechet_distance_of_known_gaussians():
    rng = np.random.default_rng(0)
    first = rng.normal(0, 1, (20_000, 4))
    assert figures.frechet_distance(first, first) == pytest.approx(0, abs=1e-9)
    assert figures.frechet_distance(first, first + 3) == pytest.approx(4 * 9, rel=1e-6)
    # Independent axes: the sum of squared differences of deviations.
    assert figures.frechet_distance(first, 2 * first) == pytest.approx(4, rel=0.05)


def test_flicker_leaves_actors_out():
    frames = np.full((5, 32, 64, 3), 100, np.uint8)
    frames[1::2] += 3
    frames[2, 8:24, 8:24] = 255
    boxes = np.tile(np.array([0.25, 0.5, 0.25], np.float32), (5, 1, 1))
    assert figures.flicker(frames, boxes) == pytest.approx(3)
    boxes[..., 2] = 2
    assert np.isnan(figures.flicker(frames, boxes))


def test_sets_ask_what_they_say(asked):
    assert all(held_out_pairs(scene) for scene in asked[HELD_OUT].scenes)
    for name in (SEEN, FLIGHTS, LONG):
        assert not any(held_out_pairs(scene) for scene in asked[name].scenes)
    assert asked == prompt_sets(8, aspect=1.0, vary=0.15, seed=1)
    cameras = facts(prompt_sets(36, aspect=1.0, vary=0.15, seed=2, names=(SEEN,))[SEEN].scenes)
    assert cameras['camera'].sum(0).min() >= 2


def test_every_label_of_a_scene_is_known():
    rng = random.Random(0)
    for _ in range(300):
        labels = scene_labels(sample_scene(rng, aspect=1.0, vary=1.0))
        assert all(found <= set(LABELS[head]) for head, found in labels.items())


def filmed(sprites, wanted, count):
    """Clips of some actor standing alone, half of them in each of two wanted places."""
    rng, clips = random.Random(0), []
    while len(clips) < count:
        scene = sample_scene(rng, aspect=1.0, vary=0.0)
        if len(scene.actors) == 1 and scene.place == wanted[len(clips) % 2]:
            shown = film(scene, sprites, 9, SIZE, SIZE)
            clips.append(Clip(len(clips), (SIZE, SIZE), scene, (), *shown))
    return clips


def test_the_classifier_learns_two_places(sprites):
    torch.manual_seed(0)
    clips = filmed(sprites, ('desert', 'underwater'), 32)
    network, device = new_classifier(), torch.device('cpu')
    optimizer = torch.optim.AdamW(network.parameters(), 2e-3)
    first = None
    for step in range(72):
        lessons = Lessons(clips[4 * (step % 6) :][:4], device)
        losses = lessons.losses(network)
        first = first or {name: loss.item() for name, loss in losses.items()}
        optimizer.zero_grad()
        sum(losses.values()).backward()
        optimizer.step()
    assert losses['position'].item() < first['position']
    network.eval()
    readings = read_clips(network, np.stack([clip.frames for clip in clips[24:]]))
    asked = facts([clip.scene for clip in clips[24:]])['place']
    assert figures.accuracy(readings.scores['place'], asked) == 1


def test_the_cells_of_an_actor_carry_its_name(sprites):
    clips = filmed(sprites, ('desert', 'beach'), 2)
    lessons = Lessons(clips, torch.device('cpu'))
    cells = lessons.who_in_cells(lessons.distances(12, 12, 1.0))
    for clip, found in zip(clips, cells, strict=True):
        names = {LABELS['who'][i] for i in found[(found >= 0) & (found < len(LABELS['who']))]}
        assert names <= {clip.scene.actors[0].name}
        assert (found == len(LABELS['who'])).float().mean() > 0.3


def test_the_table_has_every_row():
    table = markdown_table({'truth': dict.fromkeys(ROWS, 0.5), 'student': {'gravity': None}})
    lines = table.splitlines()
    assert len(lines) == len(ROWS) + 2
    assert all(line.count('|') == 5 for line in lines)
    assert all(line.endswith('| – |') for line in lines[2:])


def test_a_sheet_has_a_row_for_every_film():
    films = np.zeros((3, 17, 32, 64, 3), np.uint8)
    sheet = contact_sheet(films, ['a', 'b', 'c'])
    assert sheet.width == 6 * 256 and sheet.height == 3 * 150
