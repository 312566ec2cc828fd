"""The folder of one training run: its settings, curves, checkpoints and sample pictures.

Whatever is written is complete or absent, so a run can be stopped at any moment and goes on.
"""

import json
import pathlib
import time

import torch

from .settings import PRESETS


class Run:
    def __init__(self, path, settings, cache_folder):
        self.path, self.settings, self.cache_folder = path, settings, cache_folder
        self.device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

    @classmethod
    def open(cls, path, preset, cache_folder):
        """Opens a run, or begins it with a preset.

        Raises ValueError where the folder holds a run with other settings.
        """
        settings = PRESETS[preset]
        path.mkdir(parents=True, exist_ok=True)
        kept = path / 'settings.json'
        text = json.dumps(settings.as_dict(), indent=2)
        if not kept.exists():
            write_whole(kept, lambda part: part.write_text(text))
        elif kept.read_text() != text:
            raise ValueError(
                f'{path} holds a run with other settings than "{preset}" has now: '
                'choose another folder with --run, or remove that one'
            )
        return cls(path, settings, cache_folder)

    def log(self, stage, **values):
        """Adds a line to the curves."""
        with pathlib.Path(self.path / 'curves.jsonl').open('a') as curves:
            curves.write(json.dumps({'stage': stage, 'time': time.time()} | values) + '\n')

    def save(self, name, state):
        write_whole(self.path / f'{name}.pt', lambda part: torch.save(state, part))

    def load(self, name):
        """A saved state on the run's device, or None."""
        path = self.path / f'{name}.pt'
        if not path.exists():
            return None
        return torch.load(path, map_location=self.device, weights_only=True)

    def need(self, name, stage):
        """A saved state; raises FileNotFoundError that names the stage which makes it."""
        state = self.load(name)
        if state is None:
            raise FileNotFoundError(
                f'{self.path / name}.pt is not there: run the stage "{stage}" first'
            )
        return state


def write_whole(path, write):
    """Writes beside the path and then takes its place, so that no reader finds a half."""
    part = path.with_name(f'{path.stem}.part{path.suffix}')
    write(part)
    pathlib.Path(part).replace(path)
