import { describe, expect, it } from 'vitest';

import { rectifiedFlowSteps } from '../../workers/generate/schedulers/rectified-flow.ts';
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
