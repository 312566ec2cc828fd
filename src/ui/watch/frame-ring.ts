// The latest frames of a film that is being made: what the player loops until more come.
// The oldest go, so that a film of any length takes the same memory.

/** Frames in the order in which they came, of which the first few may be gone. */
export interface FrameRing<Frame> {
  /** How many came before the first that is kept. */
  startIndex: number;
  frames: readonly Frame[];
}

export const EMPTY_RING: FrameRing<never> = { startIndex: 0, frames: [] };

/** The ring with more frames, the oldest ones gone beyond its capacity. */
export function ringWith<Frame>(
  ring: FrameRing<Frame>,
  added: readonly Frame[],
  capacity: number,
): FrameRing<Frame> {
  const all = [...ring.frames, ...added];
  const frames = all.slice(-capacity);
  return { startIndex: ring.startIndex + all.length - frames.length, frames };
}

/** The place of a frame in the ring; the first where that frame is gone or has not come. */
export function positionIn({ startIndex, frames }: FrameRing<unknown>, frameIndex: number): number {
  const position = frameIndex - startIndex;
  return position >= 0 && position < frames.length ? position : 0;
}
