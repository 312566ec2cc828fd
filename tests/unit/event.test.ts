import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { doneFraction, etaSeconds, measuredRates } from '../../src/core/eta.ts';
import { IDLE, STAGES, isOver, reduce } from '../../src/core/event.ts';
import type { JobEvent } from '../../src/core/event.ts';

const plan: JobEvent = { type: 'plan', totals: { denoise: 10, decode: 4 }, atMs: 0 };
const advance = (stage: 'denoise' | 'decode', done: number, atMs: number): JobEvent => ({
  type: 'advance',
  stage,
  done,
  atMs,
});

const anyEvent: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.record({
    type: fc.constant('advance' as const),
    stage: fc.constantFrom(...STAGES),
    done: fc.integer({ min: -5, max: 20 }),
    atMs: fc.nat(1000),
  }),
  fc.constantFrom<JobEvent>({ type: 'done', atMs: 9 }, { type: 'cancelled', atMs: 9 }),
);

describe('reduce', () => {
  it('never falls, never passes its total, and stays ended', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        let state = reduce(IDLE, plan);
        for (const event of events) {
          const next = reduce(state, event);
          if (isOver(state)) expect(next).toBe(state);
          for (const stage of STAGES) {
            const progress = next.stages[stage];
            expect(progress?.total).toBe(state.stages[stage]?.total);
            if (!progress) continue;
            expect(progress.done).toBeGreaterThanOrEqual(state.stages[stage]?.done ?? 0);
            expect(progress.done).toBeLessThanOrEqual(progress.total);
          }
          state = next;
        }
      }),
    );
  });

  it('ends once, and a failure may come before the plan', () => {
    const failure = { code: 'unexpected', facts: { reason: 'x' } } as const;
    const failed = reduce(IDLE, { type: 'failed', failure, atMs: 1 });
    expect(failed).toMatchObject({ phase: 'failed', failure });
    expect(reduce(failed, { type: 'done', atMs: 2 })).toBe(failed);
  });
});

describe('etaSeconds', () => {
  it('is unknown until every stage to come has been measured', () => {
    const state = [advance('denoise', 0, 1000), advance('denoise', 2, 3000)].reduce(
      reduce,
      reduce(IDLE, plan),
    );
    expect(etaSeconds(state, {}, 3000)).toBeUndefined();
    expect(etaSeconds(state, { decode: 0.5 }, 3000)).toBeCloseTo(8 * 1 + 4 * 0.5);
    expect(etaSeconds(state, { decode: 0.5 }, 3400)).toBeCloseTo(9.6);
  });

  it('counts only units of this job as measured', () => {
    const state = [advance('denoise', 6, 1000), advance('denoise', 8, 5000)].reduce(
      reduce,
      reduce(IDLE, plan),
    );
    expect(measuredRates(state)).toEqual({ denoise: 2 });
  });
});

describe('doneFraction', () => {
  it('weighs stages by their time', () => {
    const state = [advance('denoise', 10, 1000)].reduce(reduce, reduce(IDLE, plan));
    expect(doneFraction(state, { denoise: 1, decode: 2.5 })).toBeCloseTo(0.5);
    // Ordinarily a step takes 0.3 s and a frame 0.05 s.
    expect(doneFraction(state, {})).toBeCloseTo(3 / 3.2);
    expect(doneFraction(IDLE, {})).toBe(0);
  });
});
