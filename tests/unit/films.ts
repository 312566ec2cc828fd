// Films that tests draw at random, and the grids of the built-in and the tiny pack.
import fc from 'fast-check';
import { TRANSITIONS } from '../../src/core/film.ts';
import type { Film, FilmDefaults, FilmRow } from '../../src/core/film.ts';
import type { FrameGrid } from '../../src/core/frame-math.ts';

export const GRID: FrameGrid = {
  framesPerSecond: 12,
  pictureCount: 4,
  latentFrameCount: 5,
  contextLatentFrameCount: 2,
};

export const TINY_GRID: FrameGrid = { ...GRID, latentFrameCount: 3, contextLatentFrameCount: 1 };

export const DEFAULTS: FilmDefaults = {
  stepCount: 24,
  guidance: 4,
  canGuide: true,
  sizes: [
    { widthPx: 128, heightPx: 128 },
    { widthPx: 128, heightPx: 64 },
  ],
  grid: GRID,
  conditioning: ['start-frame', 'end-frame', 'continuation'],
  takesPictures: true,
};

export function film(rows: readonly Partial<FilmRow>[], changes: Partial<Film> = {}): Film {
  return {
    version: 2,
    widthPx: 128,
    heightPx: 128,
    seed: 7,
    stepCount: 24,
    guidance: 4,
    negativePrompt: '',
    loops: false,
    ...changes,
    rows: rows.map((row, index) => ({
      prompt: `prompt ${index}`,
      camera: '',
      seconds: 3,
      transition: index === 0 ? 'cut' : 'continue',
      retakes: [],
      ...row,
    })),
  };
}

const row = fc
  .record({
    seconds: fc.integer({ min: 4, max: 60 }).map((quarters) => quarters / 4),
    transition: fc.constantFrom(...TRANSITIONS),
    startPicture: fc.option(fc.constant('start'), { nil: undefined, freq: 4 }),
    endPicture: fc.option(fc.constant('end'), { nil: undefined, freq: 4 }),
    retakes: fc.array(
      fc
        .tuple(
          fc.double({ min: 0, max: 0.8, noNaN: true }),
          fc.double({ min: 0.1, max: 1, noNaN: true }),
          fc.nat(9),
        )
        .map(([start, length, seed]) => ({ start, length, seed })),
      { maxLength: 2 },
    ),
  })
  .map(({ startPicture, endPicture, retakes, ...rest }) => ({
    ...rest,
    ...(startPicture !== undefined && rest.transition !== 'continue' && { startPicture }),
    ...(endPicture !== undefined && { endPicture }),
    retakes: retakes.map(({ start, length, seed }) => ({
      startSeconds: start * rest.seconds,
      endSeconds: Math.min(1, start + length) * rest.seconds,
      seed,
    })),
  }));

/** Films of one to five rows with pictures, retakes, every transition, some of them loops. */
export const films = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([[first, ...rest], loops]) => {
    const rows = [{ ...first, transition: 'cut' as const }, ...rest];
    return film(rows, { loops: loops && rows.at(-1)!.endPicture === undefined });
  });

export const grids = fc.constantFrom(GRID, TINY_GRID);
