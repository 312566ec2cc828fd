"""Stage `autoencoder`: learns to keep edges and eyes of single rendered pictures."""

import cv2
import numpy as np
import torch
from torch import nn

from ..render import load_clips
from ..training import Training
from .network import Autoencoder

VALIDATION_PICTURE_COUNT = 128
ACTOR_WEIGHT = 3.0  # how much more a pixel counts that lies in an actor's box
EDGE_WEIGHT, SQUARE_WEIGHT, MOMENT_WEIGHT = 1.0, 2.0, 1e-3
REPORT_EVERY = 500  # steps


def train_autoencoder(run, minutes, initial=None):
    """Trains within the minutes and saves `autoencoder.pt`; initial is a state to begin from."""
    settings = run.settings.autoencoder
    network = new_autoencoder(run)
    if initial is not None:
        network.load_state_dict(initial)
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.learning_rate, betas=(0.9, 0.99), weight_decay=0, fused=True
    )
    training = Training(run, 'autoencoder', network, [optimizer], minutes, decay_fraction=0.8)
    splits = [load_clips(run, size) for size in run.settings.sizes]
    rng = np.random.default_rng(training.step_count)
    if initial is not None and not training.step_count:
        measure_norms(network, random_pictures(*splits[0][0], 128, rng, run.device)[0])
    weights = [len(train[0]) for train, _ in splits]
    for step in training.steps():
        train, _ = splits[rng.choice(len(splits), p=np.array(weights) / sum(weights))]
        pictures, weight = random_pictures(*train, settings.batch_size, rng, run.device)
        with torch.autocast(run.device.type, torch.bfloat16):
            loss, error = reconstruction_loss(network, pictures, weight, settings.latent_noise)
        training.update(loss, error=error)
        if step % REPORT_EVERY == REPORT_EVERY - 1:
            report(run, training.average, splits[0][1], step)
    network = training.average
    standardize(network, random_pictures(*splits[0][0], 512, rng, run.device)[0])
    psnr = report(run, network, splits[0][1], training.step_count)
    run.save('autoencoder', network.state_dict())
    return psnr


def new_autoencoder(run):
    settings = run.settings.autoencoder
    network = Autoencoder(settings.encoder, settings.decoder).to(run.device)
    return network.to(memory_format=torch.channels_last)


def load_autoencoder(run):
    """The trained autoencoder, frozen."""
    network = new_autoencoder(run)
    network.load_state_dict(run.need('autoencoder', 'autoencoder'))
    return network.requires_grad_(False).eval()


@torch.no_grad()
def measure_norms(network, pictures):
    """Gives every BatchNorm the statistics of pictures, and keeps what it computes: those of a pack
    have none.
    """

    def measure(norm, inputs):
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        shift = norm.bias - norm.running_mean * scale
        variance, mean = torch.var_mean(inputs[0], (0, 2, 3), correction=0)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_(scale * (variance + norm.eps).sqrt())
        norm.bias.copy_(shift + mean * scale)

    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    hooks = [norm.register_forward_pre_hook(measure) for norm in norms]
    network.eval()
    network.decode(network.encode(pictures))
    network.train()
    for hook in hooks:
        hook.remove()


def random_pictures(clips, scenes, count, rng, device):
    """One picture each of `count` random clips, float [count, 3, H, W] in 0..1, and how much each
    pixel counts [count, 1, H, W]: more where actors are, who have eyes.
    """
    rows = np.sort(rng.choice(len(clips), count, replace=len(clips) < count))
    moments = rng.integers(clips.shape[1], size=count)
    chosen = np.stack([clips[row, moment] for row, moment in zip(rows, moments, strict=True)])
    boxes = np.stack([scenes[row][1][moment] for row, moment in zip(rows, moments, strict=True)])
    pictures = to_pictures(chosen, device)
    actors = inside(torch.from_numpy(boxes).to(device), *pictures.shape[2:])
    return pictures, 1 + ACTOR_WEIGHT * actors


