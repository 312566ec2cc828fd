"""Stage `evaluate`: how well rendered and generated clips show what was asked.

Rendered truth goes first, as it is and through the autoencoder: nothing generated can be expected
to be read better than that.
"""

import datetime
import json
import os

import torch

from ..autoencoder.train import load_autoencoder
from ..clip_stream import ClipStream
from ..contact_sheet import contact_sheet
from ..denoiser.train import teacher_sampler
from ..distil import load_denoiser, student_sampler
from ..latents import WINDOW, picture_count
from ..run_folder import write_whole
from ..sprites import Sprites
from ..text_encoder import load_text_encoder
from .classifier import read_clips, train_classifier
from .clips import decode_clips, film_sets, generate_clips
from .measure import measure
from .order import LessonOrder
from .prompts import CARD_PROMPTS, SEEN, prompt_sets
from .table import markdown_table

TRUTH, DECODED = 'truth', 'truth through the autoencoder'
DECODED_FRACTION = {'cuda': 0.5, 'cpu': 0.25}  # of the classifier's clips: what each can afford
REFERENCE_FACTOR = 2  # reference renders for each prompt of seen combinations
CLASSIFIER_SEED, EVALUATION_SEED, REFERENCE_SEED, CARD_SEED = 71, 72, 73, 0
TRAINED_STAGES = 'autoencoder', 'denoiser', 'distil', 'classifier'


def evaluate(run, minutes):
    """Trains the classifier within the minutes, then judges truth, teacher and student.

    Leaves figures.json, table.md and a contact sheet of the card's prompts for each sampler in
    the run's folder `evaluation`; returns subject -> figures.
    """
    folder = run.path / 'evaluation'
    folder.mkdir(exist_ok=True)
    autoencoder = load_autoencoder(run)
    network = learn_to_read(run, minutes, autoencoder).eval()
    sprites = Sprites.load(run.cache_folder)
    asked = asked_sets(run, run.settings.evaluated_clip_count, EVALUATION_SEED)
    reference = reference_features(run, network, sprites)
    figures, weakest = {}, {}

    def judge(subject, clips):
        figures[subject], weakest[subject] = measure(network, clips, asked, reference)

    truth = film_sets(asked, sprites, run.settings.sizes[0])
    judge(TRUTH, truth)
    judge(
        DECODED,
        {name: decode_clips(autoencoder, clips, run.device) for name, clips in truth.items()},
    )
    for subject, sampler in samplers(run, autoencoder).items():
        judge(subject, generate_sets(run, folder, subject, sampler, asked))
        write_card_sheet(run, folder, subject, sampler)
    write_report(run, folder, figures, weakest)
    return figures


def learn_to_read(run, minutes, autoencoder):
    """The classifier, trained on fresh clips."""
    order = LessonOrder.of(run, picture_count(WINDOW), CLASSIFIER_SEED)
    # The training itself keeps one core busy.
    with ClipStream(order, max(1, os.cpu_count() - 1)) as stream:
        clips = iter(stream.take, None)
        fraction = DECODED_FRACTION[run.device.type]
        return train_classifier(run, clips, minutes, autoencoder, fraction)


def asked_sets(run, count, seed, **options):
    width_px, height_px = run.settings.sizes[0]
    settings = run.settings
    return prompt_sets(
        count,
        aspect=width_px / height_px,
        vary=settings.vary,
        cast=settings.cast,
        seed=seed,
        **options,
    )


def reference_features(run, network, sprites):
    """Features of other renders of seen combinations, which every subject is compared with."""
    count = REFERENCE_FACTOR * run.settings.evaluated_clip_count
    others = asked_sets(run, count, REFERENCE_SEED, names=(SEEN,))
    return read_clips(network, film_sets(others, sprites, run.settings.sizes[0])[SEEN]).features


def samplers(run, autoencoder):
    """The teacher, and the student if there is one yet."""
    text_encoder = load_text_encoder(run)
    found = {
        'teacher': teacher_sampler(run, load_denoiser(run, 'denoiser'), autoencoder, text_encoder)
    }
    if (run.path / 'student.pt').exists():
        student = load_denoiser(run, 'student')
        found['student'] = student_sampler(run, student, autoencoder, text_encoder)
    return found


def generate_sets(run, folder, subject, sampler, asked):
    return {
        name: generate_clips(
            folder / 'clips',
            f'{subject} {name}',
            sampler,
            prompts.captions,
            prompts.seeds,
            run.settings.sizes[0],
            prompts.picture_count,
        )
        for name, prompts in asked.items()
    }


def write_card_sheet(run, folder, subject, sampler):
    """The card's prompts, every one with the same seed and none picked."""
    films = generate_clips(
        folder / 'clips',
        f'{subject} card',
        sampler,
        CARD_PROMPTS,
        (CARD_SEED,) * len(CARD_PROMPTS),
        run.settings.sizes[0],
        picture_count(WINDOW),
    )
    contact_sheet(films, CARD_PROMPTS).save(folder / f'{subject}.webp', quality=90)


def training_cost(run):
    """What the run's training took, in words."""
    states = {stage: run.load(f'{stage}-training') for stage in TRAINED_STAGES}
    spent = [
        f'{stage} {state["elapsed_seconds"] / 60:.0f} min'
        for stage, state in states.items()
        if state is not None
    ]
    if run.device.type == 'cuda':
        machine = torch.cuda.get_device_name(run.device)
    else:
        machine = f'{torch.get_num_threads()} CPU cores'
    return f'{", ".join(spent)} on {machine}'


def write_report(run, folder, figures, weakest):
    date, cost = datetime.date.today().isoformat(), training_cost(run)
    count = run.settings.evaluated_clip_count
    facts = {'date': date, 'seed': EVALUATION_SEED, 'prompt_count': count, 'cost': cost}
    text = json.dumps(
        facts | {'figures': figures, 'weakest': weakest}, indent=2, ensure_ascii=False
    )
    write_whole(folder / 'figures.json', lambda part: part.write_text(text))
    heading = (
        f'{count} prompts of seen and {count} of held-out combinations, '
        f'seed {EVALUATION_SEED}, {date}; training: {cost}.\n\n'
    )
    table = heading + markdown_table(figures)
    write_whole(folder / 'table.md', lambda part: part.write_text(table))
