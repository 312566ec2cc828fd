// What a page left behind that closed in the middle of a film: how much of it becomes a file, and which film that is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WorkerThread } from '../../src/boundary/thread.ts';
import type { ExportApi } from '../../src/core/api.ts';
import { readFilmJson } from '../../src/core/film-tags.ts';
import { filmSeconds } from '../../src/core/film.ts';
import {
  dropPieces,
  filmPieces,
  keepUnfinished,
  sweepPieces,
} from '../../src/library/film-pieces.ts';
import { findUnfinished, finishUnfinished } from '../../src/studio/unfinished-film.ts';
import { ExportFilm } from '../../workers/export/export-film.ts';
import { packSegment, parseSegment } from '../../workers/export/segment.ts';
import { barsBatch, failureFrom, formatOf, FRAMES_PER_SECOND } from './bars.ts';
import { filmOf } from './make-film.ts';

const SEGMENT_FRAME_COUNT = 12;
const KEYS = ['a', 'b', 'c'];
const OPTIONS = { storesFilm: true, isPrivate: false };

const format = formatOf(64, 5 * SEGMENT_FRAME_COUNT);
const exporting = new WorkerThread<ExportApi>(
  'export',
  () => new Worker(new URL('../../workers/export.worker.ts', import.meta.url), { type: 'module' }),
);

/** Makes a kept segment one of a browser that encoded in another way. */
async function makeStranger(key: string): Promise<void> {
  const piece = (await filmPieces.shards()).find(({ sha256 }) => sha256 === key)!;
  const segment = parseSegment((await filmPieces.get(piece))!)!;
  const bytes = packSegment({ ...segment, codec: 'vp09.00.10.08' });
  await filmPieces.deleteMany([piece]);
  await filmPieces.put({ sha256: key, byteLength: bytes.byteLength }, bytes);
}

beforeEach(async () => {
  await dropPieces();
  const film = new ExportFilm();
  await film.open(format, () => undefined);
  for (const [index, key] of KEYS.entries()) {
    const frameIndex = index * SEGMENT_FRAME_COUNT;
    await film.beginSegment(key, SEGMENT_FRAME_COUNT);
    await film.add(barsBatch(format, frameIndex, SEGMENT_FRAME_COUNT));
  }
  await film.cancel();
  await keepUnfinished({
    filmJson: JSON.stringify(filmOf({ prompt: 'a fox', seconds: 5 })),
    format,
    segments: [...KEYS, 'under way'].map((sha256) => ({ sha256, frameCount: SEGMENT_FRAME_COUNT })),
  });
});

afterEach(() => keepUnfinished(undefined));

describe('a film that was left behind', () => {
  test('is as long as what is kept of it', async () => {
    expect((await findUnfinished())?.seconds).toBe(3);
    const made = await finishUnfinished(exporting, OPTIONS);
    expect(made.format.frameCount).toBe(3 * FRAMES_PER_SECOND);
    expect(filmSeconds(made.film)).toBe(3);
    expect(JSON.parse((await readFilmJson(made.mp4))!)).toEqual(made.film);
  });

  test('ends before a segment that another browser made, and so does its document', async () => {
    await makeStranger('b');
    const made = await finishUnfinished(exporting, OPTIONS);
    expect(made.format.frameCount).toBe(FRAMES_PER_SECOND);
    expect(filmSeconds(made.film)).toBe(1);
    expect(JSON.parse((await readFilmJson(made.mp4))!)).toEqual(made.film);
  });

  test('of which no segment fits is lost, however often it is asked for', async () => {
    await makeStranger('a');
    for (let i = 0; i < 2; i++) {
      expect(await failureFrom(finishUnfinished(exporting, OPTIONS))).toEqual({
        code: 'unfinished-lost',
        facts: {},
      });
    }
  });

  test('keeps its pieces until it is made', async () => {
    const swept: Pick<WorkerThread<ExportApi>, 'call'> = {
      call: async (run) => {
        await sweepPieces(new Set(), 0);
        return exporting.call(run);
      },
    };
    const made = await finishUnfinished(swept, OPTIONS);
    expect(made.format.frameCount).toBe(3 * FRAMES_PER_SECOND);
  });
});
