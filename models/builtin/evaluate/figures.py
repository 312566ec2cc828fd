"""What was read in clips, and what was asked -> the figures of the model card."""

import numpy as np

IDENTITY_PICTURE_COUNT = 4  # at each end of a clip
STILL_MARGIN = 1.6  # how far around an actor, in its half-sizes, pictures may change
STILL_MIN_FRACTION = 0.05  # of a picture: fewer still pixels say nothing


def hits(scores, asked):
    """Which asked labels are among as many best-scored ones: bool [N, L], False where not asked.

    scores [N, L]; asked bool [N, L], of one or more labels in each row.
    """
    order = np.argsort(-scores, axis=1, kind='stable')
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1])[None], axis=1)
    return asked & (ranks < asked.sum(1, keepdims=True))


def accuracy(scores, asked):
    """The fraction of asked labels that were read; NaN of no rows."""
    return hits(scores, asked).sum() / asked.sum() if asked.any() else np.nan


def label_accuracies(scores, asked, labels):
    """Label -> (fraction read, times asked), worst first; labels never asked are left out."""
    read, counts = hits(scores, asked).sum(0), asked.sum(0)
    found = [
        (label, (float(read[i] / counts[i]), int(counts[i])))
        for i, label in enumerate(labels)
        if counts[i]
    ]
    return dict(sorted(found, key=lambda entry: (entry[1][0], -entry[1][1])))


def identity(who, asked):
    """How one actor's identity lasts: (kept, true at the end), fractions of clips.

    who [N, T, L]: scores of each picture; asked bool [N, L]. Kept: the clip's end is read as its
    start was, whatever was asked.
    """
    start = who[:, :IDENTITY_PICTURE_COUNT].mean(1).argmax(1)
    end = who[:, -IDENTITY_PICTURE_COUNT:].mean(1).argmax(1)
    return float((start == end).mean()), float(asked[np.arange(len(end)), end].mean())


def still_pixels(boxes, height_px, width_px):
    """Where no actor comes near: bool [T, height, width].

    boxes [T, A, 3]: centres in fractions of the picture, half-sizes in fractions of its height.
    """
    y = (np.arange(height_px) + 0.5) / height_px
    x = (np.arange(width_px) + 0.5) / width_px
    centre_x, centre_y, half = (boxes[..., i, None] for i in range(3))
    reach = STILL_MARGIN * half
    near_x = np.abs(x - centre_x) * (width_px / height_px) < reach  # [T, A, width]
    near_y = np.abs(y - centre_y) < reach  # [T, A, height]
    return ~(near_y[..., :, None] & near_x[..., None, :]).any(1)


def flicker(frames, boxes):
    """Mean change of still pixels from picture to picture, in levels of 255.

    frames uint8 [T, H, W, 3]; boxes [T, A, 3]. NaN where hardly a pixel is still.
    """
    still = still_pixels(boxes, *frames.shape[1:3])
    still = still[1:] & still[:-1]
    if still.mean() < STILL_MIN_FRACTION:
        return np.nan
    changes = np.abs(frames[1:].astype(np.int16) - frames[:-1]).mean(-1)
    return float(changes[still].mean())


def frechet_distance(features, others):
    """The Frechet distance of two sets of features [N, F], each taken as one Gaussian."""
    means = features.mean(0), others.mean(0)
    covariances = np.cov(features, rowvar=False), np.cov(others, rowvar=False)
    root = symmetric_root(covariances[0])
    product = np.linalg.eigvalsh(root @ covariances[1] @ root)
    overlap = np.sqrt(np.clip(product, 0, None)).sum()
    distance = ((means[0] - means[1]) ** 2).sum()
    return float(distance + np.trace(covariances[0] + covariances[1]) - 2 * overlap)


def symmetric_root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
