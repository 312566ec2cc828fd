// What a running job looks like to a person: one stage, one share, one time left.
// Stages overlap once frames stream, so the stage shown is the earliest that has begun and is not done.
import { etaSeconds } from '../core/eta.ts';
import type { StageRates } from '../core/eta.ts';
import { STAGES } from '../core/event.ts';
import type { JobState, Stage, StageProgress } from '../core/event.ts';
import { labels, stageLine, timeLeft } from './messages.ts';

/** The stage to show; undefined before any has spoken. */
export function shownStage(job: JobState): Stage | undefined {
  const open = (progress: StageProgress) =>
    progress.startedAtMs !== undefined && progress.done < progress.total;
  return STAGES.find((stage) => job.stages[stage] && open(job.stages[stage])) ?? job.stage;
}

/** Stage and step of a job, in words. */
export function progressLine(job: JobState): string {
  const stage = shownStage(job);
  const progress = stage && job.stages[stage];
  return stage && progress ? stageLine(stage, progress.done, progress.total) : labels.preparing;
}

/** Time left, in words: of the job, or of the stage while later stages were never measured; empty when unknown. */
export function timeLeftText(job: JobState, earlier: StageRates, nowMs: number): string {
  const jobSeconds = etaSeconds(job, earlier, nowMs);
  if (jobSeconds !== undefined) return timeLeft(jobSeconds, 'job');
  const stage = shownStage(job);
  const progress = stage && job.stages[stage];
  if (!stage || !progress) return '';
  const stageSeconds = etaSeconds({ ...job, stages: { [stage]: progress } }, earlier, nowMs);
  return stageSeconds === undefined ? '' : timeLeft(stageSeconds, 'stage');
}
