"""The network that reads clips: who is where in each picture, and what the whole clip shows.

One small 2D trunk sees every picture; temporal convolutions over its maps see the clip. It knows
nothing of the generator, so it judges renders and generated clips alike.
"""

import torch
import torch.nn.functional as F
from torch import nn

FEATURE_WIDTH = 64
VOTE_REACH = 1 / 8  # of the picture: how far a cell's vote of 1 is from it
STEP_PX, FARTHEST = 4, 3  # shifts that are tried: their step, and how many steps each way
BLOCKS, FIT_SHARPNESS = 4, 12
MOTION_WIDTH = 3 * BLOCKS**2


def convolution(width_in, width_out, size=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(width_in, width_out, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(width_out),
        nn.ReLU(),
    )


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(
            convolution(width, width),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x):
        return torch.relu(x + self.body(x))


@torch.no_grad()
def block_motion(pictures):
    """How blocks of each picture have moved since the one before [B, T, numbers].

    For each of 4 x 4 blocks: the shift in x and y (in steps of 4 px, +-3) at which it fits the
    picture before best, softly, and how sure that is. Nothing of it is learned: cameras and paces
    are told by motion, and convolutions find motion slowly.
    """
    batch, time = pictures.shape[:2]
    small = F.avg_pool2d(pictures.flatten(0, 1).float(), STEP_PX)
    small = small - F.avg_pool2d(small, 5, 1, 2, count_include_pad=False)
    before = small.unflatten(0, (batch, time))
    before = torch.cat([before[:, :1], before[:, :-1]], 1).flatten(0, 1)
    around = F.pad(before, (FARTHEST,) * 4, mode='replicate')
    rows, columns = small.shape[-2:]
    shifts = [
        (x, y) for y in range(-FARTHEST, FARTHEST + 1) for x in range(-FARTHEST, FARTHEST + 1)
    ]
    costs = [
        (small - around[..., FARTHEST - y :, FARTHEST - x :][..., :rows, :columns])
        .abs()
        .mean(1, keepdim=True)
        for x, y in shifts
    ]
    costs = F.adaptive_avg_pool2d(torch.cat(costs, 1), BLOCKS).flatten(2)
    fit = (-FIT_SHARPNESS * costs / (costs.mean(1, keepdim=True) + 1e-3)).softmax(1)
    shifts = torch.tensor(shifts, dtype=fit.dtype, device=fit.device)
    moved = (fit.unsqueeze(1) * shifts.T[:, :, None]).sum(2).flatten(1)
    return torch.cat([moved, fit.amax(1)], 1).unflatten(0, (batch, time))


def elect(heat, votes):
    """Boxes [B, T, 3] that the likeliest cells vote for: an actor's, where there is one alone.

    Squared, because many unlikely cells that nobody taught to vote would outweigh a few likely.
    """
    weights = heat.flatten(2).square().unsqueeze(-1)
    # Sums, not products of matrices: autocast would round those to a 256th of the picture.
    return ((weights * votes).sum(2) / weights.sum(2)).detach()


class InTime(nn.Module):
    """Convolution over successive pictures, then over their maps, added to what came in."""

    def __init__(self, width):
        super().__init__()
        self.in_time = nn.Conv1d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.in_space = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.last_norm = nn.BatchNorm2d(width)

    def forward(self, x):
        batch, time, width, height, across = x.shape
        y = x.permute(0, 3, 4, 2, 1).reshape(-1, width, time)
        y = self.in_time(y).view(batch, height, across, width, time)
        y = y.permute(0, 4, 3, 1, 2).reshape(-1, width, height, across)
        y = self.last_norm(self.in_space(torch.relu(self.norm(y))))
        return torch.relu(x + y.view_as(x))


def over_time(width_in, width_out, dilation):
    return nn.Sequential(
        nn.Conv1d(width_in, width_out, 3, padding=dilation, dilation=dilation, bias=False),
        nn.BatchNorm1d(width_out),
        nn.ReLU(),
    )


class Classifier(nn.Module):
    """Pictures -> maps -> readings. label_counts: head -> labels; 'who' is read in each picture."""

    def __init__(self, label_counts):
        super().__init__()
        self.fine = nn.Sequential(
            nn.PixelUnshuffle(4), convolution(48, 64), convolution(64, 96, stride=2), Residual(96)
        )
        self.coarse = nn.Sequential(convolution(96, 128, stride=2), Residual(128))
        self.merge = convolution(96 + 128, 128, size=1)
        self.who = nn.Conv2d(128, label_counts['who'] + 1, 1)
        self.spot = nn.Conv2d(128, 4, 1)  # how likely an actor's centre, and a vote for its box
        self.shrink = convolution(96, 128, stride=2)
        self.in_time = InTime(128)
        self.shown = over_time(3 * 128, 96, 1)
        self.even = nn.BatchNorm1d(MOTION_WIDTH + 6)
        self.story = nn.Sequential(over_time(96 + MOTION_WIDTH + 6, 256, 1), over_time(256, 256, 2))
        self.features = nn.Sequential(
            nn.Linear(2 * 256, FEATURE_WIDTH, bias=False), nn.BatchNorm1d(FEATURE_WIDTH), nn.ReLU()
        )
        self.heads = nn.ModuleDict({
            head: nn.Linear(FEATURE_WIDTH, count)
            for head, count in label_counts.items()
            if head != 'who'
        })

    def look(self, pictures):
        """Pictures [B, T, 3, H, W] in 0..1 -> maps of cells of 8 and of 16 px."""
        x = pictures.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        fine = self.fine(x * 2 - 1)
        coarse = self.coarse(fine)
        both = pictures.shape[:2]
        return fine.unflatten(0, both), coarse.unflatten(0, both)

    def find(self, maps):
        """Maps -> who is in each cell, and where.

        Returns logits [B, T, cast + 1, cells] (the last: nobody); how likely an actor's centre is
        in each cell, heat [B, T, h, w]; and where each cell thinks its actor is, votes
        [B, T, cells, 3]: centre x, y in fractions of the picture, half-size in ones of its height.
        """
        fine, coarse = maps
        batch, time, _, rows, columns = fine.shape
        coarse = F.interpolate(coarse.flatten(0, 1), size=(rows, columns))
        merged = self.merge(torch.cat([fine.flatten(0, 1), coarse], 1))
        who = self.who(merged).view(batch, time, -1, rows * columns)
        heat, x, y, size = self.spot(merged).float().flatten(2).unbind(1)
        across = (torch.arange(columns, device=x.device) + 0.5) / columns
        down = (torch.arange(rows, device=x.device) + 0.5) / rows
        x = across.repeat(rows) + VOTE_REACH * x
        y = down.repeat_interleave(columns) + VOTE_REACH * y
        votes = torch.stack([x, y, size.exp() / 4], -1).unflatten(0, (batch, time))
        return who, heat.softmax(-1).view(batch, time, rows, columns), votes

    def watch(self, pictures, maps, boxes, heat):
        """Every second picture, its maps, boxes and heat -> what the clip shows.

        Returns features of the clip [B, 64] and the logits of each head but `who`.
        """
        fine, coarse = maps
        x = self.in_time(self.shrink(fine.flatten(0, 1)).view_as(coarse) + coarse)
        here = F.avg_pool2d(heat.detach(), 2, divisor_override=1).unsqueeze(2)
        shown = torch.cat([x.mean((3, 4)), x.amax((3, 4)), (x * here).sum((3, 4))], 2)
        steps = torch.diff(boxes, dim=1, prepend=boxes[:, :1])
        moved = torch.cat([block_motion(pictures), boxes, steps], 2)
        told = [self.shown(shown.transpose(1, 2)), self.even(moved.transpose(1, 2))]
        story = self.story(torch.cat(told, 1))
        features = self.features(torch.cat([story.mean(2), story.amax(2)], 1))
        return features, {head: layer(features) for head, layer in self.heads.items()}
