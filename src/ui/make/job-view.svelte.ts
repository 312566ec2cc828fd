// What a person sees and hears of the running job: a line, a share, the time left, and what is worth knowing.
// The share never falls, and screen readers hear of it at most every ten seconds.
import type { DeviceKind } from '../../core/device.ts';
import { doneFraction, measuredRates, outlookOf } from '../../core/eta.ts';
import type { JobOutlook, StageRates } from '../../core/eta.ts';
import { IDLE, reduce } from '../../core/event.ts';
import type { JobEvent, Notice } from '../../core/event.ts';
import { stageLine, words } from '../messages.ts';
import { loadStageRates, saveStageRates } from './stage-rates.ts';

const TICK_MS = 1000;
const ANNOUNCE_EVERY_MS = 10_000;
/** A job that has so much before it is one that people leave alone. */
const SLOW_SECONDS = 20;

/** One job after another, in words and numbers. */
export class JobView {
  /** For screen readers. */
  status = $state('');
  /** 0..1 */
  fraction = $state(0);
  /** Whether the job was ever seen to take long. */
  isSlow = $state(false);

  #job = $state.raw(IDLE);
  #outlook = $state.raw<JobOutlook>();
  #deviceKind: DeviceKind = 'webgpu';
  #earlierRates: StageRates = {};
  #announcedAtMs = 0;
  #clock: ReturnType<typeof setInterval> | undefined;

  /** Stage and step. */
  readonly line = $derived.by(() => {
    const outlook = this.#outlook;
    return outlook ? stageLine(outlook.stage, outlook.done, outlook.total) : words.preparing;
  });
  /** Empty when it cannot be known. */
  readonly timeLeft = $derived.by(() => {
    const { secondsLeft, of = 'job' } = this.#outlook ?? {};
    return secondsLeft === undefined ? '' : words.timeLeft(secondsLeft, of);
  });
  /** What is worth knowing; the wait for another tab is over once the model is there. */
  readonly notices: readonly Notice[] = $derived.by(() => {
    const stage = this.#outlook?.stage;
    const waits = this.#job.phase === 'running' && (stage === undefined || stage === 'obtain');
    return this.#job.notices.filter(({ code }) => code !== 'waiting-for-other-tab' || waits);
  });

  /** Forgets the job before. */
  begin(): void {
    this.#job = IDLE;
    this.#outlook = undefined;
    this.status = '';
    this.fraction = 0;
    this.isSlow = false;
    this.#announcedAtMs = 0;
    this.#earlierRates = loadStageRates(this.#deviceKind);
  }

  /** Lets the time left run down while a job works, and keeps the rates of one that ends well. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#clock = setInterval(() => this.#look(true), TICK_MS);
    try {
      const result = await work();
      saveStageRates(this.#deviceKind, measuredRates(this.#job));
      return result;
    } finally {
      clearInterval(this.#clock);
    }
  }

  hear(event: JobEvent): void {
    this.#job = reduce(this.#job, event);
    if (event.type === 'notice' && event.notice.code === 'device') {
      this.#deviceKind = event.notice.facts.kind;
      this.#earlierRates = loadStageRates(this.#deviceKind);
    }
    // Other rates weigh the stages differently; what was shown as done stays done.
    this.fraction = Math.max(this.fraction, doneFraction(this.#job, this.#earlierRates));
    this.#look(event.type !== 'advance');
  }

  /** Stage and step follow every event; the time left does not flicker with them. */
  #look(looksAtClock: boolean): void {
    const nowMs = Date.now();
    const before = this.#outlook;
    const outlook = outlookOf(this.#job, this.#earlierRates, nowMs);
    const isFresh =
      looksAtClock || before?.secondsLeft === undefined || before.stage !== outlook?.stage;
    const { secondsLeft, of } = (isFresh ? outlook : before) ?? {};
    this.#outlook = outlook && of && { ...outlook, secondsLeft, of };
    if ((secondsLeft ?? 0) >= SLOW_SECONDS) this.isSlow = true;
    if (isFresh) this.#announce(nowMs);
  }

  #announce(nowMs: number): void {
    if (!this.#outlook || nowMs - this.#announcedAtMs < ANNOUNCE_EVERY_MS) return;
    this.#announcedAtMs = nowMs;
    this.status = [this.line, this.timeLeft].filter((part) => part !== '').join(', ');
  }
}
