// Which steps lead from noise to a clip. A new kind of schedule is a new file beside this one and a line below.
import type { ModelPack } from '../../../models/pack.ts';
import type { Latents } from '../kept-latents.ts';
import { rectifiedFlowClean, rectifiedFlowSteps } from './rectified-flow.ts';

/** One step: where on the way from noise (1) to clean (0) it starts, and how far it goes (negative). */
export interface ScheduleStep {
  time: number;
  timeStep: number;
}

/** The latents on both sides of a step. */
export interface SteppedLatents {
  before: Latents;
  after: Latents;
}

/** How one kind of schedule goes from noise to clean. */
interface Scheduler {
  steps: (schedule: Schedule, stepCount: number) => ScheduleStep[];
  /** Where the way leads to as far as one step of it can tell. */
  clean: (latents: SteppedLatents, step: ScheduleStep) => Latents;
}

type Schedule = ModelPack['schedule'];

const SCHEDULERS: Record<Schedule['kind'], Scheduler> = {
  'rectified-flow': {
    steps: ({ shift }, stepCount) => rectifiedFlowSteps(stepCount, shift),
    clean: rectifiedFlowClean,
  },
};

/** The steps of a pack's schedule, in order. */
export function scheduleSteps(schedule: Schedule, stepCount: number): ScheduleStep[] {
  return SCHEDULERS[schedule.kind].steps(schedule, stepCount);
}

/** The clean latents that one step points at; a given latent frame is what it is. */
export function cleanEstimate(
  schedule: Schedule,
  latents: SteppedLatents,
  step: ScheduleStep,
): Latents {
  return SCHEDULERS[schedule.kind].clean(latents, step);
}
