"""Stage `denoiser`: learns from the latent pool to plan and to paint, within a time budget."""

import time

import torch
import torch.nn.functional as F

from ..autoencoder.train import load_autoencoder
from ..contact_sheet import contact_sheet
from ..text_encoder import load_text_encoder
from ..training import Training, adamw
from .batch import NO_TEXT_CHANCE, Batches
from .network import Denoiser, pooled
from .noise import add_noise, draw_given, draw_times
from .pool import LatentPool
from .sample import Sampler
from .staging import presence_of, staging_error

PLAN_FRACTION = 0.13  # until here the planner learns alone, so that what it says is worth painting
PLAN_EVERY = 4  # steps, from then on: small batches alone would unsettle it
BRUSH_FRACTION = 0.5  # from PLAN_FRACTION until here the brush learns without the transformer
BRUSH_CLIPS_PER_CLIP = 4  # that cost less than a window
BRUSHED_FRACTION = 0.25  # of a clip's tokens
OPEN_CHANCE = 0.15  # of a token without an actor to be among them, beside 1 of one with
PLANS_PER_CLIP = 8  # that cost as much as a window
FULL_FRACTION = 0.85  # from here on no token is routed around the middle blocks
STAGING_JITTER = 0.02  # of true stagings: a planner's are never exact
PRESENCE_WEIGHT, NAME_WEIGHT = 0.1, 0.1
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
VALIDATION_TIMES = (0.25, 0.5, 0.75, 1.0)


def train_denoiser(run, minutes, pool_minutes, initial=None):
    """Fills the pool, trains within the minutes and saves `denoiser.pt`."""
    settings = run.settings.denoiser
    autoencoder = load_autoencoder(run)
    text_encoder = load_text_encoder(run)
    pool = LatentPool(run, autoencoder)
    denoiser = new_denoiser(run)
    if initial is not None:
        denoiser.load_state_dict(initial)
    with pool.stream() as stream:
        try:
            pool.fill(stream, 60 * pool_minutes)
            stream = stream if run.device.type == 'cuda' else None
            training = Training(
                run, 'denoiser', denoiser, [adamw(denoiser, settings.learning_rate)], minutes
            )
            # Without guidance it need not know what to do without text.
            no_text_chance = NO_TEXT_CHANCE if settings.guidance != 1 else 0
            batches = Batches(run, pool, text_encoder, training.step_count, no_text_chance)
            learn(run, training, batches, pool, stream)
        finally:
            pool.save()
    run.save('denoiser', training.average.state_dict())
    sampler = teacher_sampler(run, training.average, autoencoder, text_encoder)
    show(run, sampler, training.step_count)


def learn(run, training, batches, pool, stream):
    """The steps; fresh clips take old ones' places where filming costs the trainer nothing."""
    if run.settings.compiled:
        for block in [*training.network.blocks, training.network.brush]:
            block.compile(dynamic=True)  # once for all picture sizes and numbers of tokens
    sampler = teacher_sampler(run, training.average, pool.autoencoder, batches.text_encoder)
    held = batches.held()
    shown = time.monotonic()
    for step in training.steps():
        for _ in range(FRESH_CLIPS_PER_STEP if stream else 0):
            if clip := stream.take(timeout_seconds=0):
                pool.put(clip)
        teach = lesson_at(step, training.fraction)
        losses = teach(run.settings.denoiser, training, batches)
        training.update(sum(losses.values()), **losses)
        if step % 500 == 499:
            validate(run, training, held)
        if time.monotonic() - shown > SAMPLE_SECONDS:
            show(run, sampler, step)
            shown = time.monotonic()


def lesson_at(step, fraction):
    """The lesson of a step: the planner's first, then the brush's, then that of the whole."""
    if fraction < PLAN_FRACTION or step % PLAN_EVERY == 0:
        return plan_lesson
    return brush_lesson if fraction < BRUSH_FRACTION else lesson


def plan_lesson(settings, training, batches):
    """The losses of the planner alone, on a larger batch."""
    batch = batches.draw(settings.batch_size * PLANS_PER_CLIP)
    with torch.autocast(batch.text.device.type, torch.bfloat16):
        plan = training.network.plan(*noised_inputs(batch, 1.0)[0], batch.luck)
    return plan_losses(plan, batch)


