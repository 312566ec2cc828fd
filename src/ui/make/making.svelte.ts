// The film in the making: its latest frames, its progress in words, and what it was told on the way.
import { frameOf } from '../../core/clip.ts';
import type { FrameBatch, Preview, MadeFilm } from '../../core/clip.ts';
import { filmSeconds } from '../../core/film.ts';
import type { Film } from '../../core/film.ts';
import { frameCountOf } from '../../core/frame-math.ts';
import type { FrameGrid } from '../../core/frame-math.ts';
import type { MakeOptions, Studio } from '../../studio/studio.ts';
import { EMPTY_RING, ringWith } from '../watch/frame-ring.ts';
import type { FrameRing } from '../watch/frame-ring.ts';
import { JobView } from './job-view.svelte.ts';
import { words } from '../messages.ts';

/** Frames kept for the player while a film comes. */
const RING_SECONDS = 3;

/** One film after another, as it is made. */
export class Making {
  readonly job = new JobView();
  film = $state.raw<Film>();
  ring = $state.raw<FrameRing<ImageData>>(EMPTY_RING);
  /** What the first frames are going to be, while there are none. */
  #preview = $state.raw<FrameRing<ImageData>>(EMPTY_RING);
  /** What came of the last change of words; no second where it came too late. */
  steered = $state.raw<{ prompt: string; atSeconds: number | undefined }>();

  #grid: FrameGrid | undefined;
  #deliveredSeconds = $state(0);
  readonly #studio: Studio;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** What there is to look at. */
  readonly pictures = $derived(this.ring.frames.length > 0 ? this.ring : this.#preview);
  /** Whether that is only an estimate. */
  readonly isPreview = $derived(this.ring.frames.length === 0 && this.pictures.frames.length > 0);
  /** Whether the film goes on until it is stopped. */
  readonly isEndless = $derived(this.film !== undefined && filmSeconds(this.film) === Infinity);
  /** Whether there are windows that other words can still be given to. */
  readonly isLong = $derived.by(() => {
    if (!this.film || !this.#grid) return false;
    const { latentFrameCount, pictureCount, framesPerSecond } = this.#grid;
    const windowFrameCount = frameCountOf(latentFrameCount, pictureCount);
    return filmSeconds(this.film) * framesPerSecond > windowFrameCount;
  });
  /** The time left, or how much there is of a film without end. */
  readonly timeText = $derived(
    this.isEndless && this.#deliveredSeconds > 0
      ? words.soFar(this.#deliveredSeconds)
      : this.job.timeLeft,
  );

  /** Forgets the film before. */
  clear(): void {
    this.job.begin();
    this.film = undefined;
    this.ring = EMPTY_RING;
    this.#preview = EMPTY_RING;
    this.steered = undefined;
    this.#deliveredSeconds = 0;
  }

  /**
   * Makes a film; what it shows meanwhile stays until `clear`.
   * @throws StudioError the failure of the job
   */
  async make(
    film: Film,
    options: MakeOptions & { grid: FrameGrid },
    signal: AbortSignal,
  ): Promise<MadeFilm> {
    this.clear();
    this.#grid = options.grid;
    this.film = film;
    return this.job.during(() =>
      this.#studio.makeFilm(
        film,
        { ...options, showPreview: (preview) => this.#foresee(preview) },
        (batch) => this.#show(batch, options.grid.framesPerSecond),
        signal,
        (event) => this.job.hear(event),
      ),
    );
  }

  /** Gives the film other words from its next window on. */
  steer(prompt: string): void {
    const atSeconds = this.#studio.steer(prompt);
    this.steered = { prompt, atSeconds };
    this.job.status =
      atSeconds === undefined ? words.steerTooLate : words.steered(atSeconds, prompt);
  }

  #show(batch: FrameBatch, framesPerSecond: number): Promise<void> {
    this.ring = ringWith(this.ring, imagesOf(batch), RING_SECONDS * framesPerSecond);
    this.#deliveredSeconds = (batch.frameIndex + batch.frameCount) / framesPerSecond;
    return Promise.resolve();
  }

  /** To and fro: so few pictures would jump if they began anew. */
  #foresee(preview: Preview): Promise<void> {
    const forth = imagesOf(preview);
    this.#preview = { startIndex: 0, frames: [...forth, ...forth.slice(1, -1).reverse()] };
    return Promise.resolve();
  }
}

function imagesOf(batch: Preview): ImageData[] {
  return Array.from(
    { length: batch.frameCount },
    (_, index) => new ImageData(frameOf(batch, index), batch.widthPx, batch.heightPx),
  );
}
