// A seed becomes noise: Philox4x32-10 numbers by position, turned into normals by Box–Muller.
// Counter-based, so any part of any window's noise can be made without what comes before it.

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUND_COUNT = 10;

type Words4 = [number, number, number, number];

/**
 * Four random 32-bit words for a counter and a key.
 * @see Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), Philox4x32-10
 */
export function philox4x32(counter: Readonly<Words4>, key: readonly [number, number]): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUND_COUNT; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/**
 * Standard normal noise for one window of a film.
 * @param count how many numbers; number i depends on seed, windowIndex and i alone
 */
export function gaussianNoise(
  seed: number,
  windowIndex: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const key: [number, number] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  const noise = new Float32Array(count);
  for (let start = 0; start < count; start += 4) {
    const [x0, x1, x2, x3] = philox4x32([start / 4, windowIndex, 0, 0], key);
    noise.set(
      boxMuller(x0, x1)
        .concat(boxMuller(x2, x3))
        .slice(0, count - start),
      start,
    );
  }
  return noise;
}

function boxMuller(a: number, b: number): [number, number] {
  // Half a step above zero, so that the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log((a + 0.5) / 2 ** 32));
  const angle = 2 * Math.PI * ((b + 0.5) / 2 ** 32);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
