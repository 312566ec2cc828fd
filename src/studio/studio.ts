// The conductor on the main thread: one request in, one clip out, over two workers.
// It plans the totals, hands frames to the player and the file, and ends every job with exactly one terminal event.
import { WorkerThread } from '../boundary/thread.ts';
import type { Deliver, ExportApi, GenerateApi, GenerateJob } from '../core/api.ts';
import { orCancelled, throwIfCancelled } from '../core/cancel.ts';
import { frameCountOf } from '../core/clip.ts';
import type { ExportedClip, FilmFormat } from '../core/clip.ts';
import type { DeviceChoice } from '../core/device.ts';
import { StudioError, failureOf, studioError } from '../core/errors.ts';
import type { JobEvent, StageEvent, StageTotals } from '../core/event.ts';
import type { ClipRequest } from '../core/request.ts';
import { missingByteLength, obtainByteLength } from '../library/obtain.ts';
import { dropUnusedShards, removeWeights, storedByteLength } from '../library/weights.ts';
import { fetchFirstPack } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { filesFor } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';

/** What a request would bring down before it can start. */
export interface Download {
  totalByteLength: number;
  /** What is not kept on this device yet. */
  missingByteLength: number;
  /** The runtime that executes the graphs, kept by the browser's own cache. */
  engineByteLength: number;
}

/** Everything that a page can ask of the engine. */
export interface Studio {
  /** The pack that this site starts with; a failure is tried again at the next call. */
  pack(): Promise<LocatedPack>;
  downloadFor(request: ClipRequest): Promise<Download>;
  /**
   * Makes a clip: `plan` first, then stages, then one terminal event.
   * @param deliver gets frames in film order; the engine waits for it
   * @throws StudioError the failure of the terminal event; call-misused while another clip is being made
   */
  makeClip(
    request: ClipRequest,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<ExportedClip>;
  /** Bytes of weights kept on this device. */
  storedByteLength(): Promise<number>;
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

  async downloadFor(request: ClipRequest): Promise<Download> {
    const { pack } = await this.pack();
    const files = filesFor(pack, request);
    return {
      totalByteLength: obtainByteLength(pack, files),
      missingByteLength: await missingByteLength(pack, files),
      engineByteLength: __ENGINE_BYTE_LENGTH__['Suspending' in WebAssembly ? 'jspi' : 'asyncify'],
    };
  }

  async makeClip(
    request: ClipRequest,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<ExportedClip> {
    if (this.#isBusy) {
      throw studioError('call-misused', {
        call: 'makeClip',
        state: 'making a clip',
        expected: 'idle',
      });
    }
    this.#isBusy = true;
    let isOver = false;
    // A worker that was cancelled may speak once more; nobody hears it after the end.
    const tell = (event: JobEvent) => {
      if (isOver) return;
      isOver = event.type === 'done' || event.type === 'cancelled' || event.type === 'failed';
      emit(event);
    };
    try {
      const clip = await this.#make(request, deliver, signal, tell);
      tell({ type: 'done', atMs: Date.now() });
      return clip;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const atMs = Date.now();
      if (failure.code === 'cancelled') tell({ type: 'cancelled', atMs });
      else tell({ type: 'failed', failure, atMs });
      throw new StudioError(failure, { cause: thrown });
    } finally {
      this.#isBusy = false;
    }
  }

  storedByteLength(): Promise<number> {
    return storedByteLength();
  }

  removeWeights(): Promise<void> {
    return removeWeights();
  }

  async #make(
    request: ClipRequest,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<ExportedClip> {
    const located = await this.pack();
    const format = formatOf(located.pack, request);
    emit({ type: 'plan', totals: totalsOf(located.pack, request, format), atMs: Date.now() });
    // Firefox asks the person, so nothing waits for the answer; without it the browser may evict the weights.
    void navigator.storage.persist().catch(() => undefined);
    const stop = new AbortController();
    const stopped = AbortSignal.any([signal, stop.signal]);
    const job = { packUrl: located.url, request, device: this.#options.device };
    let filming: Promise<ExportedClip> | undefined;
    try {
      // One call for the whole film, so that the death of its worker is heard at any moment of it.
      const film = (api: ExportApi) => {
        filming = this.#film(api, { job, format, deliver }, stopped, emit);
        return filming;
      };
      const clip = await this.#export.call(film, signal);
      throwIfCancelled(signal);
      // Shards of an earlier version of the pack; the clip is made, so what goes wrong here is of no account to it.
      void dropUnusedShards([located.pack]).catch(() => undefined);
      return clip;
    } catch (thrown) {
      // Both workers must stand still before a next clip may start.
      stop.abort();
      await filming?.catch(() => undefined);
      throw thrown;
    }
  }

  async #film(
    film: ExportApi,
    { job, format, deliver }: { job: GenerateJob; format: FilmFormat; deliver: Deliver },
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<ExportedClip> {
    const emitStage = (event: StageEvent) => {
      emit(event);
    };
    const deliverToBoth: Deliver = async (batch) => {
      await Promise.all([deliver(batch), orCancelled(film.add(batch), signal)]);
    };
    try {
      await orCancelled(film.open(format, emitStage), signal);
      await this.#generate.call(
        (api) => api.generate(job, deliverToBoth, signal, emitStage),
        signal,
      );
      return await orCancelled(film.finish(), signal);
    } catch (thrown) {
      void film.cancel().catch(() => undefined);
      throw thrown;
    }
  }
}

function formatOf(pack: ModelPack, { widthPx, heightPx }: ClipRequest): FilmFormat {
  return {
    frameCount: frameCountOf(pack.window.latentFrameCount, pack.latent.pictureCount),
    framesPerSecond: pack.window.framesPerSecond,
    widthPx,
    heightPx,
  };
}

function totalsOf(pack: ModelPack, request: ClipRequest, { frameCount }: FilmFormat): StageTotals {
  return {
    obtain: obtainByteLength(pack, filesFor(pack, request)),
    tokenize: 1,
    'encode-text': 1,
    denoise: request.stepCount,
    decode: frameCount,
    encode: frameCount,
    mux: 1,
  };
}
