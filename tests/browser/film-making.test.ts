// A film that is stopped while its file is written: the file has its time, counted from the stop.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerThread } from '../../src/boundary/thread.ts';
import type { ExportApi, GenerateApi } from '../../src/core/api.ts';
import { FilmMaking } from '../../src/studio/make-film.ts';
import { filmOf, jobOf, pack } from './make-film.ts';

/** Begins a film whose file is never done; gives the signal that aborts when its worker is given up. */
async function whileWriting(stop: AbortSignal): Promise<AbortSignal> {
  const { promise: writing, resolve: hearWriting } = Promise.withResolvers<AbortSignal>();
  const exporting = {
    call: (run: (api: Partial<ExportApi>) => Promise<unknown>, givenUp: AbortSignal) => {
      const finish = () => {
        hearWriting(givenUp);
        return new Promise<never>(() => undefined);
      };
      return run({
        open: () => Promise.resolve(''),
        beginSegment: () => Promise.resolve(),
        finish,
      });
    },
  } as unknown as WorkerThread<ExportApi>;
  const generate = {
    call: () => Promise.resolve(),
  } as unknown as WorkerThread<GenerateApi>;
  const film = filmOf({ prompt: 'a fox' });
  const job = { ...jobOf(film, 'wasm'), isPrivate: true };
  const options = { storesFilm: false, isPrivate: true, pack, job, generate, exporting };
  const ignore = () => Promise.resolve();
  void new FilmMaking(film, options).make(ignore, stop, () => undefined);
  return writing;
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

test.each([0, 14_000, 60_000])('stopped after %i ms of writing', async (writtenMs) => {
  const stop = new AbortController();
  const givenUp = await whileWriting(stop.signal);
  vi.advanceTimersByTime(writtenMs);
  stop.abort();
  vi.advanceTimersByTime(14_999);
  expect(givenUp.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(givenUp.aborted).toBe(true);
});

test('not stopped, it has all the time that it needs', async () => {
  const givenUp = await whileWriting(new AbortController().signal);
  vi.advanceTimersByTime(600_000);
  expect(givenUp.aborted).toBe(false);
});
