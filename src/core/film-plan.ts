// A film becomes steps: windows to make, each after those that it is given frames of, and stretches of them to show.
// Rows that go on into each other are one shot, one line of latent frames; see film-shot.ts.
import type { Film } from './film.ts';
import { CROSS_FADE_SECONDS, secondsOf } from './film.ts';
import { Shot } from './film-shot.ts';
import type { FilmWindow, FrameStretch, LatentFrame, ShotRow } from './film-shot.ts';
import { frameCountBy, frameCountOf, framesAt, nearestLatentFrameCount } from './frame-math.ts';
import type { FrameGrid } from './frame-math.ts';

/** One latent frame would leave a seam larger than the steps inside; see tests/browser/loop.test.ts. */
const LOOP_FADE_LATENT_FRAME_COUNT = 2;

/** Shows frames of one window, which has been made. */
export interface ShowStep {
  kind: 'show';
  stretch: FrameStretch;
  /** Position in the film of the first of these frames. */
  frameIndex: number;
  /** Frames of the shot before that the first ones fade over from, as many as fade. */
  fadeFrom: readonly FrameStretch[];
  /** One frame that the last ones fade over to, and how many they are: what a loop goes back to. */
  fadeTo: { stretch: FrameStretch; frameCount: number } | undefined;
}

/** What is to be done next for a film. */
export type FilmStep = { kind: 'make'; window: FilmWindow } | ShowStep;

/** How many frames a film has; Infinity when it goes on until it is stopped. */
export function filmFrameCount(film: Film, grid: FrameGrid): number {
  const rows = shotRowsOf(film, grid).at(-1)!;
  return rows[0]!.startFrame + shotFrameCount(film, rows, grid);
}

/**
 * The steps of a film, showing every frame once and in order.
 * The same film has the same steps; one that goes on has no last.
 */
export function* planFilm(film: Film, grid: FrameGrid): Generator<FilmStep> {
  const made = new Set<FilmWindow>();
  const shots = shotRowsOf(film, grid);
  const filmEnd = filmFrameCount(film, grid);
  let before: Shot | undefined;
  let opening: LatentFrame | undefined;
  for (const [index, rows] of shots.entries()) {
    const fades = shots[index + 1]?.[0]?.row.transition === 'cross-fade';
    const fadeFrameCount = fades ? frameCountBy(CROSS_FADE_SECONDS, grid.framesPerSecond) : 0;
    const loops = film.loops && index === shots.length - 1;
    const shot = new Shot(film, grid, {
      rows,
      frameCount: shotFrameCount(film, rows, grid),
      fadeFrameCount,
      end: loops ? (opening ?? 'opening') : undefined,
    });
    opening ??= shot.opening;
    let frameIndex = rows[0]!.startFrame;
    for (const stretch of shot.shown()) {
      const fadeFrom = before?.behindEnd(stretch.frameCount) ?? [];
      const windows = [stretch, ...fadeFrom].map(({ window }) => window);
      for (const window of windows) yield* makeSteps(window, made);
      const nextIndex = frameIndex + stretch.frameCount;
      const isEnd = film.loops && nextIndex === filmEnd;
      const fadeTo = isEnd ? loopFade(opening, stretch, grid) : undefined;
      yield { kind: 'show', stretch, frameIndex, fadeFrom, fadeTo };
      frameIndex = nextIndex;
      before = undefined;
    }
    before = shot;
  }
}

/**
 * The last frames of a loop go over into its first picture: the model arrives there,
 * but what it makes of one latent frame and the next never quite meets.
 */
function loopFade(
  { window, position }: LatentFrame,
  { frameCount }: FrameStretch,
  { pictureCount }: FrameGrid,
): ShowStep['fadeTo'] {
  const { start } = framesAt(position, window.startsShot, pictureCount);
  const stretch = { window, start, frameCount: 1 };
  return { stretch, frameCount: Math.min(frameCount, LOOP_FADE_LATENT_FRAME_COUNT * pictureCount) };
}

/** A window that has not been made, after what it is given. */
function* makeSteps(window: FilmWindow, made: Set<FilmWindow>): Generator<FilmStep> {
  if (made.has(window)) return;
  for (const { from } of window.given) {
    if ('window' in from) yield* makeSteps(from.window, made);
  }
  made.add(window);
  yield { kind: 'make', window };
}

/** The rows of each shot of a film. */
function shotRowsOf(film: Film, grid: FrameGrid): ShotRow[][] {
  const shots: ShotRow[][] = [];
  let seconds = 0;
  for (const [rowIndex, row] of film.rows.entries()) {
    const startFrame = frameCountBy(seconds, grid.framesPerSecond);
    seconds += secondsOf(row.seconds);
    const endFrame = frameCountBy(seconds, grid.framesPerSecond);
    if (row.transition !== 'continue') shots.push([]);
    shots.at(-1)!.push({ row, rowIndex, startFrame, endFrame });
  }
  return shots;
}

function shotFrameCount(film: Film, rows: readonly ShotRow[], { pictureCount }: FrameGrid): number {
  const frameCount = rows.at(-1)!.endFrame - rows[0]!.startFrame;
  const isLast = rows.at(-1)!.rowIndex === film.rows.length - 1;
  if (!film.loops || !isLast) return frameCount;
  // A loop goes back to its first picture right after a whole latent frame.
  return frameCountOf(nearestLatentFrameCount(frameCount, pictureCount), pictureCount);
}
