// What the stages of a job have done becomes events, counted on from task to task.
import { advanceOf } from '../../src/core/event.ts';
import type { Emit, Stage } from '../../src/core/event.ts';

/** Counts what the stages of one job do. */
export class StageCounts {
  readonly #emit: Emit;
  readonly #done = new Map<Stage, number>();

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Says that a stage has done nothing yet, the first time that it begins. */
  begin(stage: Stage): void {
    if (!this.#done.has(stage)) this.add(stage, 0);
  }

  /** Says how much a stage has done when it has done so many units more. */
  add(stage: Stage, count: number): void {
    const done = (this.#done.get(stage) ?? 0) + count;
    this.#done.set(stage, done);
    this.#emit(advanceOf(stage, done));
  }
}
