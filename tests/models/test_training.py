"""The time-budgeted loop: it learns, averages, and goes on where it was stopped."""

import json

import pytest
import torch
from curves import read_curve

from builtin.run_folder import Run
from builtin.training import Training, adamw


def open_run(folder):
    return Run.open(folder, 'cpu', folder / 'cache')


def new_training(run, minutes):
    torch.manual_seed(0)
    network = torch.nn.Linear(4, 1)
    return Training(run, 'line', network, [adamw(network, 3e-2)], minutes)


def learn(training, step_limit=None):
    inputs = torch.randn(64, 4, generator=torch.Generator().manual_seed(1))
    for step in training.steps():
        loss = (training.network(inputs)[:, 0] - inputs.sum(1)).square().mean()
        training.update(loss)
        if step == step_limit:
            raise KeyboardInterrupt
    return loss


def test_it_learns_until_the_budget_is_spent(tmp_path):
    run = open_run(tmp_path)
    training = new_training(run, minutes=0.02)
    assert learn(training) < 1e-2
    assert training.fraction >= 1
    losses = read_curve(tmp_path, 'line', 'loss')
    assert losses[-1] < losses[0] / 10


def test_a_stopped_training_goes_on_where_it_was(tmp_path):
    training = new_training(open_run(tmp_path), minutes=0.05)
    with pytest.raises(KeyboardInterrupt):
        learn(training, step_limit=20)
    again = new_training(open_run(tmp_path), minutes=0.05)
    assert again.step_count == 21
    assert 0 < again.elapsed_seconds == pytest.approx(training.elapsed_seconds)
    assert torch.equal(again.network.weight, training.network.weight)
    assert torch.equal(again.average.weight, training.average.weight)


def test_a_run_with_other_settings_is_not_overwritten(tmp_path):
    open_run(tmp_path)
    kept = json.loads((tmp_path / 'settings.json').read_text())
    (tmp_path / 'settings.json').write_text(json.dumps(kept | {'vary': 0.9}))
    with pytest.raises(ValueError, match='other settings'):
        open_run(tmp_path)


def test_a_missing_stage_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match='run the stage "autoencoder" first'):
        open_run(tmp_path).need('autoencoder', 'autoencoder')
