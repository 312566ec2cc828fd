import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FilmTask, GenerateJob } from '../../src/core/api.ts';
import { extended, retaken, stoppedAt } from '../../src/core/film-edit.ts';
import { planFilm } from '../../src/core/film-plan.ts';
import { filmSeconds } from '../../src/core/film.ts';
import type { Film } from '../../src/core/film.ts';
import { FilmJob } from '../../src/studio/film-job.ts';
import { FilmTasks, segmentKeyOf } from '../../src/studio/film-tasks.ts';
import type { ModelPack } from '../../models/pack.ts';
import { GRID, film, films, grids } from './films.ts';

const PACK = { files: {}, latent: {}, window: {}, schedule: {} } as unknown as ModelPack;

function tasksFor({ widthPx, heightPx, stepCount, guidance, negativePrompt }: Film): FilmTasks {
  const job: GenerateJob = {
    packUrl: '',
    device: 'auto',
    ...{ widthPx, heightPx, stepCount, guidance, negativePrompt },
    hasPictures: false,
    isPrivate: false,
  };
  return new FilmTasks(PACK, job);
}

async function allTasks(drawn: Film, grid = GRID): Promise<FilmTask[]> {
  const tasks = tasksFor(drawn);
  return Promise.all([...planFilm(drawn, grid)].map((step) => tasks.taskOf(step)));
}

/** The names of what a film shows, in order. */
async function segmentKeys(drawn: Film): Promise<string[]> {
  const shown = (await allTasks(drawn)).flatMap((task) => (task.kind === 'show' ? [task] : []));
  return Promise.all(shown.map(segmentKeyOf));
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.filter((key) => b.includes(key)).length;

describe('names', () => {
  it('are the same for the same film, planned twice', async () => {
    await fc.assert(
      fc.asyncProperty(films, grids, async (drawn, grid) => {
        expect(await allTasks(drawn, grid)).toEqual(await allTasks(structuredClone(drawn), grid));
      }),
      { numRuns: 30 },
    );
  });

  it('are 64 hexadecimal digits, one for each window', async () => {
    const tasks = await allTasks(film([{ seconds: 10 }, { transition: 'cut' }]));
    const keys = tasks.flatMap((task) => (task.kind === 'make' ? [task.key] : []));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Film]>([
    ['seed', film([{}], { seed: 8 })],
    ['words', film([{ prompt: 'other' }])],
    ['camera', film([{ camera: 'the camera zooms in' }])],
    ['steps', film([{}], { stepCount: 25 })],
    ['guidance', film([{}], { guidance: 5 })],
    ['negative prompt', film([{}], { negativePrompt: 'rain' })],
    ['start picture', film([{ startPicture: 'p' }])],
    ['size', film([{}], { heightPx: 64 })],
  ])('are others for another %s', async (_name, changed) => {
    expect(same(await segmentKeys(film([{}])), await segmentKeys(changed))).toBe(0);
  });
});

describe('what stays when a film is changed', () => {
  it('extend: all but the last stretch, which was cut off inside a latent frame', async () => {
    const before = await segmentKeys(film([{ seconds: 5 }]));
    const after = await segmentKeys(extended(film([{ seconds: 5 }]), 3));
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    expect(after.length).toBeGreaterThan(before.length);
  });

  it('retake of a row: every other row', async () => {
    const board = film([{}, {}, { transition: 'cut' }, {}]);
    const before = await segmentKeys(board);
    const after = await segmentKeys(retaken(board, 1, 99));
    const rowTwo = await segmentKeys({ ...board, rows: board.rows.slice(0, 1) });
    expect(after.slice(0, rowTwo.length)).toEqual(before.slice(0, rowTwo.length));
    const behindCount = (await segmentKeys({ ...board, rows: board.rows.slice(2) })).length;
    expect(after.slice(-behindCount)).toEqual(before.slice(-behindCount));
    expect(same(before, after)).toBeLessThan(before.length);
  });

  it('retake of a part: what stands before and after it', async () => {
    const before = await segmentKeys(film([{ seconds: 8 }]));
    const after = await segmentKeys(
      retaken(film([{ seconds: 8 }]), 0, 99, { startSeconds: 3, endSeconds: 4 }),
    );
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after.slice(-3)).toEqual(before.slice(-3));
    expect(same(before, after)).toBeLessThan(before.length);
  });

  it('another order: rows that begin with a cut', async () => {
    const board = film([{}, { transition: 'cut' }, { transition: 'cut' }]);
    const before = await segmentKeys(board);
    const turned = { ...board, rows: board.rows.toReversed() };
    const cuts = {
      ...turned,
      rows: turned.rows.map((row) => ({ ...row, transition: 'cut' as const })),
    };
    expect((await segmentKeys(cuts)).toSorted()).toEqual(before.toSorted());
  });

  it('stop: just as much as was shown', () => {
    fc.assert(
      fc.property(films, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (drawn, part) => {
        const frameCount = Math.max(1, Math.floor(filmSeconds(drawn) * part * 12));
        const stopped = stoppedAt(drawn, frameCount / 12);
        expect(Math.round(filmSeconds(stopped) * 12)).toBe(frameCount);
      }),
    );
  });
});

describe('steering', () => {
  it('changes the words from the next window on, and nothing before', async () => {
    await fc.assert(
      fc.asyncProperty(films, fc.nat(12), async (drawn, takenCount) => {
        const job = new FilmJob(drawn, GRID);
        const tasks = tasksFor(drawn);
        const taken: FilmTask[] = [];
        const take = async () => {
          const step = job.take();
          if (step) taken.push(await tasks.taskOf(step));
          return step !== undefined;
        };
        for (let i = 0; i < takenCount; i++) await take();
        const before = taken.length;
        const atSeconds = job.steer('steered');
        while (await take());
        // Whoever makes the film from its document makes the very same.
        expect(await allTasks(job.film)).toEqual(taken);
        const words = taken.flatMap((task) => (task.kind === 'make' ? [task.prompt] : []));
        expect(words.includes('steered')).toBe(atSeconds !== undefined);
        expect(taken.slice(0, before)).toEqual((await allTasks(drawn)).slice(0, before));
      }),
    );
  });

  it('says from which second it counts, and writes that into the film', () => {
    const job = new FilmJob(film([{ seconds: 'endless' }]), GRID);
    for (let i = 0; i < 3; i++) job.take();
    // The first window has been shown, the second is being made.
    expect(job.steer('a storm')).toBeCloseTo(29 / 12);
    expect(job.film.rows).toMatchObject([
      { prompt: 'prompt 0', seconds: 29 / 12 },
      { prompt: 'a storm', seconds: 'endless', transition: 'continue' },
    ]);
  });
});
