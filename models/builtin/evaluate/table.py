"""Figures of the subjects -> the Markdown table of the model card."""

import math

from .labels import LABELS
from .prompts import HELD_OUT, SEEN

QUESTIONS = {
    'who': 'who',
    'action': 'doing what',
    'place': 'where',
    'time': 'when',
    'weather': 'weather',
    'camera': 'camera',
}
TARGETS = {'who': 0.90, 'action': 0.80, 'place': 0.95, 'time': 0.95, 'camera': 0.80}


def percent(value):
    return f'{100 * value:.0f} %'


def ratio(value):
    return f'{value:.2f}'


def levels(value):
    return f'{value:.2f}'


# Figure -> what the card calls it, how it is written, the target in words.
ROWS = {
    f'{head}, {name}': (
        f'{QUESTIONS[head]}, {name} combinations',
        percent,
        f'≥ {percent(TARGETS[head])}' if name == HELD_OUT and head in TARGETS else '',
    )
    for name in (SEEN, HELD_OUT)
    for head in LABELS
} | {
    'gravity': ('fitted gravity / the simulator’s, median', ratio, '0.85–1.15'),
    'gravity near': ('flights with gravity within 15 %', percent, ''),
    'gravity read': ('flights in which gravity could be fitted', percent, ''),
    'identity kept, short': ('identity at the end as at the start, 1.4 s', percent, ''),
    'identity true, short': ('identity at the end as asked, 1.4 s', percent, ''),
    'identity kept, long': ('identity at the end as at the start, 10 s', percent, ''),
    'identity true, long': ('identity at the end as asked, 10 s', percent, ''),
    'flicker': ('flicker of still regions, levels of 255', levels, ''),
    'frechet': ('Fréchet distance to other renders', levels, ''),
}


def markdown_table(figures):
    """Subject -> figures, as a Markdown table; a dash where nothing could be measured."""
    subjects = list(figures)
    lines = [
        row_of(['Figure', 'Target', *subjects]),
        row_of(['---', '---', *('--:' for _ in subjects)]),
    ]
    for figure, (title, write, target) in ROWS.items():
        values = [figures[subject].get(figure) for subject in subjects]
        cells = ['–' if is_missing(value) else write(value) for value in values]
        lines.append(row_of([title, target, *cells]))
    return '\n'.join(lines) + '\n'


def is_missing(value):
    return value is None or math.isnan(value)


def row_of(cells):
    return f'| {" | ".join(cells)} |'
