"""The loop that every stage trains in: a time budget, a learning rate that ends at zero, a moving
average of the weights, curves, and checkpoints to go on from.
"""

import copy
import time

import torch
from tqdm import tqdm

CHECKPOINT_SECONDS = 120
WARMUP_STEP_COUNT = 100
AVERAGE_EVERY = 5  # steps
LOG_EVERY = 20  # steps
BAR_FORMAT = '{desc}: {percentage:3.0f}%|{bar}| {elapsed}{postfix}'


class Training:
    """Optimizer steps of one stage within its minutes, counted over all its sittings."""

    def __init__(self, run, stage, network, optimizers, minutes, *, decay_fraction=0.5):
        self.run, self.stage, self.network, self.optimizers = run, stage, network, optimizers
        self.minutes, self.decay_fraction = minutes, decay_fraction
        self.average = copy.deepcopy(network).requires_grad_(False).eval()
        self.base_rates = [[group['lr'] for group in one.param_groups] for one in optimizers]
        self.step_count, self.elapsed_seconds = 0, 0.0
        self.smoothed = {}
        self.resume()

    @property
    def fraction(self):
        """How much of the budget is spent: of the minutes, or of the steps where those are set."""
        step_limit = self.run.settings.step_limit
        if step_limit:
            return self.step_count / step_limit
        return self.elapsed_seconds / (60 * self.minutes)

    def resume(self):
        state = self.run.load(f'{self.stage}-training')
        if state is None:
            return
        self.network.load_state_dict(state['network'])
        self.average.load_state_dict(state['average'])
        for optimizer, kept in zip(self.optimizers, state['optimizers'], strict=True):
            optimizer.load_state_dict(kept)
        self.step_count, self.elapsed_seconds = state['step_count'], state['elapsed_seconds']

    def checkpoint(self):
        state = {
            'network': self.network.state_dict(),
            'average': self.average.state_dict(),
            'optimizers': [optimizer.state_dict() for optimizer in self.optimizers],
            'step_count': self.step_count,
            'elapsed_seconds': self.elapsed_seconds,
        }
        self.run.save(f'{self.stage}-training', state)

    def steps(self):
        """Yields the number of each step until the budget is spent, then leaves a checkpoint."""
        bar = tqdm(total=100, desc=self.stage, bar_format=BAR_FORMAT)
        saved = last = time.monotonic()
        try:
            while self.fraction < 1:
                self.set_rates()
                yield self.step_count
                now = time.monotonic()
                self.elapsed_seconds += now - last
                last = now
                if self.step_count % LOG_EVERY == 0:
                    shown = {name: round(value, 4) for name, value in self.smoothed.items()}
                    bar.n = min(100, 100 * self.fraction)
                    bar.set_postfix(step=self.step_count, **shown)
                    self.run.log(self.stage, step=self.step_count, **shown)
                if now - saved > CHECKPOINT_SECONDS:
                    self.checkpoint()
                    saved = time.monotonic()
        finally:
            self.checkpoint()
            bar.close()

    def set_rates(self):
        warm = min(1, (self.step_count + 1) / WARMUP_STEP_COUNT)
        left = min(1, max(0.01, (1 - self.fraction) / self.decay_fraction))
        for optimizer, rates in zip(self.optimizers, self.base_rates, strict=True):
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group['lr'] = rate * warm * left

    def update(self, loss, **shown):
        """One step down the loss; the shown values (the loss is one) are averaged for the curves."""
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step_count += 1
        if self.step_count % AVERAGE_EVERY == 0:
            self.update_average()
        if self.step_count % AVERAGE_EVERY == 0 or self.step_count == 1:
            for name, value in ({'loss': loss} | shown).items():
                value = float(value.detach())
                kept = self.smoothed.get(name, value)
                self.smoothed[name] = 0.9 * kept + 0.1 * value

    @torch.no_grad()
    def update_average(self):
        """An exponential average that forgets the beginning quickly."""
        weight = 1 - min(0.995, self.step_count / (self.step_count + 300))
        kept, current = self.average.state_dict(), self.network.state_dict()
        floating = [name for name in kept if kept[name].is_floating_point()]
        torch._foreach_lerp_(
            [kept[name] for name in floating], [current[name] for name in floating], weight
        )


def adamw(network, learning_rate, betas=(0.9, 0.97)):
    """AdamW that decays matrices alone."""
    groups = [
        {'params': [p for p in network.parameters() if p.ndim > 1], 'weight_decay': 0.01},
        {'params': [p for p in network.parameters() if p.ndim <= 1], 'weight_decay': 0.0},
    ]
    return torch.optim.AdamW(groups, learning_rate, betas=betas, fused=True)
