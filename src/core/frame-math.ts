// Seconds to frames, frames to latent frames, latent frames to windows: the only file that does this arithmetic.
//
// Worked for 12 frames a second, 4 pictures a latent frame, windows of 5 latent frames that are given 2:
//   the first latent frame of a shot holds one picture: 5 latent frames are 1 + 4 × 4 = 17 frames
//   5 s = 60 frames: 1 + ⌈59 / 4⌉ = 16 latent frames, 61 frames, of which the last is not shown
//   16 latent frames: windows that make 5 + 3 + 3 + 3 + 2, each but the first given the 2 before
//   where one row goes on into the next, the border moves to the nearest whole latent frame: 3 s = 36 → 37 frames

/** What a model's frames are grouped into. */
export interface FrameGrid {
  framesPerSecond: number;
  /** Pictures in a latent frame. */
  pictureCount: number;
  /** Latent frames in a window. */
  latentFrameCount: number;
  /** Latent frames that a window is given from the one before. */
  contextLatentFrameCount: number;
}

/** How many frames a film has shown by a second of it. */
export function frameCountBy(seconds: number, framesPerSecond: number): number {
  return Math.round(seconds * framesPerSecond);
}

/** How many frames the latent frames of a shot hold: 5 of 4 pictures are 17. */
export function frameCountOf(latentFrameCount: number, pictureCount: number): number {
  return 1 + (latentFrameCount - 1) * pictureCount;
}

/** How many latent frames a shot needs for its frames: 60 frames of 4 pictures are 16. */
export function latentFrameCountFor(frameCount: number, pictureCount: number): number {
  return 1 + Math.ceil((frameCount - 1) / pictureCount);
}

/** How many whole latent frames come nearest to so many frames: 36 frames of 4 pictures are 10, which hold 37. */
export function nearestLatentFrameCount(frameCount: number, pictureCount: number): number {
  return 1 + Math.round((frameCount - 1) / pictureCount);
}

/** The latent frame of a window that holds one of the window's frames, and which of its pictures it is. */
export function pictureAt(
  frame: number,
  startsShot: boolean,
  pictureCount: number,
): { position: number; picture: number } {
  // The first latent frame of a shot holds its one picture several times; the last copy is the frame.
  const shifted = startsShot ? frame + pictureCount - 1 : frame;
  return { position: Math.floor(shifted / pictureCount), picture: shifted % pictureCount };
}

/** The first frame that a latent frame of a window holds, and how many it holds. */
export function framesAt(
  position: number,
  startsShot: boolean,
  pictureCount: number,
): { start: number; frameCount: number } {
  if (!startsShot) return { start: position * pictureCount, frameCount: pictureCount };
  return position === 0
    ? { start: 0, frameCount: 1 }
    : { start: 1 + (position - 1) * pictureCount, frameCount: pictureCount };
}

/** What one window adds to a shot. */
export interface WindowSpan {
  /** Latent frames of the shot that the window is given, the ones right before its own. */
  contextCount: number;
  /** Latent frames that it makes. */
  newCount: number;
}

/** A stretch of a shot to be made: latent frames from `startIndex` to before `endIndex`. */
export interface LatentStretch {
  startIndex: number;
  endIndex: number;
  /** What the model is told to arrive at: nothing, a latent frame, or the very first one of this shot. */
  end: 'open' | 'given' | 'opening';
}

/**
 * The windows that make a stretch of a shot.
 * A given end follows the last window's own latent frames; its context reaches back as far as brings the end
 * to the window's last place, where the model learned to find it.
 */
export function windowSpans(stretch: LatentStretch, grid: FrameGrid): WindowSpan[] {
  const spans: WindowSpan[] = [];
  let index = stretch.startIndex;
  while (index < stretch.endIndex) {
    const span = nextSpan(index, stretch, grid);
    spans.push(span);
    index += span.newCount;
  }
  return spans;
}

function nextSpan(
  index: number,
  { endIndex, end }: LatentStretch,
  { latentFrameCount, contextLatentFrameCount }: FrameGrid,
): WindowSpan {
  const leftCount = endIndex - index;
  const contextCount = Math.min(index, contextLatentFrameCount);
  const room = latentFrameCount - contextCount;
  if (end === 'open') return { contextCount, newCount: Math.min(room, leftCount) };
  // The window that makes the opening cannot be given it.
  const canBeLast = end === 'given' || index > 0;
  if (canBeLast && leftCount < room) {
    return { contextCount: Math.min(index, latentFrameCount - 1 - leftCount), newCount: leftCount };
  }
  const lastRoom = latentFrameCount - contextLatentFrameCount - 1;
  return { contextCount, newCount: Math.min(room, Math.max(1, leftCount - lastRoom)) };
}
