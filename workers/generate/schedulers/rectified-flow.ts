// Rectified flow: straight steps from noise to data, bent so that more of them fall where there is much noise.
import type { Latents } from '../kept-latents.ts';
import type { ScheduleStep, SteppedLatents } from './scheduler.ts';

/**
 * Steps from time 1 to time 0 at t' = shift · t / (1 + (shift − 1) · t) for evenly spaced t.
 * @see Esser et al., "Scaling Rectified Flow Transformers" (2024), section 5.3.2 for the shift
 */
export function rectifiedFlowSteps(stepCount: number, shift: number): ScheduleStep[] {
  const timeAt = (index: number) => {
    const t = 1 - index / stepCount;
    return (shift * t) / (1 + (shift - 1) * t);
  };
  return Array.from({ length: stepCount }, (_, index) => ({
    time: timeAt(index),
    timeStep: timeAt(index + 1) - timeAt(index),
  }));
}

/** A straight step leads to the clean latents if it only goes on: z₀ = z + (z′ − z) · t / (t − t′). */
export function rectifiedFlowClean(
  { before, after }: SteppedLatents,
  { time, timeStep }: ScheduleStep,
): Latents {
  const stretch = time / -timeStep;
  return before.map((value, index) => value + (after[index]! - value) * stretch);
}
