"""What a run wrote down while it learned."""

import json


def read_curve(run_folder, stage, name):
    """One value of a stage's lines, in order."""
    lines = map(json.loads, (run_folder / 'curves.jsonl').read_text().splitlines())
    return [line[name] for line in lines if line['stage'] == stage and name in line]
