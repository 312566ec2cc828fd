// One film from its plan to its file: tasks go to the generate worker, its frames to the player and the export worker.
// What this device keeps from an earlier making is put into the file as it is.

import type { WorkerThread } from '../boundary/thread.ts';
import type {
  Deliver,
  ExportApi,
  FilmTask,
  GenerateApi,
  GenerateJob,
  Piece,
  ShowTask,
} from '../core/api.ts';
import { orCancelled, throwIfCancelled } from '../core/cancel.ts';
import type { ExportedClip, FilmFormat, MadeFilm } from '../core/clip.ts';
import { failureOf } from '../core/errors.ts';
import type { JobEvent, StageEvent } from '../core/event.ts';
import { stoppedAt } from '../core/film-edit.ts';
import { filmFrameCount } from '../core/film-plan.ts';
import type { Film } from '../core/film.ts';
import { filmPieces, keepUnfinished } from '../library/film-pieces.ts';
import type { UnfinishedRecord } from '../library/film-pieces.ts';
import { frameGrid, latentsByteLength, packSizeOf } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';
import { FilmJob } from './film-job.ts';
import { FilmTasks, segmentKeyOf } from './film-tasks.ts';
import { siteControl } from './site-worker.ts';
import { stageTotals } from './stage-totals.ts';
import type { MakeOptions } from './studio.ts';

/** How long the file may take once the person has stopped the film, before its worker is given up. */
const FINISH_AFTER_STOP_MS = 15_000;

/** Of a film without end the latents of older windows go; it goes on from the last ones alone. */
const ENDLESS_KEPT_WINDOW_COUNT = 60;

export interface FilmMakingOptions extends MakeOptions {
  pack: ModelPack;
  job: GenerateJob;
  generate: WorkerThread<GenerateApi>;
  exporting: WorkerThread<ExportApi>;
}

/** The making of one film. */
export class FilmMaking {
  readonly #options: FilmMakingOptions;
  readonly #film: FilmJob;
  readonly #tasks: FilmTasks;
  readonly #format: FilmFormat;
  /** What was kept before this film began, by name. */
  readonly #kept = new Map<string, Piece>();
  readonly #segments: UnfinishedRecord['segments'] = [];
  readonly #pieceKeys = new Set<string>();
  /** Latents of a film without end that are still kept, oldest first. */
  readonly #windows: Piece[] = [];
  #shownFrameCount = 0;
  /** The last call of the export worker, which must have ended before the next. */
  #exportCall: Promise<unknown> = Promise.resolve();
  #generating: Promise<void> = Promise.resolve();

