// Which steps lead from noise to a clip. A new kind of schedule is a new file beside this one and a case below.
import type { ModelPack } from '../../../models/pack.ts';
import { rectifiedFlowSteps } from './rectified-flow.ts';

/** One step: where on the way from noise (1) to clean (0) it starts, and how far it goes (negative). */
export interface ScheduleStep {
  time: number;
  timeStep: number;
}

/** The steps of a pack's schedule, in order. */
export function scheduleSteps(schedule: ModelPack['schedule'], stepCount: number): ScheduleStep[] {
  switch (schedule.kind) {
    case 'rectified-flow':
      return rectifiedFlowSteps(stepCount, schedule.shift);
  }
}
