// Seconds left, from rates measured on this device: this job's own, and those of earlier jobs for stages yet to come.
import { STAGES } from './event.ts';
import type { JobState, Stage, StageProgress } from './event.ts';

/** Seconds for one unit of a stage, as measured by earlier jobs. */
export type StageRates = Partial<Record<Stage, number>>;

/** Seconds for one unit of each stage that has moved in this job. */
export function measuredRates(state: JobState): StageRates {
  const rates: StageRates = {};
  for (const stage of STAGES) {
    const progress = state.stages[stage];
    const rate = progress && ownRate(progress);
    if (rate !== undefined) rates[stage] = rate;
  }
  return rates;
}

/**
 * Seconds until the job ends; undefined while a stage that is still to come has never been measured,
 * and for a job that goes on until it is stopped.
 * @param earlier rates of earlier jobs on this device
 */
export function etaSeconds(
  state: JobState,
  earlier: StageRates,
  nowMs: number,
): number | undefined {
  if (state.phase !== 'running') return undefined;
  let seconds = 0;
  for (const stage of STAGES) {
    const progress = state.stages[stage];
    if (!progress || progress.done >= progress.total) continue;
    const rate = ownRate(progress) ?? earlier[stage];
    if (rate === undefined || progress.total === Infinity) return undefined;
    const sinceMoveSeconds = stage === state.stage ? (nowMs - progress.movedAtMs) / 1000 : 0;
    seconds += Math.max(0, (progress.total - progress.done) * rate - sinceMoveSeconds);
  }
  return seconds;
}

/**
 * Seconds per unit on an ordinary laptop: how much of the bar each stage takes while nothing has been measured here.
 * They never enter a time left.
 */
const ORDINARY_RATES: Required<StageRates> = {
  obtain: 1e-7,
  tokenize: 0.01,
  'encode-text': 0.2,
  denoise: 0.3,
  decode: 0.05,
  upscale: 0.05,
  encode: 0.01,
  mux: 0.05,
};

/**
 * Share of the whole job that is done, each stage weighed by the time it takes; 0..1.
 * Of a job that goes on until it is stopped no share is ever done.
 */
export function doneFraction(state: JobState, earlier: StageRates): number {
  if (state.phase === 'done') return 1;
  let doneSeconds = 0;
  let totalSeconds = 0;
  for (const stage of STAGES) {
    const progress = state.stages[stage];
    if (!progress) continue;
    const unitSeconds = earlier[stage] ?? ORDINARY_RATES[stage];
    doneSeconds += progress.done * unitSeconds;
    totalSeconds += progress.total * unitSeconds;
  }
  return totalSeconds === 0 ? 0 : doneSeconds / totalSeconds;
}

/** What a person is told of a running job at one moment. */
export interface JobOutlook {
  stage: Stage;
  done: number;
  /** Infinity where the stage goes on until the job is stopped. */
  total: number;
  /** Undefined when it cannot be known. */
  secondsLeft: number | undefined;
  /** Whose seconds: the stage's alone while a later stage has never been measured. */
  of: 'job' | 'stage';
}

/**
 * The stage to show and the time left; undefined before any stage has spoken.
 * Stages overlap once frames stream, so the stage shown is the earliest that has begun and is not done.
 */
export function outlookOf(
  state: JobState,
  earlier: StageRates,
  nowMs: number,
): JobOutlook | undefined {
  const isOpen = ({ startedAtMs, done, total }: StageProgress) =>
    startedAtMs !== undefined && done < total;
  const open = STAGES.find((name) => state.stages[name] && isOpen(state.stages[name]));
  const stage = open ?? state.stage;
  const progress = stage && state.stages[stage];
  if (!stage || !progress) return undefined;
  const { done, total } = progress;
  const jobSeconds = etaSeconds(state, earlier, nowMs);
  if (jobSeconds !== undefined) return { stage, done, total, secondsLeft: jobSeconds, of: 'job' };
  const alone = { ...state, stages: { [stage]: progress } };
  const secondsLeft = done < total ? etaSeconds(alone, earlier, nowMs) : undefined;
  return { stage, done, total, secondsLeft, of: 'stage' };
}

function ownRate({ done, doneAtStart, total, workedMs }: StageProgress): number | undefined {
  const units = done - doneAtStart;
  // A stage that is over within a tick of the clock takes no time worth telling; one that has only begun may.
  const isMeasured = units > 0 && (workedMs > 0 || done >= total);
  return isMeasured ? workedMs / 1000 / units : undefined;
}
