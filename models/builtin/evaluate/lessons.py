"""Filmed clips -> what the classifier learns from: pictures, and the losses of reading them wrong.

Part of the clips pass the autoencoder first, so that generated pictures are read as fairly as
rendered ones.
"""

import numpy as np
import torch
import torch.nn.functional as F

from .labels import LABELS, box_labels, facts
from .network import elect

LONGER_SIDE_PX, SIDE_STEP_PX = 128, 16
WHO, NOBODY, IGNORED = 'who', len(LABELS['who']), -100
INSIDE, OUTSIDE, FAR = 0.5, 1.2, 9.0  # distances from an actor's centre, in its half-sizes
POSITION_WEIGHT = 24.0
NOBODY_WEIGHT = 0.5
HEAD_WEIGHTS = {'action': 2.0}  # what takes longest to learn counts more
BLURRED_FRACTION = 0.3
TOLD_FRACTION, TOLD_ERROR = 0.5, 0.005  # of clips whose boxes are given; in fractions of a picture
LATENT_NOISE = 0.1  # on the way through the autoencoder: generated latents are never exact


def reduced(frames):
    """Frames uint8 [B, T, H, W, 3] -> [B, T, 3, h, w] in 0..1, the longer side 128 px."""
    height, width = frames.shape[2:4]
    scale = LONGER_SIDE_PX / max(height, width) / SIDE_STEP_PX
    size = tuple(max(1, round(side * scale)) * SIDE_STEP_PX for side in (height, width))
    pictures = frames.permute(0, 1, 4, 2, 3).float() / 255
    if size != (height, width):
        small = F.interpolate(pictures.flatten(0, 1), size=size, mode='area')
        pictures = small.unflatten(0, frames.shape[:2])
    return pictures


@torch.no_grad()
def through_autoencoder(autoencoder, frames, latent_noise=0.0):
    """Frames uint8 [B, T, H, W, 3] -> the same, encoded and decoded."""
    pictures = frames.flatten(0, 1).permute(0, 3, 1, 2).float() / 255
    with torch.autocast(frames.device.type, torch.bfloat16):
        latents = autoencoder.encode(pictures)
        latents = latents + latent_noise * torch.randn_like(latents)
        decoded = autoencoder.decode(latents)
    levels = (decoded.float().clamp(0, 1) * 255).round().to(torch.uint8)
    return levels.permute(0, 2, 3, 1).unflatten(0, frames.shape[:2])


def disturbed(pictures):
    """Pictures a little brighter or darker and grainier, and some clips blurred."""
    batch, _, *rest = pictures.shape
    each = (batch, 1, 1, 1, 1)
    blurred = torch.rand(batch, device=pictures.device) < BLURRED_FRACTION
    soft = F.avg_pool2d(pictures[blurred].flatten(0, 1), 3, 1, 1, count_include_pad=False)
    pictures = pictures.index_put((blurred,), soft.unflatten(0, (-1, pictures.shape[1])))
    gain = 1 + 0.08 * (2 * torch.rand(each, device=pictures.device) - 1)
    grain = 0.03 * torch.rand(each, device=pictures.device)
    noise = torch.randn(batch, 1, *rest, device=pictures.device)
    return (pictures * gain + grain * noise).clamp(0, 1)


