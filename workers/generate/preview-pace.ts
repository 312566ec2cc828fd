// After which steps of a window a preview is worth its time: all of them together take at most a twentieth of the steps'.
// Only measured times count; a preview whose like was never decoded is taken to be as slow as a step.

const MAX_COST_FRACTION = 0.05;
/** A window that is over sooner is better waited for. */
const MIN_WINDOW_MS = 2000;
/** The first step also compiles shaders and warms caches, so one more is measured before the first preview. */
const FIRST_STEP_INDEX = 2;

/** Chooses the steps that are followed by a preview. */
export interface PreviewPace {
  /** Forgets the steps of the window before. */
  beginWindow(stepCount: number): void;
  /** Whether a preview should follow a step; asked before each of them in turn. */
  isDue(stepIndex: number): boolean;
  /** Hears how long a step took. */
  stepTook(ms: number): void;
  /** Hears how long a preview took, all that comes with it included. */
  previewTook(stepIndex: number, ms: number): void;
  /** Hears how long it took to decode a latent frame of a finished window, which is most of a preview. */
  decodeTook(ms: number): void;
}

/** The pace that is measured; what a preview costs is remembered from window to window and from job to job. */
export class AdaptivePace implements PreviewPace {
  #previewMs: number | undefined;
  #stepCount = 0;
  /** Of the quickest step, since the others had to wait for something else. */
  #stepMs = Infinity;
  #spentMs = 0;
  #nextIndex = FIRST_STEP_INDEX;

  beginWindow(stepCount: number): void {
    this.#stepCount = stepCount;
    this.#stepMs = Infinity;
    this.#spentMs = 0;
    this.#nextIndex = FIRST_STEP_INDEX;
  }

  isDue(stepIndex: number): boolean {
    // Right after the last step come the frames themselves.
    if (stepIndex < this.#nextIndex || stepIndex >= this.#stepCount - 1) return false;
    return this.#stepMs * this.#stepCount >= MIN_WINDOW_MS && this.#affordableCount() > 0;
  }

  stepTook(ms: number): void {
    this.#stepMs = Math.min(this.#stepMs, ms);
  }

  previewTook(stepIndex: number, ms: number): void {
    this.#previewMs = ms;
    this.#spentMs += ms;
    // Those that can still be paid for are spread over the steps to come.
    const leftCount = this.#stepCount - stepIndex;
    this.#nextIndex = stepIndex + Math.ceil(leftCount / (this.#affordableCount() + 1));
  }

  decodeTook(ms: number): void {
    this.#previewMs ??= ms;
  }

  #affordableCount(): number {
    const budgetMs = MAX_COST_FRACTION * this.#stepMs * this.#stepCount - this.#spentMs;
    return Math.max(0, Math.floor(budgetMs / (this.#previewMs ?? this.#stepMs)));
  }
}
