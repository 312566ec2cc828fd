import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { filmFrameCount, planFilm } from '../../src/core/film-plan.ts';
import type { FilmStep, ShowStep } from '../../src/core/film-plan.ts';
import type { FilmWindow } from '../../src/core/film-shot.ts';
import { filmSeconds } from '../../src/core/film.ts';
import { GRID, TINY_GRID, film, films } from './films.ts';

function firstSteps(steps: Iterable<FilmStep>, count: number): FilmStep[] {
  const taken: FilmStep[] = [];
  for (const step of steps) {
    if (taken.length === count) break;
    taken.push(step);
  }
  return taken;
}

const shownOf = (steps: readonly FilmStep[]) =>
  steps.filter((step): step is ShowStep => step.kind === 'show');
const madeOf = (steps: readonly FilmStep[]) =>
  steps.flatMap((step) => (step.kind === 'make' ? [step.window] : []));

/** Positions given from windows, as [position, index of the window, position there]. */
function givenFrom(window: FilmWindow, made: readonly FilmWindow[]) {
  return window.given.map(({ position, from }) =>
    'window' in from
      ? [position, made.indexOf(from.window), from.position]
      : [position, from.picture],
  );
}

describe('a film of one row', () => {
  it('is one window where one is enough', () => {
    const steps = [...planFilm(film([{ seconds: 17 / 12 }]), GRID)];
    expect(steps).toMatchObject([
      {
        kind: 'make',
        window: { prompt: 'prompt 0', seed: 7, noiseIndex: 0, startsShot: true, given: [] },
      },
      { kind: 'show', frameIndex: 0, stretch: { start: 0, frameCount: 17 } },
    ]);
  });

  it('goes on from the last latent frames of each window', () => {
    const steps = [...planFilm(film([{ seconds: 5 }]), GRID)];
    const made = madeOf(steps);
    expect(made.map(({ noiseIndex, startsShot }) => [noiseIndex, startsShot])).toEqual([
      [0, true],
      [1, false],
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(givenFrom(made[1]!, made)).toEqual([
      [0, 0, 3],
      [1, 0, 4],
    ]);
    expect(givenFrom(made[4]!, made)).toEqual([
      [0, 3, 3],
      [1, 3, 4],
    ]);
    // Of the 61 frames in its latent frames the last is not shown.
    expect(
      shownOf(steps).map(({ frameIndex, stretch }) => [
        frameIndex,
        stretch.start,
        stretch.frameCount,
      ]),
    ).toEqual([
      [0, 0, 17],
      [17, 8, 12],
      [29, 8, 12],
      [41, 8, 12],
      [53, 8, 7],
    ]);
  });

  it('goes on without end when nobody stops it', () => {
    const steps = firstSteps(planFilm(film([{ seconds: 'endless' }]), GRID), 2000);
    expect(filmFrameCount(film([{ seconds: 'endless' }]), GRID)).toBe(Infinity);
    expect(madeOf(steps)).toHaveLength(1000);
    expect(shownOf(steps).at(-1)).toMatchObject({
      frameIndex: 17 + 998 * 12,
      stretch: { frameCount: 12 },
    });
  });
});

describe('pictures and loops', () => {
  it('gives a start picture to the first place and an end picture to the last', () => {
    const picture = film([{ seconds: 3, startPicture: 'first', endPicture: 'last' }]);
    const steps = [...planFilm(picture, GRID)];
    const made = madeOf(steps);
    expect(givenFrom(made[0]!, made)).toEqual([[0, 'first']]);
    expect(givenFrom(made.at(-1)!, made).at(-1)).toEqual([4, 'last']);
    const { frameIndex, stretch } = shownOf(steps).at(-1)!;
    expect(frameIndex + stretch.frameCount).toBe(36);
    // The last frames shown are those of the end picture.
    expect(stretch.start + stretch.frameCount).toBeGreaterThan(4 * 4);
  });

  it('arrives at the first latent frame again without showing it twice', () => {
    const steps = [...planFilm(film([{ seconds: 3 }], { loops: true }), GRID)];
    const made = madeOf(steps);
    expect(givenFrom(made.at(-1)!, made).at(-1)).toEqual([4, 0, 0]);
    const { stretch, fadeTo } = shownOf(steps).at(-1)!;
    expect(stretch.start + stretch.frameCount).toBe(4 * 4);
    expect(fadeTo).toEqual({
      stretch: { window: made[0], start: 0, frameCount: 1 },
      frameCount: 8,
    });
  });
});

describe('rows', () => {
  it('goes on in the same shot with other words', () => {
    const made = madeOf([...planFilm(film([{ seconds: 2 }, { seconds: 2 }]), GRID)]);
    expect(made.map(({ prompt, startsShot }) => [prompt, startsShot])).toEqual([
      ['prompt 0', true],
      ['prompt 0', false],
      ['prompt 1', false],
      ['prompt 1', false],
    ]);
  });

  it('begins a new shot at a cut', () => {
    const made = madeOf([
      ...planFilm(film([{ seconds: 1 }, { seconds: 1, transition: 'cut' }]), GRID),
    ]);
    expect(
      made.map(({ noiseIndex, startsShot, given }) => [noiseIndex, startsShot, given.length]),
    ).toEqual([
      [0, true, 0],
      [0, true, 0],
    ]);
  });

  it('fades over from frames behind the end of the row before', () => {
    const steps = [
      ...planFilm(film([{ seconds: 2 }, { seconds: 2, transition: 'cross-fade' }]), GRID),
    ];
    const fading = shownOf(steps).filter(({ fadeFrom }) => fadeFrom.length > 0);
    expect(fading).toHaveLength(1);
    expect(fading[0]!.frameIndex).toBe(24);
    expect(fading[0]!.fadeFrom.reduce((sum, { frameCount }) => sum + frameCount, 0)).toBe(6);
    expect(fading[0]!.fadeFrom.every(({ window }) => window.prompt === 'prompt 0')).toBe(true);
  });
});

describe('a retake', () => {
  it('makes a part of a row between what stands before and after it', () => {
    const retakes = [{ startSeconds: 2, endSeconds: 3, seed: 99 }];
    const steps = [...planFilm(film([{ seconds: 6, retakes }]), GRID)];
    const made = madeOf(steps);
    const retaken = made.filter(({ seed }) => seed === 99);
    const given = givenFrom(retaken.at(-1)!, made).at(-1)!;
    // It arrives at the first latent frame that the window behind it made itself.
    expect(given[0]).toBe(4);
    expect(given[2]).toBe(2);
    const shown = shownOf(steps).map(({ stretch }) => stretch.window.seed);
    expect(new Set(shown)).toEqual(new Set([7, 99]));
    expect(shown[0]).toBe(7);
    expect(shown.at(-1)).toBe(7);
  });
});

describe.each([
  ['built-in', GRID],
  ['tiny', TINY_GRID],
])('any film on the %s grid', (_name, grid) => {
  it('shows every frame once, in order', () => {
    fc.assert(
      fc.property(films, (drawn) => {
        let next = 0;
        for (const { frameIndex, stretch, fadeFrom } of shownOf([...planFilm(drawn, grid)])) {
          expect(frameIndex).toBe(next);
          expect(stretch.frameCount).toBeGreaterThan(0);
          const fadeCount = fadeFrom.reduce((sum, { frameCount }) => sum + frameCount, 0);
          expect(fadeCount).toBeLessThanOrEqual(stretch.frameCount);
          next += stretch.frameCount;
        }
        expect(next).toBe(filmFrameCount(drawn, grid));
        const slack = drawn.loops ? grid.pictureCount / 2 : 0;
        expect(Math.abs(next - filmSeconds(drawn) * 12)).toBeLessThanOrEqual(slack + 0.5);
      }),
    );
  });

  it('makes every window once, after all that it is given, and before it is shown', () => {
    fc.assert(
      fc.property(films, (drawn) => {
        const made = new Set<FilmWindow>();
        for (const step of planFilm(drawn, grid)) {
          const needed =
            step.kind === 'show'
              ? [step.stretch, ...step.fadeFrom].map(({ window }) => window)
              : step.window.given.flatMap(({ from }) => ('window' in from ? [from.window] : []));
          expect(needed.every((window) => made.has(window))).toBe(true);
          if (step.kind === 'show') continue;
          expect(made.has(step.window)).toBe(false);
          made.add(step.window);
        }
      }),
    );
  });

  it('gives each place of a window once, and leaves some to make', () => {
    fc.assert(
      fc.property(films, (drawn) => {
        for (const window of madeOf([...planFilm(drawn, grid)])) {
          const positions = new Set(window.given.map(({ position }) => position));
          expect(positions.size).toBe(window.given.length);
          expect(positions.size).toBeLessThan(grid.latentFrameCount);
          expect(Math.max(-1, ...positions)).toBeLessThan(grid.latentFrameCount);
        }
      }),
    );
  });
});