def inside(boxes, height_px, width_px):
    """Whether each pixel lies in any of the boxes [N, actors, 3] -> float [N, 1, H, W]."""
    x, y, half = (part[..., None, None] for part in boxes.unbind(-1))
    rows = torch.arange(height_px, device=boxes.device)[:, None] + 0.5
    columns = torch.arange(width_px, device=boxes.device) + 0.5
    far = torch.maximum((rows - y * height_px).abs(), (columns - x * width_px).abs())
    # A box that is not there is NaN, which nothing is nearer than.
    return (far < half * height_px).any(1, keepdim=True).float()


def to_pictures(frames, device):
    """uint8 [N, H, W, 3] -> float [N, 3, H, W] in 0..1, channels last in memory."""
    return torch.from_numpy(frames).to(device).permute(0, 3, 1, 2).float() / 255


def to_frames(pictures):
    """Float [N, 3, H, W] -> uint8 [N, H, W, 3] on the CPU."""
    levels = (pictures.float().clamp(0, 1) * 255).round().byte()
    return levels.permute(0, 2, 3, 1).cpu().numpy()


def reconstruction_loss(network, pictures, weight, latent_noise):
    """Absolute and squared error, and the error of edges; latents are held near unit normal.

    Returns the loss and the unweighted squared error.
    """
    latents = network.encode(pictures).float()
    noisy = latents + latent_noise * torch.randn_like(latents)
    difference = network.decode(noisy).float() - pictures
    weight = weight / weight.mean()
    across = (difference.diff(dim=3).abs() * weight[..., 1:]).mean()
    down = (difference.diff(dim=2).abs() * weight[..., 1:, :]).mean()
    moments = latents.mean((0, 2, 3)) ** 2 + (latents.var((0, 2, 3)) - 1) ** 2
    loss = (
        (weight * (difference.abs() + SQUARE_WEIGHT * difference**2)).mean()
        + EDGE_WEIGHT * (across + down)
        + MOMENT_WEIGHT * moments.mean()
    )
    return loss, (difference**2).mean()


@torch.no_grad()
def report(run, network, validation, step):
    """Logs the validation PSNR (mean of pictures, dB) and shows pictures above their copies."""
    rng = np.random.default_rng(0)
    count = min(VALIDATION_PICTURE_COUNT, 4 * len(validation[0]))
    truth, weight = random_pictures(*validation, count, rng, run.device)
    copies = torch.cat([network.decode(network.encode(part)) for part in truth.split(32)])
    error = (copies.clamp(0, 1) - truth).square()
    psnr = mean_psnr(error.mean((1, 2, 3)))
    of_actors = (error * (weight > 1)).sum((1, 2, 3)) / (3 * (weight > 1).sum((1, 2, 3)) + 1e-9)
    actors_psnr = mean_psnr(of_actors[of_actors > 0])
    run.log(
        'autoencoder',
        step=step,
        validation_psnr_db=round(psnr, 2),
        actors_psnr_db=round(actors_psnr, 2),
    )
    sheet = np.concatenate(
        [np.concatenate(list(to_frames(x[:8])), 1) for x in (truth, copies)], axis=0
    )
    folder = run.path / 'samples'
    folder.mkdir(exist_ok=True)
    cv2.imwrite(str(folder / f'autoencoder-{step:06}.png'), sheet[..., ::-1])
    return psnr


def mean_psnr(squared_errors):
    return float(-10 * squared_errors.log10().mean())


@torch.no_grad()
def standardize(network, pictures):
    """Measures the latents once more so that they have zero mean and unit deviation."""
    latents = torch.cat([network.encode(part) for part in pictures.split(32)])
    mean, deviation = latents.mean((0, 2, 3)), latents.std((0, 2, 3))
    network.mean += mean.view(-1, 1, 1) * network.deviation
    network.deviation *= deviation.view(-1, 1, 1)
