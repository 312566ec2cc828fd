// Job events become a bar on a terminal, or plain lines where there is none.
import { SingleBar } from 'cli-progress';

import { doneFraction, outlookOf } from '../core/eta.ts';
import type { JobOutlook } from '../core/eta.ts';
import { IDLE, isOver, reduce } from '../core/event.ts';
import type { JobEvent, JobState, Stage } from '../core/event.ts';
import { noticeMessage, stageLine, words } from '../ui/messages.ts';

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
      else if (event.type === 'advance') drawOn(display, state);
    },
    stop: () => display.stop(),
    state: () => state,
  };
}

function drawOn(display: Display, state: JobState): void {
  // Rates of earlier jobs are not kept here, so the time left is known late.
  const outlook = outlookOf(state, {}, Date.now());
  if (outlook) display.draw(outlook, Math.floor(doneFraction(state, {}) * 100));
}

/** Steps between two lines on a job that goes on until it is stopped. */
const ENDLESS_LINE_STEPS = 100;

interface Display {
  draw(outlook: JobOutlook, percentage: number): void;
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
      format: '{bar} {share}{line}',
      barsize: 20,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      linewrap: false,
      clearOnComplete: true,
    });
  }

  draw(outlook: JobOutlook, percentage: number): void {
    const share = outlook.total === Infinity ? '' : `${percentage}%  `;
    const payload = { share, line: lineOf(outlook) };
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
  #markCount = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  draw(outlook: JobOutlook, percentage: number): void {
    const isEndless = outlook.total === Infinity;
    const markCount = Math.floor(isEndless ? outlook.done / ENDLESS_LINE_STEPS : percentage / 10);
    if (this.#seen.has(outlook.stage) && markCount === this.#markCount) return;
    this.#seen.add(outlook.stage);
    this.#markCount = markCount;
    this.note(`${isEndless ? '' : `${percentage.toString().padStart(3)} %  `}${lineOf(outlook)}`);
  }

  note(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  stop(): void {
    // Every line is already complete.
  }
}

function lineOf({ stage, done, total, secondsLeft, of }: JobOutlook): string {
  const left = secondsLeft === undefined ? '' : `, ${words.timeLeft(secondsLeft, of)}`;
  return `${stageLine(stage, done, total)}${left}`;
}
