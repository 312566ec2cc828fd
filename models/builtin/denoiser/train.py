"""Stage `denoiser`: learns to predict velocities from the latent pool, within a time budget."""

import time

import torch
import torch.nn.functional as F
from torch import nn

from ..autoencoder.train import load_autoencoder
from ..contact_sheet import contact_sheet
from ..latents import WINDOW
from ..text_encoder import load_text_encoder
from ..training import Training, adamw
from ..world.cast import CAST
from .batch import Batches
from .network import Denoiser, RMSNorm
from .noise import add_noise, draw_given, draw_times
from .pool import LatentPool
from .sample import Sampler

FULL_FRACTION = 0.85  # from here on no token is routed around the middle blocks
STILL_FRACTION = 0.6  # from here on no batch is of single latent frames
STILLS_PER_CLIP = 4  # single frames that cost as much as a window
FRESH_CLIPS_PER_STEP = 64  # at most
SAMPLE_SECONDS = 240
SAMPLE_PROMPTS = (
    'a fox jumps up and down on the beach at sunset',
    'a panda dances in the snow',
    'a red car drives to the right in the city at night',
    'an astronaut floats in the air on the moon, the camera zooms in',
    'a dog chases a cat to the right in a meadow',
    'a whale swims to the left under water',
)
VALIDATION_TIMES = (0.2, 0.5, 0.8, 0.95)


class Learner(nn.Module):
    """The denoiser and a head that names the actor on each token, which only training uses."""

    def __init__(self, settings):
        super().__init__()
        self.denoiser = Denoiser(settings.width, settings.depth, settings.head_count)
        self.name = nn.Sequential(RMSNorm(settings.width), nn.Linear(settings.width, len(CAST)))


def train_denoiser(run, minutes, pool_minutes, initial=None):
    """Fills the pool, trains within the minutes and saves `denoiser.pt`."""
    settings = run.settings.denoiser
    autoencoder = load_autoencoder(run)
    text_encoder = load_text_encoder(run)
    pool = LatentPool(run, autoencoder)
    learner = Learner(settings).to(run.device)
    if initial is not None:
        learner.denoiser.load_state_dict(initial)
    with pool.stream() as stream:
        try:
            pool.fill(stream, 60 * pool_minutes)
            stream = stream if run.device.type == 'cuda' else None
            training = Training(
                run, 'denoiser', learner, [adamw(learner, settings.learning_rate)], minutes
            )
            batches = Batches(run, pool, text_encoder, training.step_count)
            learn(run, training, batches, pool, stream)
        finally:
            pool.save()
    run.save('denoiser', training.average.denoiser.state_dict())
    sampler = teacher_sampler(run, training.average.denoiser, autoencoder, text_encoder)
    show(run, sampler, training.step_count)


def learn(run, training, batches, pool, stream):
    """The steps; fresh clips take old ones' places where filming costs the trainer nothing."""
    if run.settings.compiled:
        for block in training.network.denoiser.blocks:
            block.compile(dynamic=True)  # once for all picture sizes and numbers of tokens
    sampler = teacher_sampler(
        run, training.average.denoiser, pool.autoencoder, batches.text_encoder
    )
    held = batches.held()
    shown = time.monotonic()
    for step in training.steps():
        for _ in range(FRESH_CLIPS_PER_STEP if stream else 0):
            if clip := stream.take(timeout_seconds=0):
                pool.put(clip)
        losses = lesson(run.settings.denoiser, training, batches)
        loss = losses['velocity'] + run.settings.denoiser.label_weight * losses['label']
        training.update(loss, **losses)
        if step % 500 == 499:
            validate(run, training, held)
        if time.monotonic() - shown > SAMPLE_SECONDS:
            show(run, sampler, step)
            shown = time.monotonic()


def lesson(settings, training, batches):
    """The losses of one batch: of whole windows or, more often early on, of one latent frame each.

    A single frame costs a fifth, so who and where are learned from several times as many clips.
    """
    still_chance = settings.still_chance * max(0, 1 - training.fraction / STILL_FRACTION)
    if torch.rand(()) < still_chance:
        batch = batches.draw(settings.batch_size * STILLS_PER_CLIP)
        frames = (int(torch.randint(WINDOW, ())),)
        given = torch.zeros(len(batch.tokens), 1, dtype=torch.bool, device=batch.tokens.device)
    else:
        batch = batches.draw(settings.batch_size)
        frames = tuple(range(WINDOW))
        given = draw_given(len(batch.tokens), batch.is_film_start, batch.tokens.device)
    routed = len(frames) > 1 and training.fraction < FULL_FRACTION
    with torch.autocast(batch.tokens.device.type, torch.bfloat16):
        return losses_of(settings, training.network, batch, frames, given, routed)


def losses_of(settings, learner, batch, frames, given, routed):
    """The weighted squared error of the velocity, and of the names of the actors on the tokens."""
    device = batch.tokens.device
    tokens, cover, labels = (x[:, frames] for x in (batch.tokens, batch.cover, batch.labels))
    times = draw_times(len(tokens), settings.time_centre, settings.time_deviation, device)
    noised = add_noise(tokens, given, times)
    first = torch.full((len(tokens),), int(batch.is_film_start), device=device)
    labels, keep = labels.flatten(1, 2), None
    if routed:
        kept_count = int(labels.shape[1] * settings.keep_fraction)
        keep = torch.randperm(labels.shape[1], device=device)[:kept_count].sort().values
        labels = labels[:, keep]
    velocity, features = learner.denoiser(
        noised.tokens, noised.times, batch.text, first, batch.grid, keep, frames
    )
    error = (velocity.float() - noised.velocity).square().mean(-1)
    weight = (1 + settings.actor_weight * cover) * noised.asked[..., None]
    return {
        'velocity': (error * weight).sum() / weight.sum(),
        'label': F.binary_cross_entropy_with_logits(learner.name(features).float(), labels),
    }


@torch.no_grad()
def validate(run, training, batch):
    """Logs the average network's error at fixed noise levels, on clips with fixed noise."""
    tokens = batch.tokens
    generator = torch.Generator(run.device).manual_seed(0)
    noise = torch.randn(tokens.shape, generator=generator, device=run.device)
    first = torch.full((len(tokens),), int(batch.is_film_start), device=run.device)
    errors = {}
    for level in VALIDATION_TIMES:
        times = torch.full(tokens.shape[:2], level, device=run.device)
        with torch.autocast(run.device.type, torch.bfloat16):
            velocity, _ = training.average.denoiser(
                torch.lerp(tokens, noise, level), times, batch.text, first, batch.grid
            )
        errors[f'error_at_{level}'] = round(float((velocity - noise + tokens).square().mean()), 4)
    run.log('denoiser', step=training.step_count, **errors)


def teacher_sampler(run, denoiser, autoencoder, text_encoder):
    settings = run.settings.denoiser
    return Sampler(
        denoiser,
        autoencoder,
        text_encoder,
        settings.step_count,
        settings.guidance,
        settings.shift,
    )


def show(run, sampler, step, stage='denoiser'):
    """Writes what a few prompts look like now."""
    films = sampler.film(SAMPLE_PROMPTS, [0] * len(SAMPLE_PROMPTS), run.settings.sizes[0])
    folder = run.path / 'samples'
    folder.mkdir(exist_ok=True)
    contact_sheet(films, SAMPLE_PROMPTS).save(folder / f'{stage}-{step:06}.png')
