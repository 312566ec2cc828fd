// Frames of colour bars, and films made of them by the export worker's own class.
import { commands } from 'vitest/browser';
import type { FilmTags } from '../../src/core/api.ts';
import type { ExportedClip, FilmFormat, FrameBatch } from '../../src/core/clip.ts';
import { failureOf } from '../../src/core/errors.ts';
import type { Failure } from '../../src/core/errors.ts';
import type { StageEvent } from '../../src/core/event.ts';
import type { ExportFilm } from '../../workers/export/export-film.ts';

export const FRAMES_PER_SECOND = 12;

export const NO_TAGS: FilmTags = { filmJson: undefined };

/** 100 % colour bars, the hardest colours for limited-range chroma. */
export const BARS = [
  [255, 255, 255],
  [255, 255, 0],
  [0, 255, 255],
  [0, 255, 0],
  [255, 0, 255],
  [255, 0, 0],
  [0, 0, 255],
  [0, 0, 0],
] as const;

export function formatOf(sidePx: number, frameCount = 17): FilmFormat {
  return { widthPx: sidePx, heightPx: sidePx, framesPerSecond: FRAMES_PER_SECOND, frameCount };
}

function barIndexAt(column: number, frameIndex: number, widthPx: number): number {
  // Two pixels a frame, so that a bar's edge never cuts a chroma sample in half.
  return Math.floor((((column + 2 * frameIndex) % widthPx) * BARS.length) / widthPx);
}

/** Frames of colour bars that move to the left. */
export function barsBatch(
  format: FilmFormat,
  frameIndex = 0,
  frameCount = format.frameCount,
): FrameBatch {
  const { widthPx, heightPx } = format;
  const rgba = new Uint8ClampedArray(frameCount * widthPx * heightPx * 4);
  for (let at = 0; at < rgba.length; at += 4) {
    const pixelIndex = at / 4;
    const frame = frameIndex + Math.floor(pixelIndex / (widthPx * heightPx));
    rgba.set([...BARS[barIndexAt(pixelIndex % widthPx, frame, widthPx)]!, 255], at);
  }
  return { frameIndex, frameCount, widthPx, heightPx, rgba };
}

/** Opens a film that is one segment. */
export async function openBars(film: ExportFilm, format: FilmFormat, events: StageEvent[] = []) {
  await film.open(format, (event) => events.push(event));
  await film.beginSegment('bars', format.frameCount);
}

/** A film of bars from its first frame to its file. */
export async function exportBars(film: ExportFilm, format: FilmFormat, events?: StageEvent[]) {
  await openBars(film, format, events);
  await film.add(barsBatch(format));
  return film.finish(NO_TAGS);
}

export async function probe({ mp4 }: ExportedClip) {
  return commands.probe([...(await mp4.bytes())]);
}

export async function failureFrom(promise: Promise<unknown>): Promise<Failure | undefined> {
  return promise.then(
    () => undefined,
    (thrown: unknown) => failureOf(thrown),
  );
}

/** What a misused call says; any other failure as it is. */
export async function misuseFrom(promise: Promise<unknown>) {
  const failure = await failureFrom(promise);
  return failure?.code === 'call-misused' ? failure.facts : failure;
}
