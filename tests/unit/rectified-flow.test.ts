import { describe, expect, it } from 'vitest';

import {
  rectifiedFlowClean,
  rectifiedFlowSteps,
} from '../../workers/generate/schedulers/rectified-flow.ts';
import clips from '../fixtures/reference/builtin/clip.json' with { type: 'json' };

describe('rectifiedFlowSteps', () => {
  it.each([1, 2, 24])('goes from 1 to 0 in %i steps without a gap', (stepCount) => {
    const steps = rectifiedFlowSteps(stepCount, 3);
    expect(steps).toHaveLength(stepCount);
    expect(steps[0]?.time).toBe(1);
    steps.forEach(({ time, timeStep }, index) => {
      expect(timeStep).toBeLessThan(0);
      expect(time + timeStep).toBeCloseTo(steps[index + 1]?.time ?? 0, 12);
    });
  });

  it('agrees with the reference', () => {
    for (const clip of clips) {
      const steps = rectifiedFlowSteps(clip.stepCount, clip.shift);
      steps.forEach(({ time }, index) => {
        expect(time).toBeCloseTo(clip.times[index] ?? NaN, 12);
      });
    }
  });

  it('spaces evenly at shift 1', () => {
    expect(rectifiedFlowSteps(4, 1).map((s) => s.time)).toEqual([1, 0.75, 0.5, 0.25]);
  });
});

describe('rectifiedFlowClean', () => {
  it('finds the end of a straight way from any step of it', () => {
    const noise = Float32Array.of(1.5, -0.5, 0.25);
    const clean = Float32Array.of(-1, 2, 0.25);
    const at = (time: number) => clean.map((value, i) => value + (noise[i]! - value) * time);
    for (const step of rectifiedFlowSteps(8, 3)) {
      const latents = { before: at(step.time), after: at(step.time + step.timeStep) };
      const found = rectifiedFlowClean(latents, step);
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(clean[i]!, 5);
    }
  });
});
