"""The whole pipeline at toy size, by the commands of the card: sprites to a clip in the browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from curves import read_curve

PROJECT = Path(__file__).parents[2]
MODELS = PROJECT / 'models'
TSX = PROJECT / 'node_modules/.bin/tsx'
MINUTES = 0.8
PACK_ID = 'tiny-trained'


def run_command(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f'{words} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}'
    return done.stdout


@pytest.fixture(scope='module')
def run_folder(tmp_path_factory, sprites_folder):
    folder = tmp_path_factory.mktemp('run')
    words = ['all', '--tiny', '--run', folder, '--cache', sprites_folder, '--id', PACK_ID]
    run_command(sys.executable, '-m', 'builtin', *words, '--minutes', str(MINUTES), cwd=MODELS)
    return folder


@pytest.mark.parametrize(
    ('stage', 'name'),
    [
        ('autoencoder', 'loss'),
        ('denoiser', 'loss'),
        ('distil', 'held_loss'),  # the loss itself depends on which stretch was drawn
        ('classifier', 'loss'),
    ],
)
def test_losses_fall(run_folder, stage, name):
    losses = read_curve(run_folder, stage, name)
    assert len(losses) >= 2
    assert losses[-1] < losses[0]


def test_every_stage_leaves_something_to_look_at(run_folder):
    for kind in ('autoencoder', 'denoiser', 'distil'):
        assert list((run_folder / 'samples').glob(f'{kind}-*.png'))
    figures = json.loads((run_folder / 'evaluation/figures.json').read_text())['figures']
    assert {'truth', 'teacher', 'student'} <= figures.keys()
    assert np.isfinite(figures['student']['frechet'])


@pytest.fixture(scope='module')
def pack(run_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp('packs') / PACK_ID
    run_command(TSX, 'src/cli/pack.ts', run_folder / 'export', folder, cwd=PROJECT)
    return folder


def test_the_exported_pack_makes_a_clip_in_the_browser(pack, tmp_path):
    film, environment = tmp_path / 'film.mp4', os.environ | {'ZOETROPE_PACKS': str(pack.parent)}
    (pack.parent / 'catalogue.json').write_text(json.dumps({'packs': [f'{PACK_ID}/pack.json']}))
    words = ['a dog jumps', '--device', 'wasm', '--size', '96x48', '--out', film]
    run_command(TSX, 'src/cli/generate.ts', *words, cwd=PROJECT, env=environment)
    probe = PROJECT / 'node_modules/@ffprobe-installer/linux-x64/ffprobe'
    told = run_command(probe, '-v', 'error', '-show_streams', '-count_frames', '-of', 'json', film)
    (stream,) = json.loads(told)['streams']
    assert (stream['codec_name'], stream['width'], stream['height']) == ('h264', 96, 48)
    assert stream['nb_read_frames'] == '17'


def test_a_finished_run_takes_no_more_time(run_folder, sprites_folder):
    before = (run_folder / 'denoiser.pt').read_bytes()
    words = ['denoiser', '--tiny', '--run', run_folder, '--cache', sprites_folder]
    run_command(sys.executable, '-m', 'builtin', *words, '--minutes', '0.01', cwd=MODELS)
    assert (run_folder / 'denoiser.pt').read_bytes() == before


def test_a_run_may_begin_from_a_pack(run_folder, pack, tmp_path, sprites_folder):
    (tmp_path / 'clips').symlink_to(run_folder / 'clips')
    words = ['autoencoder', '--tiny', '--run', tmp_path, '--cache', sprites_folder]
    run_command(sys.executable, '-m', 'builtin', *words, '--init', pack, cwd=MODELS)
    begun, before = (read_curve(folder, 'autoencoder', 'loss') for folder in (tmp_path, run_folder))
    assert begun[0] < (before[0] + before[-1]) / 2