  constructor(film: Film, options: FilmMakingOptions) {
    const { pack, job } = options;
    const grid = frameGrid(pack);
    this.#options = options;
    this.#film = new FilmJob(film, grid);
    this.#tasks = new FilmTasks(pack, job);
    this.#format = {
      frameCount: filmFrameCount(film, grid),
      framesPerSecond: grid.framesPerSecond,
      widthPx: film.widthPx,
      heightPx: film.heightPx,
    };
  }

  /** @see Studio.steer */
  steer(prompt: string): number | undefined {
    return this.#film.steer(prompt);
  }

  /** Names of all pieces that the film is made of so far. */
  get pieceKeys(): ReadonlySet<string> {
    return this.#pieceKeys;
  }

  /** @see Studio.makeFilm; its terminal event is the caller's to tell */
  async make(
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm> {
    await siteControl(signal);
    for (const piece of await filmPieces.shards()) this.#kept.set(piece.sha256, piece);
    const totals = await stageTotals(this.#film.film, this.#options, this.#tasks, this.#kept);
    emit({ type: 'plan', totals, atMs: Date.now() });
    const giveUp = new AbortController();
    const fail = new AbortController();
    const film = async (api: ExportApi) => {
      try {
        await this.#unlessStopped(() => api.open(this.#format, emit), signal);
        const ended = AbortSignal.any([signal, fail.signal]);
        await this.#generate(api, deliver, ended, emit).catch((thrown: unknown) => {
          const isStopped = signal.aborted && failureOf(thrown).code === 'cancelled';
          if (!isStopped || this.#shownFrameCount === 0) throw thrown;
        });
        return await this.#finish(api, signal, giveUp);
      } catch (thrown) {
        void api.cancel().catch(() => undefined);
        throw thrown;
      }
    };
    try {
      // One call for the whole film, so that the death of its worker is heard at any moment of it.
      const clip = await this.#options.exporting.call(film, giveUp.signal);
      await this.#writeDown(undefined);
      return { ...clip, film: this.#madeFilm(clip) };
    } catch (thrown) {
      // The other worker must stand still before a next film may start.
      fail.abort();
      await this.#generating;
      throw thrown;
    }
  }

  async #generate(
    api: ExportApi,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: StageEvent) => void,
  ): Promise<void> {
    const deliverToBoth: Deliver = async (batch) => {
      throwIfCancelled(signal);
      const shown = deliver(batch);
      const added = this.#unlessStopped(() => api.add(batch), signal);
      this.#shownFrameCount = batch.frameIndex + batch.frameCount;
      await Promise.all([shown, added]);
    };
    const first = await this.#nextTask(api, signal);
    if (!first) return;
    const waiting = [first];
    const nextTask = async () => waiting.shift() ?? (await this.#nextTask(api, signal));
    const { generate, job, showPreview } = this.#options;
    const generated = generate.call(
      (generator) => generator.generate(job, nextTask, deliverToBoth, showPreview, signal, emit),
      signal,
    );
    this.#generating = generated.catch(() => undefined);
    await generated;
  }

  /** The next task that is not done already; kept segments go to the file on the way. */
  async #nextTask(api: ExportApi, signal: AbortSignal): Promise<FilmTask | undefined> {
    for (;;) {
      const step = this.#film.take();
      if (!step) return undefined;
      const task = await this.#tasks.taskOf(step);
      const isKept =
        task.kind === 'make' ? this.#isKept(task.key) : await this.#appendKept(api, task, signal);
      if (isKept) continue;
      if (task.kind === 'make') this.#forgetOldWindows(task.key);
      return task;
    }
  }

  /** Puts what is kept of a task's frames into the file, or begins a segment for them. */
  async #appendKept(api: ExportApi, task: ShowTask, signal: AbortSignal): Promise<boolean> {
    const { frameCount } = task.stretch;
    const key = await segmentKeyOf(task);
    const name = this.#options.isPrivate ? undefined : key;
    const piece = this.#isKept(key) ? this.#kept.get(key) : undefined;
    const isAppended =
      piece !== undefined && (await this.#unlessStopped(() => api.append(piece), signal));
    if (isAppended) this.#shownFrameCount = task.frameIndex + frameCount;
    else await this.#unlessStopped(() => api.beginSegment(name, frameCount), signal);
    this.#segments.push({ sha256: key, frameCount });
    await this.#writeDown({
      filmJson: JSON.stringify(this.#film.film),
      format: this.#format,
      segments: this.#segments,
    });
    return isAppended;
  }

  /** Leaves word of the film for a page that opens after this one has closed too soon. */
  async #writeDown(record: UnfinishedRecord | undefined): Promise<void> {
    if (!this.#options.isPrivate) await keepUnfinished(record);
  }

  /** Calls the export worker unless the film was stopped, and waits for it or for a stop. */
  async #unlessStopped<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    throwIfCancelled(signal);
    const called = call();
    this.#exportCall = called.catch(() => undefined);
    return orCancelled(called, signal);
  }

  #forgetOldWindows(newKey: string): void {
    if (this.#format.frameCount !== Infinity) return;
    const byteLength = latentsByteLength(packSizeOf(this.#options.pack, this.#format));
    this.#windows.push({ sha256: newKey, byteLength });
    if (this.#windows.length <= ENDLESS_KEPT_WINDOW_COUNT) return;
    // What stays behind is swept after the film, so nothing waits for this.
    void filmPieces.deleteMany([this.#windows.shift()!]).catch(() => undefined);
  }

  #isKept(key: string): boolean {
    this.#pieceKeys.add(key);
    return this.#kept.has(key);
  }

  async #finish(
    api: ExportApi,
    signal: AbortSignal,
    giveUp: AbortController,
  ): Promise<ExportedClip> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      timer = setTimeout(() => giveUp.abort(), FINISH_AFTER_STOP_MS);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    try {
      await this.#exportCall;
      const film = this.#madeFilm({
        format: { ...this.#format, frameCount: this.#shownFrameCount },
      });
      const filmJson = this.#options.storesFilm ? JSON.stringify(film) : undefined;
      return await api.finish({ filmJson });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** The film as it is in a file: shorter than planned where it was stopped. */
  #madeFilm({ format }: Pick<ExportedClip, 'format'>): Film {
    const { film } = this.#film;
    if (format.frameCount >= this.#format.frameCount) return film;
    return stoppedAt(film, format.frameCount / format.framesPerSecond);
  }
}
