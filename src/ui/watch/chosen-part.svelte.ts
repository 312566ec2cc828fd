// The part of a clip that is to be made anew, as two sliders choose it.
import type { FilmPart } from './retake-part.ts';

/** How far apart two places can be told; no part is shorter. */
export const PART_STEP_SECONDS = 0.1;

/** A part within a clip: its middle third until something is chosen, and again for a clip of another length. */
export class ChosenPart implements FilmPart {
  readonly #clipSeconds: () => number;
  #startSeconds = $derived.by(() => this.#clipSeconds() / 3);
  #endSeconds = $derived.by(() => (this.#clipSeconds() * 2) / 3);

  constructor(clipSeconds: () => number) {
    this.#clipSeconds = clipSeconds;
  }

  get startSeconds(): number {
    return this.#startSeconds;
  }

  set startSeconds(value: number) {
    this.#startSeconds = Math.min(value, this.#clipSeconds() - PART_STEP_SECONDS);
    this.#endSeconds = Math.max(this.#endSeconds, this.#startSeconds + PART_STEP_SECONDS);
  }

  get endSeconds(): number {
    return this.#endSeconds;
  }

  set endSeconds(value: number) {
    this.#endSeconds = Math.min(Math.max(value, PART_STEP_SECONDS), this.#clipSeconds());
    this.#startSeconds = Math.min(this.#startSeconds, this.#endSeconds - PART_STEP_SECONDS);
  }
}
