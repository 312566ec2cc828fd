// The studio on the main thread, over its workers: two make films, a third knows what words mean.
// Each starts when it is first needed. After a film's terminal event those two stand still.
import { WorkerThread } from '../boundary/thread.ts';
import type { Deliver, ExportApi, GenerateApi, GenerateJob } from '../core/api.ts';
import type { MadeFilm } from '../core/clip.ts';
import { StudioError, failureOf, studioError } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import { hasPictures } from '../core/film.ts';
import type { Film } from '../core/film.ts';
import type { Meanings } from '../core/understand.ts';
import { missingEngineByteLength } from '../library/engine.ts';
import {
  filmPieces,
  keepUnfinished,
  sweepPieces,
  whilePiecesStay,
} from '../library/film-pieces.ts';
import { missingByteLength, obtainByteLength } from '../library/obtain.ts';
import { byteLengthOf } from '../library/pack-shards.ts';
import { dropUnusedShards, storedByteLength } from '../library/weights.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { filesFor } from '../../models/pack.ts';
import type { ClipLibrary } from './clip-library.ts';
import type { FilmMaking } from './make-film.ts';
import { persistStorage } from './persist-storage.ts';
import type { ModelLibrary } from './site-models.ts';
import { SitePacks } from './site-packs.ts';
import type { WordMeanings } from './word-meanings.ts';
import type { Download, MakeOptions, Studio, StudioOptions, UnfinishedFilm } from './studio.ts';

/** Pieces of films beyond this are dropped when the next film is done, unless they are its own. */
const MAX_PIECES_BYTE_LENGTH = 256 * 1024 * 1024;

/** The studio of this site's packs. */
export class WorkerStudio implements Studio {
  readonly #options: StudioOptions;
  readonly #packs: SitePacks;
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
  #isBusy = false;
  #making: FilmMaking | undefined;
  #meanings: WordMeanings | undefined;

  constructor(options: StudioOptions) {
    this.#options = options;
    this.#packs = new SitePacks(options.catalogueUrl, options.chosenPackUrl);
  }

  pack(): Promise<LocatedPack> {
    return this.#packs.inUse();
  }

  async downloadFor(film: Film): Promise<Download> {
    const { pack } = await this.pack();
    const files = filesFor(pack, { ...film, hasPictures: hasPictures(film) });
    const missing = await missingByteLength(pack, files);
    if (missing > 0 && !navigator.onLine) {
      throw studioError('offline-without-model', { missingByteLength: missing });
    }
    return {
      totalByteLength: obtainByteLength(pack, files),
      missingByteLength: missing,
      engineByteLength: await missingEngineByteLength(),
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

  async meaningsOf(asked: readonly string[], signal: AbortSignal): Promise<Meanings | undefined> {
    const { WordMeanings } = await import('./word-meanings.ts');
    const located = await this.pack();
    if (this.#isBusy) return undefined;
    this.#meanings ??= new WordMeanings();
    return this.#meanings.of(located, asked, signal);
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

  async openModels(): Promise<ModelLibrary> {
    const { SiteModels } = await import('./site-models.ts');
    return new SiteModels(this.#packs, {
      expectIdle: (call) => this.#expectIdle(call),
      exclusively: (call, work) => this.#exclusively(call, work),
      unload: () => {
        this.#generate.end();
        this.#meanings = undefined;
      },
    });
  }

  async openLibrary(onChange: () => void): Promise<ClipLibrary> {
    const { ClipLibrary } = await import('./clip-library.ts');
    return new ClipLibrary(onChange);
  }

  async #make(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm> {
    const { pack, url } = await this.pack();
    persistStorage();
    const { widthPx, heightPx, stepCount, guidance, negativePrompt } = film;
    const job: GenerateJob = {
      packUrl: url,
      device: this.#options.device,
      ...{ widthPx, heightPx, stepCount, guidance, negativePrompt },
      hasPictures: hasPictures(film),
      isPrivate: options.isPrivate,
    };
    const workers = { generate: this.#generate, exporting: this.#export };
    // What makes films comes when the first one is asked for: the page shows itself without.
    const { FilmMaking } = await import('./make-film.ts');
    const making = new FilmMaking(film, { ...options, ...workers, pack, job });
    this.#making = making;
    try {
      const made = await whilePiecesStay(() => making.make(deliver, signal, emit));
      // Shards of earlier versions of the packs, and pieces of earlier films; the film is made,
      // so what goes wrong here is of no account to it.
      void this.#dropUnused().catch(() => undefined);
      void sweepPieces(making.pieceKeys, MAX_PIECES_BYTE_LENGTH).catch(() => undefined);
      return made;
    } finally {
      this.#making = undefined;
    }
  }

  async #dropUnused(): Promise<void> {
    const packs = await this.#packs.all();
    await dropUnusedShards(packs.map(({ pack }) => pack));
  }

  #expectIdle(call: string): void {
    if (this.#isBusy) {
      throw studioError('call-misused', { call, state: 'making a film', expected: 'idle' });
    }
  }

  async #exclusively<T>(call: string, work: () => Promise<T>): Promise<T> {
    this.#expectIdle(call);
    this.#isBusy = true;
    this.#meanings?.rest();
    try {
      return await work();
    } finally {
      this.#isBusy = false;
    }
  }
}
