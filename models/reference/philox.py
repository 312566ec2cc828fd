"""A seed and a window number -> normal noise (Philox4x32-10, then Box-Muller).

Counter-based: element i depends on (seed, window, i) alone, so any part can be made anywhere.
The TypeScript engine implements the same arithmetic; Salmon et al., "Parallel random numbers:
as easy as 1, 2, 3", SC 2011.
"""

import numpy as np

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
ROUND_COUNT = 10
LOW32 = np.uint64(0xFFFFFFFF)

# Random123 known answers for philox4x32-10: counter, key, output.
KNOWN_ANSWERS = [
    ([0, 0, 0, 0], [0, 0], [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


def philox(counters, key):
    """Ten rounds over every counter at once: uint32 [blocks, 4] and key [2] -> uint32 [blocks, 4]."""
    x0, x1, x2, x3 = np.asarray(counters, np.uint64).reshape(-1, 4).T
    key0, key1 = int(key[0]), int(key[1])
    for _ in range(ROUND_COUNT):
        product0 = x0 * np.uint64(MULTIPLIERS[0])
        product1 = x2 * np.uint64(MULTIPLIERS[1])
        high0, low0 = product0 >> np.uint64(32), product0 & LOW32
        high1, low1 = product1 >> np.uint64(32), product1 & LOW32
        x0, x1, x2, x3 = high1 ^ x1 ^ np.uint64(key0), low1, high0 ^ x3 ^ np.uint64(key1), low0
        key0, key1 = (key0 + WEYL[0]) & 0xFFFFFFFF, (key1 + WEYL[1]) & 0xFFFFFFFF
    return np.stack([x0, x1, x2, x3], axis=1).astype(np.uint32)


def normal_noise(shape, seed, window_index=0):
    """Standard normal float32 of the given shape; seed is an integer 0 .. 2^53 - 1."""
    count = int(np.prod(shape))
    block_count = -(-count // 4)
    counters = np.zeros((block_count, 4), np.uint64)
    counters[:, 0] = np.arange(block_count)
    counters[:, 1] = window_index
    uniform = (philox(counters, [seed & 0xFFFFFFFF, seed >> 32]).astype(np.float64) + 0.5) / 2.0**32
    radius = np.sqrt(-2 * np.log(uniform[:, 0::2]))
    angle = 2 * np.pi * uniform[:, 1::2]
    normals = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    return normals.reshape(-1)[:count].astype(np.float32).reshape(shape)


if __name__ == '__main__':
    for counter, key, expected in KNOWN_ANSWERS:
        assert philox([counter], key)[0].tolist() == expected, (counter, key)
    sample = normal_noise([1_000_000], seed=7)
    print(f'known answers right; mean {sample.mean():+.5f}, deviation {sample.std():.5f}')
