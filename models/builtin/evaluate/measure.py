"""The clips of one subject and what was asked of them -> its figures, as plain numbers."""

import numpy as np

from .classifier import read_clips
from .figures import (
    accuracy,
    flicker,
    frechet_distance,
    identity,
    label_accuracies,
)
from .labels import LABELS, facts, has_choice
from .prompts import FLIGHTS, HELD_OUT, LONG, SEEN
from .tracks import gravity_ratios

GRAVITY_TOLERANCE = 0.15
WEAKEST_COUNT = 8


def measure(network, clips, prompt_sets, reference_features):
    """The figures of one subject: name -> number, or None where nothing could be measured.

    clips: set name -> uint8 [N, T, H, W, 3]; reference_features: of other renders [N, F].
    """
    readings = {name: read_clips(network, frames) for name, frames in clips.items()}
    figures = {}
    for name in (SEEN, HELD_OUT):
        figures |= prompt_following(readings[name], prompt_sets[name].scenes, name)
    figures |= gravity_figures(readings[FLIGHTS])
    figures |= identity_figures(readings, prompt_sets)
    figures['flicker'] = flicker_level(clips[FLIGHTS], readings[FLIGHTS])
    figures['frechet'] = frechet_distance(readings[SEEN].features, reference_features)
    return {
        name: None if np.isnan(value) else round(float(value), 4) for name, value in figures.items()
    }, weakest_labels(readings, prompt_sets)


def asked_rows(scenes, head):
    """Rows of scenes in which a head has something to tell, and the labels asked in them."""
    rows = np.array([has_choice(scene, head) for scene in scenes])
    return rows, facts(scenes)[head][rows]


def prompt_following(readings, scenes, name):
    figures = {}
    for head in LABELS:
        rows, asked = asked_rows(scenes, head)
        figures[f'{head}, {name}'] = accuracy(readings.scores[head][rows], asked)
    return figures


def gravity_figures(readings):
    """The typical gravity as a ratio to the simulator's, and how many clips come near it."""
    ratios = gravity_ratios(readings.boxes[..., 1])
    read = ratios[~np.isnan(ratios)]
    near = np.abs(read - 1) <= GRAVITY_TOLERANCE
    return {
        'gravity': np.median(read) if len(read) else np.nan,
        'gravity near': near.sum() / len(ratios),
        'gravity read': len(read) / len(ratios),
    }


def identity_figures(readings, prompt_sets):
    """Over a window (the flights: one actor, a still camera) and over the long films."""
    figures = {}
    for name, duration in ((FLIGHTS, 'short'), (LONG, 'long')):
        asked = facts(prompt_sets[name].scenes)['who']
        kept, true = identity(readings[name].who, asked)
        figures |= {f'identity kept, {duration}': kept, f'identity true, {duration}': true}
    return figures


def flicker_level(clips, readings):
    """Mean flicker of clips under a still camera in clear weather, actors wherever they were read."""
    levels = [
        flicker(frames, boxes[:, None]) for frames, boxes in zip(clips, readings.boxes, strict=True)
    ]
    return np.nanmean(levels) if not np.isnan(levels).all() else np.nan


def weakest_labels(readings, prompt_sets):
    """Head -> the labels read worst in seen and held-out prompts: label -> [fraction, asked]."""
    weakest = {}
    for head, labels in LABELS.items():
        scores, asked = [], []
        for name in (SEEN, HELD_OUT):
            rows, wanted = asked_rows(prompt_sets[name].scenes, head)
            scores.append(readings[name].scores[head][rows])
            asked.append(wanted)
        found = label_accuracies(np.concatenate(scores), np.concatenate(asked), labels)
        worst = [(label, read) for label, read in found.items() if read[0] < 1][:WEAKEST_COUNT]
        weakest[head] = {label: [round(read[0], 3), read[1]] for label, read in worst}
    return weakest
