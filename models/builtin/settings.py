"""Everything that a run decides beforehand, as three presets: tiny, cpu and gpu."""

from dataclasses import asdict, dataclass, replace

from .quantize import PackBits, TextBits

FRAMES_PER_SECOND = 12

# Whom two cores have the time to learn: unlike each other, and asked for often.
FAMILIAR_CAST = (
    'dog', 'cat', 'rabbit', 'tiger', 'horse', 'unicorn', 'cow', 'pig', 'giraffe', 'elephant',
    'duck', 'flamingo', 'dinosaur', 'monkey', 'penguin', 'crab', 'fox', 'lion', 'panda', 'frog',
    'whale', 'fish', 'shark', 'dragon', 'butterfly', 'girl', 'astronaut', 'superhero', 'wizard',
    'robot', 'ghost', 'snowman', 'car', 'bus', 'rocket', 'UFO', 'soccer ball', 'smiley', 'balloon',
    'hamburger',
)  # fmt: skip


@dataclass(frozen=True)
class AutoencoderSettings:
    encoder: tuple = ((64, 1), (96, 3))  # (width, residual blocks), from the picture inwards
    decoder: tuple = ((128, 4), (80, 3))  # the same, outwards
    batch_size: int = 16
    learning_rate: float = 1e-3
    latent_noise: float = 0.05  # makes neighbouring latents decode alike


@dataclass(frozen=True)
class DenoiserSettings:
    width: int = 320
    depth: int = 6
    head_count: int = 5
    planner_width: int = 256
    planner_depth: int = 5
    brush_width: int = 384
    brush_depth: int = 3
    batch_size: int = 8
    learning_rate: float = 1e-3
    pool_clip_count: int = 12_000  # clips kept as latents; a fresh one replaces the oldest
    keep_fraction: float = 0.5  # of latent tokens that pass the middle blocks, until the last part
    actor_weight: float = 4.0  # how much more a token counts that an actor covers
    pure_noise_chance: float = 0.7  # of no clue but the caption, whose meaning is learned there
    time_centre: float = 0.0  # of the other, logit-normal noise levels
    time_deviation: float = 1.1
    shift: float = 3.0  # t' = shift t / (1 + (shift - 1) t)
    step_count: int = 16
    guidance: float = 1.0


@dataclass(frozen=True)
class StudentSettings:
    step_count: int = 4
    teacher_step_count: int = 16  # over the whole way, so 4 inside each of the student's steps
    batch_size: int = 8
    learning_rate: float = 2e-4


@dataclass(frozen=True)
class Settings:
    """One run. Sizes are (width, height) in pixels; the first is the native one."""

    preset: str
    sizes: tuple = ((128, 128), (176, 96), (96, 176))
    size_weights: tuple = (0.7, 0.15, 0.15)
    untrained_sizes: tuple = ((144, 112),)  # made with the same weights
    cast: tuple = ()  # the names that act; nobody named means everybody
    vary: float = 0.5  # how much is left to chance that no caption says: costs training time
    rendered_clip_count: int = 3000  # whole clips for the autoencoder and the classifiers
    evaluated_clip_count: int = 120  # of seen combinations, and as many of held-out ones
    compiled: bool = True
    step_limit: int | None = None  # steps of each training, instead of its minutes
    seed: int = 1
    text_bits: TextBits = TextBits()
    pack_bits: PackBits = PackBits()
    autoencoder: AutoencoderSettings = AutoencoderSettings()
    denoiser: DenoiserSettings = DenoiserSettings()
    student: StudentSettings = StudentSettings()

    def as_dict(self):
        return asdict(self)


CPU = Settings(
    preset='cpu',
    cast=FAMILIAR_CAST,
    vary=0.0,
    text_bits=TextBits(attention=4, mlp=4),
    pack_bits=PackBits(denoiser_pooled=4),
)

GPU = replace(
    CPU,
    preset='gpu',
    cast=(),
    sizes=((256, 256), (320, 176), (176, 320)),
    untrained_sizes=((288, 224),),
    vary=0.5,
    rendered_clip_count=4000,
    evaluated_clip_count=400,
    text_bits=TextBits(words=4, attention=4, mlp=4),
    pack_bits=PackBits(denoiser_pooled=4, residual=8),
    autoencoder=AutoencoderSettings(
        encoder=((64, 2), (128, 4)), decoder=((160, 4), (96, 4)), batch_size=64
    ),
    denoiser=DenoiserSettings(
        width=384,
        depth=6,
        head_count=6,
        batch_size=96,
        pool_clip_count=100_000,
        pure_noise_chance=0.3,
        time_centre=0.8,
        time_deviation=1.2,
        step_count=24,
        guidance=4.0,
    ),
    student=StudentSettings(batch_size=64),
)

TINY = replace(
    CPU,
    preset='tiny',
    cast=FAMILIAR_CAST[:4],
    sizes=((64, 64), (96, 48)),
    size_weights=(0.75, 0.25),
    untrained_sizes=(),
    rendered_clip_count=48,
    evaluated_clip_count=6,
    compiled=False,
    step_limit=60,
    autoencoder=AutoencoderSettings(encoder=((32, 1), (32, 1)), decoder=((32, 1), (32, 1))),
    denoiser=DenoiserSettings(
        width=64,
        depth=3,
        head_count=2,
        planner_width=64,
        planner_depth=2,
        brush_width=64,
        pool_clip_count=96,
        step_count=8,
        learning_rate=3e-3,
    ),
    student=StudentSettings(step_count=2, teacher_step_count=8),
)

PRESETS = {preset.preset: preset for preset in (TINY, CPU, GPU)}
