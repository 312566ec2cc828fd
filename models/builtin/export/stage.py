"""Stage `export`: the student, or the teacher while there is none, becomes a pack's files."""

import random

from pack_source import PackFacts, Part

from ..autoencoder.train import load_autoencoder
from ..distil import load_denoiser
from ..latents import WINDOW, picture_count
from ..sprites import Sprites
from ..text_encoder import load_text_encoder
from ..world.film import film
from ..world.scene import sample_scene
from .check import check_export
from .pack import export_pack
from .words import world_fits, world_words

MINILM = 'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2'
FLUENT_EMOJI = 'https://github.com/microsoft/fluentui-emoji'
OWN = 'our own, trained on renders of Fluent emoji by Microsoft'
PARTS = (
    Part('Text encoder: all-MiniLM-L6-v2, rounded', 'Apache-2.0', MINILM),
    Part(f'Denoiser: {OWN}', 'MIT', FLUENT_EMOJI),
    Part(f'Decoder: {OWN}', 'MIT', FLUENT_EMOJI),
    Part(f'Frame encoder: {OWN}', 'MIT', FLUENT_EMOJI),
)
EXAMPLES = (
    'a red car drives to the right on a city street at night',
    'a balloon floats in the air in a green meadow',
    'a crab walks to the right on the beach at sunset',
    'a whale swims to the right under water',
)
SCENE_SEED = 0  # of the clips that the graphs are checked on


def export(run, pack_id):
    """Writes and checks the run's folder `export`, which `npm run pack` makes a pack of."""
    folder = run.path / 'export'
    is_distilled = (run.path / 'student.pt').exists()
    networks = (
        load_autoencoder(run),
        load_denoiser(run, 'student' if is_distilled else 'denoiser'),
        load_text_encoder(run),
    )
    facts, bits = pack_facts(run.settings, pack_id, is_distilled), run.settings.pack_bits
    sizes = export_pack(folder, *networks, facts, bits)
    check_export(folder, *networks, lambda *size: real_frames(run, *size), bits)
    print(f'{folder}: {sum(sizes.values()) / 1e6:.1f} MB')


def pack_facts(settings, pack_id, is_distilled):
    schedule = settings.student if is_distilled else settings.denoiser
    return PackFacts(
        id=pack_id,
        title='Zoetrope, own world',
        sizes=settings.sizes + settings.untrained_sizes,
        parts=PARTS,
        step_count=schedule.step_count,
        guidance=1 if is_distilled else schedule.guidance,
        shift=settings.denoiser.shift,
        examples=EXAMPLES,
        words=world_words(settings.cast),
        fits=world_fits(settings.cast),
    )


def real_frames(run, width_px, height_px):
    """A rendered clip of a size, uint8 [17, height, width, 3]."""
    settings = run.settings
    scene = sample_scene(
        random.Random(SCENE_SEED),
        aspect=width_px / height_px,
        vary=settings.vary,
        cast=settings.cast,
    )
    sprites = Sprites.load(run.cache_folder)
    return film(scene, sprites, picture_count(WINDOW), height_px, width_px).frames
