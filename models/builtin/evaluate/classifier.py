"""Clips -> a trained classifier -> what it reads in other clips, rendered or generated."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch

from ..training import Training, adamw
from .labels import LABELS
from .lessons import NOBODY, WHO, Lessons, reduced
from .network import Classifier, elect

STAGE = 'classifier'
BATCH_SIZES = {'cuda': 64, 'cpu': 16}
LEARNING_RATE = 3e-3
READING_BATCH_PICTURES = 136


def new_classifier():
    network = Classifier({head: len(labels) for head, labels in LABELS.items()})
    return network.to(memory_format=torch.channels_last)


def train_classifier(run, clips, minutes, autoencoder, decoded_fraction):
    """Trains on an endless iterator of clips for its minutes, all sittings together.

    decoded_fraction: of the clips that pass the autoencoder first. Leaves the state `classifier`
    in the run and returns the classifier.
    """
    network = new_classifier().to(run.device)
    training = Training(run, STAGE, network, [adamw(network, LEARNING_RATE)], minutes)
    for _ in training.steps():
        lessons = Lessons(list(islice(clips, BATCH_SIZES[run.device.type])), run.device)
        lessons.pass_autoencoder(autoencoder, decoded_fraction)
        losses = lessons.losses(network)
        training.update(sum(losses.values()), **losses)
    run.save(STAGE, training.average.state_dict())
    return training.average


@dataclass(frozen=True)
class Readings:
    """What was read in N clips of T pictures."""

    who: np.ndarray  # [N, T, cast]: how surely each is somewhere in a picture
    boxes: np.ndarray  # [N, T, 3]: the one actor's, as in films
    scores: dict  # head -> [N, labels], 'who' among them
    features: np.ndarray  # [N, 64]


@torch.no_grad()
def read_clips(network, frames):
    """Reads clips uint8 [N, T, H, W, 3]."""
    device = next(network.parameters()).device
    parts = []
    batch_size = max(1, READING_BATCH_PICTURES // frames.shape[1])
    for start in range(0, len(frames), batch_size):
        batch = torch.from_numpy(np.ascontiguousarray(frames[start : start + batch_size]))
        with torch.autocast(device.type, torch.bfloat16):
            pictures = reduced(batch.to(device))
            maps = network.look(pictures)
            who, heat, votes = network.find(maps)
            boxes = elect(heat, votes)
            second = [each[:, ::2] for each in (pictures, *maps, boxes, heat)]
            features, scores = network.watch(second[0], second[1:3], *second[3:])
        who = who.float().softmax(2)[:, :, :NOBODY].amax(-1)
        read = {'who': who, 'boxes': boxes, 'features': features} | {
            f'scores {head}': logits for head, logits in scores.items()
        }
        parts.append({name: values.float().cpu().numpy() for name, values in read.items()})
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    scores = {head: whole[f'scores {head}'] for head in LABELS if head != WHO}
    scores[WHO] = whole['who'].mean(1)
    return Readings(whole['who'], whole['boxes'], scores, whole['features'])
