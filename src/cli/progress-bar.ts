// Job events become a bar on a terminal, or plain lines where there is none.
import { SingleBar } from 'cli-progress';

import { doneFraction, etaSeconds } from '../core/eta.ts';
import { IDLE, isOver, reduce } from '../core/event.ts';
import type { JobEvent, JobState, Stage } from '../core/event.ts';
import { noticeMessage, stageLine, timeLeft } from '../ui/messages.ts';

/** Shows one job. */
export interface ProgressReport {
  show(event: JobEvent): void;
  /** Leaves the terminal as it was; also after a job that ended without its terminal event. */
  stop(): void;
  /** What the events so far add up to. */
  state(): JobState;
}

/** Reports a job on a stream. */
export function reportProgress(stream: NodeJS.WriteStream): ProgressReport {
  const display = stream.isTTY ? new BarDisplay(stream) : new LineDisplay(stream);
  let state = IDLE;
  return {
    show(event) {
      if (isOver(state)) return;
      state = reduce(state, event);
      if (event.type === 'notice') display.note(noticeMessage(event.notice));
      else if (isOver(state)) display.stop();
      else if (event.type === 'advance') display.draw(state);
    },
    stop: () => display.stop(),
    state: () => state,
  };
}

interface Display {
  draw(state: JobState): void;
  note(line: string): void;
  stop(): void;
}

class BarDisplay implements Display {
  readonly #stream: NodeJS.WriteStream;
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#bar = new SingleBar({
      stream,
      format: '{bar} {percentage}%  {line}',
      barsize: 20,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      linewrap: false,
      clearOnComplete: true,
    });
  }

  draw(state: JobState): void {
    const percentage = percentageOf(state);
    const payload = { line: lineOf(state) };
    if (this.#bar.isActive) this.#bar.update(percentage, payload);
    else this.#bar.start(100, percentage, payload);
  }

  note(line: string): void {
    // The next event draws the bar again, below the line.
    this.#bar.stop();
    this.#stream.write(`${line}\n`);
  }

  stop(): void {
    this.#bar.stop();
  }
}

class LineDisplay implements Display {
  readonly #stream: NodeJS.WriteStream;
  readonly #seen = new Set<Stage>();
  #tenthCount = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  draw(state: JobState): void {
    const tenthCount = Math.floor(percentageOf(state) / 10);
    const isNewStage = state.stage !== undefined && !this.#seen.has(state.stage);
    if (!isNewStage && tenthCount === this.#tenthCount) return;
    if (state.stage !== undefined) this.#seen.add(state.stage);
    this.#tenthCount = tenthCount;
    this.note(`${percentageOf(state).toString().padStart(3)} %  ${lineOf(state)}`);
  }

  note(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  stop(): void {
    // Every line is already complete.
  }
}

function percentageOf(state: JobState): number {
  return Math.floor(doneFraction(state, {}) * 100);
}

function lineOf(state: JobState): string {
  const { stage } = state;
  const progress = stage && state.stages[stage];
  if (!progress) return '';
  // Rates of earlier jobs are not kept here, so the time left is that of this stage alone.
  const seconds = etaSeconds({ ...state, stages: { [stage]: progress } }, {}, Date.now());
  const left =
    seconds === undefined || progress.done >= progress.total
      ? ''
      : `, ${timeLeft(seconds, 'stage')}`;
  return `${stageLine(stage, progress.done, progress.total)}${left}`;
}