class Lessons:
    """A batch of clips with what the classifier should read in every second picture of them."""

    def __init__(self, clips, device):
        frames = np.stack([clip.frames[::2] for clip in clips])
        boxes = np.stack([clip.boxes[::2] for clip in clips])
        labels = np.stack([box_labels(clip.scene, boxes.shape[2]) for clip in clips])
        self.frames = torch.from_numpy(frames).to(device)
        self.boxes = torch.from_numpy(boxes).float().to(device)
        self.labels = torch.from_numpy(labels).to(device)
        self.alone = torch.tensor([len(clip.scene.actors) == 1 for clip in clips], device=device)
        self.facts = {
            head: torch.from_numpy(asked).float().to(device)
            for head, asked in facts([clip.scene for clip in clips]).items()
        }

    def pass_autoencoder(self, autoencoder, fraction):
        count = round(fraction * len(self.frames))
        if count:
            self.frames[:count] = through_autoencoder(
                autoencoder, self.frames[:count], LATENT_NOISE
            )

    def distances(self, rows, columns, aspect):
        """How far each cell is from each actor, in its half-sizes [B, T, A, cells]."""
        device = self.boxes.device
        y = ((torch.arange(rows, device=device) + 0.5) / rows).view(-1, 1)
        x = ((torch.arange(columns, device=device) + 0.5) / columns).view(1, -1)
        centre_x, centre_y, half = (part[..., None, None] for part in self.boxes.unbind(-1))
        apart = torch.maximum((x - centre_x).abs() * aspect, (y - centre_y).abs()) / half
        return apart.nan_to_num(nan=FAR, posinf=FAR).flatten(3)

    def losses(self, network):
        """Name -> loss of a network on these clips."""
        pictures = disturbed(reduced(self.frames))
        with torch.autocast(pictures.device.type, torch.bfloat16):
            maps = network.look(pictures)
            who, heat, votes = network.find(maps)
            boxes = self.partly_true(elect(heat, votes))
            _, scores = network.watch(pictures, maps, boxes, heat)
        rows, columns = heat.shape[-2:]
        apart = self.distances(rows, columns, pictures.shape[-1] / pictures.shape[-2])
        losses = {
            WHO: self.who_loss(who.float(), apart),
            'centre': self.centre_loss(heat),
            'position': POSITION_WEIGHT * self.position_loss(votes, apart),
        }
        for head, logits in scores.items():
            wanted = self.facts[head] / self.facts[head].sum(1, keepdim=True)
            losses[head] = HEAD_WEIGHTS.get(head, 1.0) * F.cross_entropy(logits.float(), wanted)
        return losses

    def partly_true(self, boxes):
        """Boxes as found or, half of the time, as they are and a little off.

        So what the clip shows is learned from good tracks before the network finds good ones.
        """
        true = self.boxes[:, :, 0]
        told = self.alone & (torch.rand(len(boxes), device=boxes.device) < TOLD_FRACTION)
        told = told[:, None, None] & true.isfinite()
        return torch.where(told, true + TOLD_ERROR * torch.randn_like(true), boxes)

    def who_in_cells(self, apart):
        """The label of the actor at each cell [B, T, cells]; NOBODY or IGNORED elsewhere."""
        inside = apart < INSIDE
        labels = self.labels[:, None, :, None]
        lowest = torch.where(inside, labels, NOBODY).amin(2)
        highest = torch.where(inside, labels, -1).amax(2)
        cells = torch.where((lowest == highest) & (lowest >= 0), highest, IGNORED)
        return torch.where((apart > OUTSIDE).all(2), NOBODY, cells)

    def who_loss(self, who, apart):
        cells = self.who_in_cells(apart)
        wrong = F.cross_entropy(who.flatten(0, 1), cells.flatten(0, 1), reduction='none')
        wrong = wrong.view_as(cells)
        someone, nobody = (cells >= 0) & (cells < NOBODY), cells == NOBODY
        return mean_where(wrong, someone) + NOBODY_WEIGHT * mean_where(wrong, nobody)

    def centre_loss(self, heat):
        """How unsurely the actors' centres were found among the cells."""
        rows, columns = heat.shape[-2:]
        x, y = self.boxes[..., 0] * columns, self.boxes[..., 1] * rows
        seen = (x >= 0) & (x < columns) & (y >= 0) & (y < rows) & (self.labels >= 0)[:, None]
        cells = (y.floor() * columns + x.floor()).where(seen, 0).long()
        return mean_where(-heat.flatten(2).gather(2, cells).clamp_min(1e-6).log(), seen)

    def position_loss(self, votes, apart):
        """How far the votes of cells that one actor covers are from its box."""
        covered = (apart < INSIDE).sum(2) == 1
        actor = apart.argmin(2).unsqueeze(-1).expand(*votes.shape[:3], 3)
        true = self.boxes.nan_to_num().gather(2, actor)
        return mean_where((votes - true).abs().mean(-1), covered)


def mean_where(values, mask):
    return (values * mask).sum() / mask.sum().clamp_min(1)
