// Jobs become frames, one job at a time: obtain → load → tasks, one after the other.
// What is loaded stays loaded for the next job of the same pack, size and device; an error drops it all.
import { fetchPack } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { denoiseGraphOf, filesFor, packSizeOf } from '../../models/pack.ts';
import type { Deliver, FilmTask, GenerateJob, ShowPreview } from '../../src/core/api.ts';
import { StudioError, studioError } from '../../src/core/errors.ts';
import type { Emit } from '../../src/core/event.ts';
import { obtain } from '../../src/library/obtain.ts';
import { LoadedModel } from './loaded-model.ts';
import { AdaptivePace } from './preview-pace.ts';
import type { PreviewPace } from './preview-pace.ts';
import { runTasks } from './run-tasks.ts';

/** Makes films; the implementation behind `GenerateApi`. */
export class Generator {
  #located: LocatedPack | undefined;
  #loaded: LoadedModel | undefined;
  #isBusy = false;
  readonly #pace: PreviewPace;

  /** @param pace when previews are made; another one makes them when a test wants them */
  constructor(pace: PreviewPace = new AdaptivePace()) {
    this.#pace = pace;
  }

  /** @see GenerateApi.generate */
  async generate(
    job: GenerateJob,
    nextTask: () => Promise<FilmTask | undefined>,
    deliver: Deliver,
    showPreview: ShowPreview | undefined,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void> {
    if (this.#isBusy) {
      throw studioError('call-misused', {
        call: 'generate',
        state: 'generating',
        expected: 'idle',
      });
    }
    this.#isBusy = true;
    try {
      // Read once, as the page does: a film after the first sends no request.
      if (this.#located?.url !== job.packUrl) this.#located = await fetchPack(job.packUrl, signal);
      const located = this.#located;
      const files = await obtain(located, filesFor(located.pack, job), signal, emit);
      const model = await this.#load(located, job);
      const run = { model, files, job, nextTask, deliver, showPreview, pace: this.#pace };
      const running = runTasks(run, signal, emit);
      await Promise.race([running, model.lost]);
    } catch (thrown) {
      if (!(thrown instanceof StudioError && thrown.code === 'cancelled')) await this.#unload();
      throw thrown;
    } finally {
      this.#isBusy = false;
    }
  }

  async #load({ pack }: LocatedPack, job: GenerateJob): Promise<LoadedModel> {
    const size = packSizeOf(pack, job);
    const graph = denoiseGraphOf(size, job.guidance).file;
    const key = JSON.stringify([pack.files, size, graph, job.device]);
    if (this.#loaded?.key !== key) {
      await this.#unload();
      this.#loaded = await LoadedModel.open(key, pack, job);
    }
    return this.#loaded;
  }

  async #unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    // What broke may break again on closing; the failure that a person sees is the first one.
    await loaded?.close().catch(() => undefined);
  }
}
