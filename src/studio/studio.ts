// The studio on the main thread: films in, files out, over two workers, one film at a time.
// Every film ends with exactly one terminal event, after which both workers stand still.
import { WorkerThread } from '../boundary/thread.ts';
import type { Deliver, ExportApi, GenerateApi, GenerateJob } from '../core/api.ts';
import type { ExportedClip } from '../core/clip.ts';
import type { DeviceChoice } from '../core/device.ts';
import { StudioError, failureOf, studioError } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import { hasPictures } from '../core/film.ts';
import type { Film } from '../core/film.ts';
import {
  dropPieces,
  filmPieces,
  keepUnfinished,
  sweepPieces,
  whilePiecesStay,
} from '../library/film-pieces.ts';
import { missingByteLength, obtainByteLength } from '../library/obtain.ts';
import { byteLengthOf } from '../library/pack-shards.ts';
import { dropUnusedShards, removeWeights, storedByteLength } from '../library/weights.ts';
import { fetchFirstPack } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { filesFor } from '../../models/pack.ts';
import type { FilmMaking } from './make-film.ts';

/** Pieces of films beyond this are dropped when the next film is done, unless they are its own. */
const MAX_PIECES_BYTE_LENGTH = 256 * 1024 * 1024;

/** What a film would bring down before it can start. */
export interface Download {
  totalByteLength: number;
  /** What is not kept on this device yet. */
  missingByteLength: number;
  /** The runtime that executes the graphs, kept by the browser's own cache. */
  engineByteLength: number;
}

/** A finished file, and the film that it is: shorter than asked for when it was stopped, steered where it was steered. */
export interface MadeFilm extends ExportedClip {
  film: Film;
}

export interface MakeOptions {
  /** Whether the film's document may be written into the file. */
  storesFilm: boolean;
}

/** A film that was being made when its page closed. */
export interface UnfinishedFilm {
  film: Film;
  /** How much of it is kept. */
  seconds: number;
}