def brush_lesson(settings, training, batches):
    """The loss of the brush alone, on tokens of many clips, most of them with an actor."""
    batch = batches.draw(settings.batch_size * BRUSH_CLIPS_PER_CLIP)
    network, device = training.network, batch.text.device
    with torch.autocast(device.type, torch.bfloat16):
        with torch.no_grad():
            plan = network.plan(*noised_inputs(batch, 1.0)[0], batch.luck)
            staged = network.stage(plan, *true_staging(batch, plan), batch.grid)
        chance = OPEN_CHANCE + batch.cover.flatten(1)
        chosen = torch.multinomial(chance, int(chance.shape[1] * BRUSHED_FRACTION))
        clean = network.brush(staged.of(chosen), pooled(batch.text))
    row = torch.arange(len(chosen), device=device)[:, None]
    return {'brushed': F.mse_loss(clean.float(), batch.tokens.flatten(1, 2)[row, chosen])}


def lesson(settings, training, batches):
    """The loss of the clean tokens of one batch."""
    batch = batches.draw(settings.batch_size)
    network, device = training.network, batch.text.device
    inputs, noised = noised_inputs(batch, draw_times(settings, len(batch.text), device))
    keep = None
    if training.fraction < FULL_FRACTION:
        token_count = batch.tokens.shape[1] * batch.tokens.shape[2]
        kept_count = int(token_count * settings.keep_fraction)
        keep = torch.randperm(token_count, device=device)[:kept_count].sort().values
    with torch.autocast(device.type, torch.bfloat16):
        plan = network.plan(*inputs, batch.luck)
        staged = network.stage(plan, *true_staging(batch, plan), batch.grid)
        velocity = network.paint(*inputs, staged, keep)
    # Divided by the time in the network, so that here it is the error of the clean tokens.
    error = (velocity - noised.velocity).square().mean(-1) * noised.times[..., None] ** 2
    weight = (1 + settings.actor_weight * batch.cover) * noised.asked[..., None]
    return {'clean': (error * weight).sum() / weight.sum()}


def noised_inputs(batch, times):
    """What a denoiser takes of a batch under noise of these levels, [B] or one, and the Noised."""
    device, count = batch.tokens.device, len(batch.tokens)
    given = draw_given(count, batch.is_film_start, device)
    first = torch.full((count,), int(batch.is_film_start), device=device)
    times = torch.as_tensor(times, device=device).expand(count)
    noised = add_noise(batch.tokens, given, times)
    return (noised.tokens, noised.times, batch.text, first, batch.grid), noised


def true_staging(batch, plan):
    """The staging and presence to paint: the true ones, a little off, as a planner's always are.

    From planned stagings the painter would learn to blur what they have wrong; a body that is
    sharp in a place of its own is nearer to what was asked.
    """
    off = batch.staging + STAGING_JITTER * torch.randn_like(batch.staging)
    return torch.where(off.isnan(), plan.staging.detach(), off), presence_of(batch.staging)


def plan_losses(plan, batch):
    presence = presence_of(batch.staging)
    missed = F.binary_cross_entropy_with_logits(plan.presence, presence)
    misnamed = F.cross_entropy(plan.names.float().flatten(0, 1), batch.names.flatten())
    return {
        'staging': staging_error(plan.staging, batch.staging),
        'presence': PRESENCE_WEIGHT * missed,
        'names': NAME_WEIGHT * misnamed,
    }


@torch.no_grad()
def validate(run, training, batch):
    """Logs the average network's error of clean tokens at fixed noise levels, and of its plan."""
    tokens = batch.tokens
    generator = torch.Generator(run.device).manual_seed(0)
    noise = torch.randn(tokens.shape, generator=generator, device=run.device)
    first = torch.full((len(tokens),), int(batch.is_film_start), device=run.device)
    errors = {}
    for level in VALIDATION_TIMES:
        times = torch.full(tokens.shape[:2], level, device=run.device)
        with torch.autocast(run.device.type, torch.bfloat16):
            velocity, plan = training.average(
                torch.lerp(tokens, noise, level), times, batch.text, first, batch.grid, batch.luck
            )
        error = level**2 * (velocity - noise + tokens).square().mean()
        errors[f'error_at_{level}'] = round(float(error), 4)
    errors['staging_error'] = round(float(staging_error(plan.staging, batch.staging)), 4)
    run.log('denoiser', step=training.step_count, **errors)


def new_denoiser(run):
    settings = run.settings.denoiser
    sizes = settings.width, settings.depth, settings.head_count
    planner = settings.planner_width, settings.planner_depth
    brush = settings.brush_width, settings.brush_depth
    return Denoiser(*sizes, *planner, *brush).to(run.device)


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
