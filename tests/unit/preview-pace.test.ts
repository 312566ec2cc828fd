import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { AdaptivePace } from '../../workers/generate/preview-pace.ts';

/** Goes through a window with a clock of its own; gives the steps that a preview followed. */
function previewed(pace: AdaptivePace, stepMs: readonly number[], previewMs: number): number[] {
  const indices: number[] = [];
  pace.beginWindow(stepMs.length);
  for (const [index, ms] of stepMs.entries()) {
    const isDue = pace.isDue(index);
    pace.stepTook(ms);
    if (!isDue) continue;
    indices.push(index);
    pace.previewTook(index, previewMs);
  }
  return indices;
}

const steps = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe('AdaptivePace', () => {
  it('spreads over the window as many previews as a twentieth of it pays for', () => {
    expect(previewed(new AdaptivePace(), steps(24, 350), 130)).toEqual([2, 10, 17]);
    expect(previewed(new AdaptivePace(), steps(24, 350), 30)).toHaveLength(13);
  });

  it('makes none in a window of less than two seconds, however slow its first step', () => {
    expect(previewed(new AdaptivePace(), steps(24, 80), 1)).toEqual([]);
    expect(previewed(new AdaptivePace(), [9000, ...steps(23, 80)], 1)).toEqual([]);
    expect(previewed(new AdaptivePace(), steps(24, 84), 1)).not.toEqual([]);
  });

  it('dares no first preview of unknown cost in a few steps, and one of known cost', () => {
    const pace = new AdaptivePace();
    expect(previewed(pace, steps(8, 400), 150)).toEqual([]);
    pace.decodeTook(150);
    expect(previewed(pace, steps(8, 400), 150)).toEqual([2]);
    expect(previewed(pace, steps(8, 300), 150)).toEqual([]);
  });

  it('never shows what the next moment brings anyway', () => {
    const pace = new AdaptivePace();
    pace.decodeTook(1);
    expect(previewed(pace, steps(10, 1000), 1)).not.toContain(9);
  });

  it('takes at most a twentieth of the steps, where previews take as long as the one before', () => {
    const anyWindow = fc.record({
      stepCount: fc.integer({ min: 1, max: 60 }),
      stepMs: fc.integer({ min: 1, max: 20_000 }),
      previewMs: fc.integer({ min: 1, max: 20_000 }),
    });
    fc.assert(
      fc.property(anyWindow, ({ stepCount, stepMs, previewMs }) => {
        const pace = new AdaptivePace();
        pace.decodeTook(previewMs);
        for (let window = 0; window < 2; window++) {
          const count = previewed(pace, steps(stepCount, stepMs), previewMs).length;
          expect(count * previewMs).toBeLessThanOrEqual(0.05 * stepCount * stepMs);
        }
      }),
    );
  });
});
