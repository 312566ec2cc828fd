// Steps of a plan become tasks for the workers, each named by a SHA-256 of everything that it is made from.
// The same window of the same film has the same name wherever it stands, so what is kept need not be made again.
import type { FilmTask, GenerateJob, KeptStretch, MakeTask, ShowTask } from '../core/api.ts';
import type { FilmStep, ShowStep } from '../core/film-plan.ts';
import type { FilmWindow, FrameStretch } from '../core/film-shot.ts';
import { sha256Of } from '../core/sha256.ts';
import type { ModelPack } from '../../models/pack.ts';

/** Raised when the engine makes other latents or other segments of the same task. */
const ENGINE_VERSION = 1;

/** Makes the tasks of one film. */
export class FilmTasks {
  readonly #madeWith: unknown;
  readonly #keys = new WeakMap<FilmWindow, Promise<string>>();

  constructor(pack: ModelPack, job: GenerateJob) {
    const { widthPx, heightPx, stepCount, guidance, negativePrompt } = job;
    const { files, latent, window, schedule } = pack;
    this.#madeWith = [
      ENGINE_VERSION,
      [files, latent, window, schedule],
      [widthPx, heightPx, stepCount, guidance, negativePrompt],
    ];
  }

  /** The task of a step. */
  taskOf(step: FilmStep): Promise<FilmTask> {
    return step.kind === 'make' ? this.#makeTask(step.window) : this.#showTask(step);
  }

  async #makeTask(window: FilmWindow): Promise<MakeTask> {
    const { prompt, seed, noiseIndex, startsShot } = window;
    const given = await Promise.all(
      window.given.map(async ({ position, from }) => ({
        position,
        from:
          'window' in from
            ? { key: await this.#keyOf(from.window), position: from.position }
            : from,
      })),
    );
    const key = await this.#keyOf(window);
    return { kind: 'make', key, prompt, seed, noiseIndex, startsShot, given };
  }

  async #showTask({ stretch, frameIndex, fadeFrom, fadeTo }: ShowStep): Promise<ShowTask> {
    return {
      kind: 'show',
      stretch: await this.#keptStretch(stretch),
      frameIndex,
      fadeFrom: await Promise.all(fadeFrom.map((faded) => this.#keptStretch(faded))),
      fadeTo: fadeTo && { ...fadeTo, stretch: await this.#keptStretch(fadeTo.stretch) },
    };
  }

  async #keptStretch({ window, start, frameCount }: FrameStretch): Promise<KeptStretch> {
    return { key: await this.#keyOf(window), startsShot: window.startsShot, start, frameCount };
  }

  #keyOf(window: FilmWindow): Promise<string> {
    let key = this.#keys.get(window);
    if (!key) {
      key = this.#nameOf(window);
      this.#keys.set(window, key);
    }
    return key;
  }

  async #nameOf({ prompt, seed, noiseIndex, startsShot, given }: FilmWindow): Promise<string> {
    const from = await Promise.all(
      given.map(async ({ position, from }) =>
        'window' in from
          ? [position, await this.#keyOf(from.window), from.position]
          : [position, from.picture],
      ),
    );
    return nameOf([this.#madeWith, prompt, seed, noiseIndex, startsShot, from]);
  }
}

/** The name of a segment: what it shows, and nothing of where in a film. */
export function segmentKeyOf({ stretch, fadeFrom, fadeTo }: ShowTask): Promise<string> {
  return nameOf([ENGINE_VERSION, stretch, fadeFrom, fadeTo]);
}

function nameOf(madeFrom: unknown): Promise<string> {
  return sha256Of(new TextEncoder().encode(JSON.stringify(madeFrom)));
}
