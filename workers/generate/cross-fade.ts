// Two frames become one on the way from the one to the other; whole numbers, so that halves are really halves.

/** RGBA8 pixels of the frames before and after, and where their mix goes, which may be one of them. */
export interface FadingFrames {
  from: Uint8ClampedArray;
  to: Uint8ClampedArray;
  into: Uint8ClampedArray;
}

/**
 * Mixes a frame of a cross-fade, rounded half up: of `fadeCount` frames the first is nearly `from` and the last nearly `to`.
 * @param index which of the fading frames this is, from 0
 */
export function crossFade(
  { from, to, into }: FadingFrames,
  index: number,
  fadeCount: number,
): void {
  const partCount = fadeCount + 1;
  const toParts = index + 1;
  const fromParts = partCount - toParts;
  for (let i = 0; i < to.length; i++) {
    const sum = fromParts * from[i]! + toParts * to[i]!;
    into[i] = Math.floor((2 * sum + partCount) / (2 * partCount));
  }
}