/** Everything that a page can ask of the engine. */
export interface Studio {
  /** The pack that this site starts with; a failure is tried again at the next call. */
  pack(): Promise<LocatedPack>;
  downloadFor(film: Film): Promise<Download>;
  /**
   * Makes a film: `plan` first, then stages, then one terminal event.
   * An abort stops it: what has been shown by then becomes its file, and without a single frame it is `cancelled`.
   * Parts that this device still keeps from an earlier making are not made again, and not delivered.
   * @param deliver gets frames in film order; the engine waits for it
   * @throws StudioError the failure of the terminal event; call-misused while another film is being made
   */
  makeFilm(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm>;
  /**
   * Changes the words of the film that is being made, from its next window on.
   * @returns the second of the film from which they count; undefined when there is no window left to change
   */
  steer(prompt: string): number | undefined;
  /** What was left behind by a page that closed in the middle of a film. */
  unfinished(): Promise<UnfinishedFilm | undefined>;
  /** Makes the file of what was left behind. */
  finishUnfinished(options: MakeOptions): Promise<MadeFilm>;
  dropUnfinished(): Promise<void>;
  /** Bytes of weights and pieces of films kept on this device. */
  storedByteLength(): Promise<number>;
  /** Forgets weights and pieces of films. */
  removeWeights(): Promise<void>;
}

export interface StudioOptions {
  catalogueUrl: string;
  device: DeviceChoice;
}

/** Opens a studio; workers start with the first clip. */
export function createStudio(options: StudioOptions): Studio {
  return new WorkerStudio(options);
}

class WorkerStudio implements Studio {
  readonly #options: StudioOptions;
  readonly #generate = new WorkerThread<GenerateApi>(
    'generate',
    () =>
      new Worker(new URL('../../workers/generate.worker.ts', import.meta.url), { type: 'module' }),
  );
  readonly #export = new WorkerThread<ExportApi>(
    'export',
    () =>
      new Worker(new URL('../../workers/export.worker.ts', import.meta.url), { type: 'module' }),
  );
  #pack: Promise<LocatedPack> | undefined;
  #isBusy = false;
  #making: FilmMaking | undefined;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  pack(): Promise<LocatedPack> {
    this.#pack ??= fetchFirstPack(this.#options.catalogueUrl).catch((thrown: unknown) => {
      this.#pack = undefined;
      throw thrown;
    });
    return this.#pack;
  }

  async downloadFor(film: Film): Promise<Download> {
    const { pack } = await this.pack();
    const files = filesFor(pack, { ...film, hasPictures: hasPictures(film) });
    return {
      totalByteLength: obtainByteLength(pack, files),
      missingByteLength: await missingByteLength(pack, files),
      engineByteLength: __ENGINE_BYTE_LENGTH__['Suspending' in WebAssembly ? 'jspi' : 'asyncify'],
    };
  }

  async makeFilm(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm> {
    return this.#exclusively('makeFilm', async () => {
      let isOver = false;
      // A worker that was cancelled may speak once more; nobody hears it after the end.
      const tell = (event: JobEvent) => {
        if (isOver) return;
        isOver = event.type === 'done' || event.type === 'cancelled' || event.type === 'failed';
        emit(event);
      };
      try {
        const made = await this.#make(film, options, deliver, signal, tell);
        tell({ type: 'done', atMs: Date.now() });
        return made;
      } catch (thrown) {
        const failure = failureOf(thrown);
        const atMs = Date.now();
        if (failure.code === 'cancelled') tell({ type: 'cancelled', atMs });
        else tell({ type: 'failed', failure, atMs });
        throw new StudioError(failure, { cause: thrown });
      }
    });
  }

  steer(prompt: string): number | undefined {
    return this.#making?.steer(prompt);
  }

  async unfinished(): Promise<UnfinishedFilm | undefined> {
    const { findUnfinished } = await import('./unfinished-film.ts');
    return findUnfinished();
  }

  finishUnfinished(options: MakeOptions): Promise<MadeFilm> {
    return this.#exclusively('finishUnfinished', async () => {
      const { finishUnfinished } = await import('./unfinished-film.ts');
      const made = await finishUnfinished(this.#export, options);
      await keepUnfinished(undefined);
      return made;
    });
  }

  dropUnfinished(): Promise<void> {
    return keepUnfinished(undefined);
  }

  async storedByteLength(): Promise<number> {
    return (await storedByteLength()) + byteLengthOf(await filmPieces.shards());
  }

  async removeWeights(): Promise<void> {
    await removeWeights();
    await dropPieces();
  }

  async #make(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm> {
    const { pack, url } = await this.pack();
    // Firefox asks the person, so nothing waits for the answer; without it the browser may evict the weights.
    void navigator.storage.persist().catch(() => undefined);
    const { widthPx, heightPx, stepCount, guidance, negativePrompt } = film;
    const job: GenerateJob = {
      packUrl: url,
      device: this.#options.device,
      ...{ widthPx, heightPx, stepCount, guidance, negativePrompt },
      hasPictures: hasPictures(film),
    };
    const workers = { generate: this.#generate, exporting: this.#export };
    // What makes films comes when the first one is asked for: the page shows itself without.
    const { FilmMaking } = await import('./make-film.ts');
    const making = new FilmMaking(film, { ...options, ...workers, pack, job });
    this.#making = making;
    try {
      const made = await whilePiecesStay(() => making.make(deliver, signal, emit));
      // Shards of an earlier version of the pack, and pieces of earlier films; the film is made,
      // so what goes wrong here is of no account to it.
      void dropUnusedShards([pack]).catch(() => undefined);
      void sweepPieces(making.pieceKeys, MAX_PIECES_BYTE_LENGTH).catch(() => undefined);
      return made;
    } finally {
      this.#making = undefined;
    }
  }

  async #exclusively<T>(call: string, work: () => Promise<T>): Promise<T> {
    if (this.#isBusy) {
      throw studioError('call-misused', { call, state: 'making a film', expected: 'idle' });
    }
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
    }
  }
}
