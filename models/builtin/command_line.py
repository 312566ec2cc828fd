"""The command line: `python -m builtin STAGE --run FOLDER`, from the folder models/."""

import argparse
import signal
import sys
from pathlib import Path

import torch

from .autoencoder.train import new_autoencoder, train_autoencoder
from .denoiser.train import new_denoiser, train_denoiser
from .distil import distil
from .evaluate.stage import evaluate
from .export.stage import export
from .export.unpack import read_pack
from .render import render
from .run_folder import Run
from .settings import PRESETS
from .sprites import fetch_sprites
from .text_encoder import fetch_text_encoder

CACHE_FOLDER = Path(__file__).parent / '.cache'
SHARES = {
    'autoencoder': 0.15,
    'latents': 0.1,
    'denoiser': 0.5,
    'distil': 0.15,
    'evaluate': 0.1,
}  # of the minutes of `all`


def fetch(run, options):
    fetch_sprites(run.cache_folder, stills_only=run.settings.preset == 'tiny')
    fetch_text_encoder(run.cache_folder)


def initial_state(run, options, name):
    """The state that --init FOLDER holds under a name, to begin from; None without the option."""
    if options.init is None:
        return None
    if (options.init / 'pack.json').exists():
        networks = {'autoencoder': new_autoencoder(run), 'denoiser': new_denoiser(run)}
        networks = {kind: network.cpu() for kind, network in networks.items()}
        read_pack(options.init, **networks, bits=run.settings.pack_bits)
        return networks[name].state_dict()
    return torch.load(options.init / f'{name}.pt', map_location='cpu', weights_only=True)


def learn_pictures(run, options):
    initial = initial_state(run, options, 'autoencoder')
    train_autoencoder(run, options.minutes['autoencoder'], initial)


def learn_films(run, options):
    minutes = options.minutes
    initial = initial_state(run, options, 'denoiser')
    train_denoiser(run, minutes['denoiser'], minutes['latents'], initial)


STAGES = {
    'sprites': fetch,
    'render': lambda run, options: render(run),
    'autoencoder': learn_pictures,
    'denoiser': learn_films,
    'distil': lambda run, options: distil(run, options.minutes['distil']),
    'export': lambda run, options: export(run, options.id),
    'evaluate': lambda run, options: evaluate(run, options.minutes['evaluate']),
}


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog='python -m builtin', description=__doc__)
    parser.add_argument('stage', choices=[*STAGES, 'all'], help='all runs the others in this order')
    parser.add_argument('--run', type=Path, required=True, help='the folder of the run')
    parser.add_argument(
        '--preset', choices=PRESETS, default='gpu' if torch.cuda.is_available() else 'cpu'
    )
    parser.add_argument(
        '--tiny', dest='preset', action='store_const', const='tiny', help='the preset of the tests'
    )
    parser.add_argument(
        '--minutes', type=float, default=60, help='the budget of one stage, or of all (default 60)'
    )
    parser.add_argument('--init', type=Path, help='a pack, or a folder of weights, to begin from')
    parser.add_argument('--id', default='zoetrope-own', help="the exported pack's id")
    parser.add_argument('--cache', type=Path, default=CACHE_FOLDER, help='sprites, text encoder')
    options = parser.parse_args(arguments)
    shares = SHARES if options.stage == 'all' else dict.fromkeys(SHARES, 1)
    options.minutes = {stage: options.minutes * share for stage, share in shares.items()}
    return options


def main(arguments):
    options = parse_arguments(arguments)
    # A polite kill leaves a checkpoint, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run = Run.open(options.run, options.preset, options.cache)
        for stage in STAGES if options.stage == 'all' else [options.stage]:
            STAGES[stage](run, options)
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f'{options.stage}: {error}')
    except KeyboardInterrupt:
        sys.exit('Stopped; the same command goes on from here.')
