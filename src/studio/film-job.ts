// A film while it is made: which step is next, which words count, and how far it has come.
// The plan is made again whenever the words change; what was planned before stays the same, so only its rest is read.
import { steered } from '../core/film-edit.ts';
import { planFilm } from '../core/film-plan.ts';
import type { FilmStep } from '../core/film-plan.ts';
import type { Film } from '../core/film.ts';
import { filmSeconds } from '../core/film.ts';
import type { FrameGrid } from '../core/frame-math.ts';

/** The steps of one film, one after the other, with words that can change on the way. */
export class FilmJob {
  readonly #grid: FrameGrid;
  #film: Film;
  #steps: Iterator<FilmStep, void>;
  #takenCount = 0;
  /** The film's frames up to the step taken last. */
  #takenFrameCount = 0;
  /** Rows of which a window was taken. */
  #begunRowIndex = -1;

  constructor(film: Film, grid: FrameGrid) {
    this.#grid = grid;
    this.#film = film;
    this.#steps = planFilm(film, grid);
  }

  /** The film with every change so far. */
  get film(): Film {
    return this.#film;
  }

  /** The next step; undefined when the film has no more. */
  take(): FilmStep | undefined {
    const { value: step } = this.#steps.next();
    if (!step) return undefined;
    this.#takenCount++;
    if (step.kind === 'show') this.#takenFrameCount = step.frameIndex + step.stretch.frameCount;
    else this.#begunRowIndex = Math.max(this.#begunRowIndex, step.window.rowIndex);
    return step;
  }

  /**
   * Changes the words from the next window on.
   * @returns the second from which they count; undefined when every window has been taken
   */
  steer(prompt: string): number | undefined {
    const next = this.#nextWindow();
    if (!next) return undefined;
    const { rowIndex, frameCount } = next;
    const atSeconds = frameCount / this.#grid.framesPerSecond;
    const rowStartSeconds = filmSeconds({ rows: this.#film.rows.slice(0, rowIndex) });
    const isBegun = rowIndex <= this.#begunRowIndex;
    const seconds = isBegun ? atSeconds - rowStartSeconds : 0;
    this.#film = steered(this.#film, { rowIndex, seconds }, prompt);
    this.#steps = this.#planAfter(this.#takenCount);
    return atSeconds;
  }

  /** The row of the first window whose words can change, and how many frames the film shows before it. */
  #nextWindow(): { rowIndex: number; frameCount: number } | undefined {
    let frameCount = this.#takenFrameCount;
    for (const step of this.#planAfter(this.#takenCount)) {
      if (step.kind === 'show') {
        frameCount = step.frameIndex + step.stretch.frameCount;
      } else if (this.#canSteer(step.window.rowIndex)) {
        return { rowIndex: step.window.rowIndex, frameCount };
      }
    }
    return undefined;
  }

  /** A retake is made between windows that are made first, so a row with retakes keeps its words. */
  #canSteer(rowIndex: number): boolean {
    return rowIndex >= this.#begunRowIndex && this.#film.rows[rowIndex]!.retakes.length === 0;
  }

  #planAfter(stepCount: number): IterableIterator<FilmStep, void> {
    const steps = planFilm(this.#film, this.#grid);
    for (let i = 0; i < stepCount; i++) steps.next();
    return steps;
  }
}
