// Which steps lead from noise to a clip. A new kind of schedule is a new file beside this one and a line below.
import type { ModelPack } from '../../../models/pack.ts';
import { rectifiedFlowSteps } from './rectified-flow.ts';

/** One step: where on the way from noise (1) to clean (0) it starts, and how far it goes (negative). */
export interface ScheduleStep {
  time: number;
  timeStep: number;
}

type Schedule = ModelPack['schedule'];

const SCHEDULERS: Record<
  Schedule['kind'],
  (schedule: Schedule, stepCount: number) => ScheduleStep[]
> = {
  'rectified-flow': ({ shift }, stepCount) => rectifiedFlowSteps(stepCount, shift),
};

/** The steps of a pack's schedule, in order. */
export function scheduleSteps(schedule: Schedule, stepCount: number): ScheduleStep[] {
  return SCHEDULERS[schedule.kind](schedule, stepCount);
}
