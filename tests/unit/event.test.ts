import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { doneFraction, etaSeconds, measuredRates, outlookOf } from '../../src/core/eta.ts';
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
    expect(failed).toMatchObject({ phase: 'failed' });
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

  it('counts for a stage the time in which no other worked', () => {
    const turns = [
      advance('denoise', 0, 1000),
      advance('denoise', 2, 3000),
      advance('decode', 0, 3000),
      advance('decode', 1, 7000),
      advance('denoise', 4, 9000),
      advance('decode', 2, 13_000),
    ].reduce(reduce, reduce(IDLE, plan));
    expect(measuredRates(turns)).toEqual({ denoise: 1, decode: 4 });
    expect(etaSeconds(turns, {}, 13_000)).toBeCloseTo(6 * 1 + 2 * 4);
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

describe('a job that goes on until it is stopped', () => {
  const endless: JobEvent = {
    type: 'plan',
    totals: { obtain: 8, denoise: Infinity, decode: Infinity },
    atMs: 0,
  };
  const obtain = (done: number, atMs: number): JobEvent => ({
    type: 'advance',
    stage: 'obtain',
    done,
    atMs,
  });

  it('has no end to tell, but stages that have', () => {
    const obtaining = [endless, obtain(0, 1000), obtain(4, 5000)].reduce(reduce, IDLE);
    expect(outlookOf(obtaining, {}, 5000)).toEqual({
      stage: 'obtain',
      done: 4,
      total: 8,
      secondsLeft: 4,
      of: 'stage',
    });
    const events = [obtain(8, 9000), advance('denoise', 0, 9000), advance('denoise', 30, 9500)];
    const denoising = events.reduce(reduce, obtaining);
    expect(outlookOf(denoising, { decode: 1 }, 9500)).toMatchObject({
      stage: 'denoise',
      done: 30,
      secondsLeft: undefined,
    });
    expect(doneFraction(denoising, {})).toBe(0);
    expect(measuredRates(denoising)).toMatchObject({ denoise: 0.5 / 30 });
  });

  it('is done when it has been stopped', () => {
    const stopped = [endless, advance('denoise', 9, 10), { type: 'done', atMs: 20 } as const];
    expect(doneFraction(stopped.reduce(reduce, IDLE), {})).toBe(1);
  });
});

describe('outlookOf', () => {
  it('shows the earliest stage that has begun and is not done', () => {
    const running = reduce(IDLE, plan);
    expect(outlookOf(running, {}, 0)).toBeUndefined();
    const both = [advance('denoise', 5, 10), advance('decode', 2, 20)].reduce(reduce, running);
    expect(outlookOf(both, {}, 20)).toMatchObject({ stage: 'denoise', done: 5, total: 10 });
    const denoised = reduce(both, advance('denoise', 10, 30));
    expect(outlookOf(denoised, {}, 30)?.stage).toBe('decode');
  });

  it('tells of the job where every stage is measured, of the stage alone until then', () => {
    const events = [advance('denoise', 0, 1000), advance('denoise', 2, 3000)];
    const state = events.reduce(reduce, reduce(IDLE, plan));
    expect(outlookOf(state, {}, 3000)).toMatchObject({ secondsLeft: 8, of: 'stage' });
    expect(outlookOf(state, { decode: 0.5 }, 3000)).toMatchObject({ secondsLeft: 10, of: 'job' });
    // A stage that is done has no time left, whatever comes behind it.
    const done = reduce(state, advance('denoise', 10, 4000));
    expect(outlookOf(done, {}, 4000)).toMatchObject({ secondsLeft: undefined });
  });
});
