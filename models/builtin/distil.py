"""Stage `distil`: a student that needs four steps and no guidance learns from the guided teacher.

Each of the student's steps learns where the teacher gets over the same stretch in several guided
ones (after Salimans & Ho 2022 and Meng et al. 2023), half of the time from where the student
itself has come, so that it learns to mend its own errors.
"""

import copy

import torch

from .autoencoder.train import load_autoencoder
from .denoiser.batch import Batches
from .denoiser.noise import draw_given
from .denoiser.pool import LatentPool
from .denoiser.sample import Sampler, follow, sample_times
from .denoiser.train import new_denoiser, show
from .text_encoder import load_text_encoder
from .training import Training, adamw

OWN_WAY_CHANCE = 0.5
VALIDATE_EVERY = 500  # steps


def distil(run, minutes):
    """Trains within the minutes and saves `student.pt`."""
    settings = run.settings
    autoencoder = load_autoencoder(run)
    text_encoder = load_text_encoder(run)
    teacher = load_denoiser(run, 'denoiser')
    student = copy.deepcopy(teacher).requires_grad_(True).train()
    pool = LatentPool(run, autoencoder)
    optimizer = adamw(student, settings.student.learning_rate)
    training = Training(run, 'distil', student, [optimizer], minutes)
    # A student follows no guidance, so it need not know what to do without text.
    batches = Batches(run, pool, text_encoder, training.step_count, no_text_chance=0)
    if settings.compiled:
        for block in [*student.blocks, *teacher.blocks]:
            block.compile(dynamic=True)
    stretch = TeacherStretch(settings, teacher)
    held = batches.held()
    validate(run, training, stretch, held)
    for step in training.steps():
        batch = batches.draw(settings.student.batch_size)
        with torch.autocast(run.device.type, torch.bfloat16):
            loss = stretch_loss(student, *stretch.drawn_examples(batch, training.average))
        training.update(loss)
        if step % VALIDATE_EVERY == VALIDATE_EVERY - 1:
            validate(run, training, stretch, held)
    validate(run, training, stretch, held)
    run.save('student', training.average.state_dict())
    sampler = student_sampler(run, training.average, autoencoder, text_encoder)
    show(run, sampler, training.step_count, 'distil')


def load_denoiser(run, name):
    """A trained denoiser, frozen: `denoiser` or `student`."""
    network = new_denoiser(run)
    network.load_state_dict(run.need(name, 'distil' if name == 'student' else name))
    return network.requires_grad_(False).eval()


def student_sampler(run, student, autoencoder, text_encoder):
    return Sampler(
        student,
        autoencoder,
        text_encoder,
        run.settings.student.step_count,
        1,
        run.settings.denoiser.shift,
    )


class TeacherStretch:
    """What a student's step should do, told by several guided steps of the teacher."""

    def __init__(self, settings, teacher):
        self.teacher, self.guidance = teacher, settings.denoiser.guidance
        step_count, shift = settings.student.step_count, settings.denoiser.shift
        self.inner_count = settings.student.teacher_step_count // step_count
        self.fine_times = sample_times(step_count * self.inner_count, shift).tolist()
        self.times = self.fine_times[:: self.inner_count]

    def drawn_examples(self, batch, student):
        """The examples of any stretch, from the truth or from where the student itself has come."""
        step = int(torch.randint(len(self.times) - 1, ()))
        own_way = step > 0 and torch.rand(()) < OWN_WAY_CHANCE
        return self.examples(batch, step, student if own_way else None)

    @torch.no_grad()
    def examples(self, batch, step, student=None):
        """A batch -> tokens, their time, the velocity to be learned, and what `follow` takes."""
        device, count = batch.tokens.device, len(batch.tokens)
        asked = (~draw_given(count, batch.is_film_start, device)).float()
        first = torch.full((count,), int(batch.is_film_start), device=device)
        rest = asked, batch.text, first, batch.grid
        levels = (1.0 if student else self.times[step]) * asked
        tokens = torch.lerp(batch.tokens, torch.randn_like(batch.tokens), levels[..., None, None])
        if student:
            tokens = follow(student, 1, tokens, self.times[: step + 1], *rest)
        inner = self.fine_times[step * self.inner_count : (step + 1) * self.inner_count + 1]
        end = follow(self.teacher, self.guidance, tokens, inner, *rest)
        velocity = (end - tokens) / (self.times[step + 1] - self.times[step])
        return tokens, self.times[step], velocity, *rest


@torch.no_grad()
def validate(run, training, stretch, batch):
    """Logs the average student's error over all stretches, on clips with the same noise each time."""
    with torch.random.fork_rng(), torch.autocast(run.device.type, torch.bfloat16):
        torch.manual_seed(0)
        losses = [
            stretch_loss(training.average, *stretch.examples(batch, step))
            for step in range(len(stretch.times) - 1)
        ]
    run.log('distil', step=training.step_count, held_loss=round(float(sum(losses)), 4))


def stretch_loss(student, tokens, time, velocity, asked, text, first, grid):
    predicted, _ = student(tokens, time * asked, text, first, grid)
    error = (predicted.float() - velocity).square().mean((-1, -2))
    return (error * asked).sum() / asked.sum()
