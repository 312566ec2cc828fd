import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { reportProgress } from '../../src/cli/progress-bar.ts';
import type { JobEvent, Stage } from '../../src/core/event.ts';

const TOTALS = { obtain: 3e6, denoise: 10, decode: 17, mux: 1 };

const plan: JobEvent = { type: 'plan', totals: TOTALS, atMs: 0 };

const advance = (stage: Stage, done: number): JobEvent => ({
  type: 'advance',
  stage,
  done,
  atMs: 0,
});

/** What stands on a stream after these events; `isTTY` as a terminal has it. */
function shown(events: readonly JobEvent[], isTTY: boolean): string {
  const stream = new PassThrough({ encoding: 'utf8' });
  const report = reportProgress(Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream);
  for (const event of events) report.show(event);
  report.stop();
  return (stream.read() as string | null) ?? '';
}

function percentages(output: string): number[] {
  return [...output.matchAll(/(\d+) ?%/g)].map(([, digits]) => Number(digits));
}

describe('reportProgress', () => {
  const job: JobEvent[] = [
    plan,
    ...[0, 1e6, 2e6, 3e6].map((done) => advance('obtain', done)),
    ...Array.from({ length: 11 }, (_, step) => advance('denoise', step)),
    ...Array.from({ length: 17 }, (_, frame) => advance('decode', frame + 1)),
    advance('mux', 1),
    { type: 'done', atMs: 0 },
  ];

  it('writes a line per stage and per tenth where there is no terminal', () => {
    const lines = shown(job, false).trimEnd().split('\n');
    for (const word of ['Obtaining', 'Denoising — step 1 of 10', 'Decoding', 'Muxing']) {
      expect(lines.join('\n')).toContain(word);
    }
    expect(lines.length).toBeLessThanOrEqual(10 + Object.keys(TOTALS).length);
    expect(percentages(lines.at(-1) ?? '')).toEqual([100]);
    expect(lines.join()).not.toContain('\u001b');
  });

  it('draws one line over and over on a terminal, and takes it away', () => {
    const output = shown(job, true);
    // The burst is faster than the bar's refresh: only its first and last state are drawn.
    expect(output).toMatch(/Obtaining.*100%.*Muxing/);
    expect(output.endsWith('\u001b[2K')).toBe(true);
    expect(output).not.toContain('\n');
  });

  it('names the stage that others wait for, and says no time that nobody knows', () => {
    const overlapping = [
      plan,
      advance('denoise', 2),
      advance('decode', 5),
      { ...advance('denoise', 8), atMs: 60_000 },
    ];
    const lines = shown(overlapping, false).trimEnd().split('\n');
    expect(lines.at(-1)).toContain('Denoising — step 9 of 10, about');
    expect(lines.join('\n')).not.toContain('Decoding');

    const endless: JobEvent = { type: 'plan', totals: { denoise: Infinity }, atMs: 0 };
    const [line] = shown([endless, advance('denoise', 30)], false).split('\n');
    expect(line).toBe('Denoising — step 31');
  });

  it('never goes back', () => {
    const anyAdvance = fc.record({
      type: fc.constant('advance' as const),
      stage: fc.constantFrom<Stage>('obtain', 'denoise', 'decode', 'encode', 'mux'),
      done: fc.nat(20),
      atMs: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(anyAdvance), (events) => {
        const numbers = percentages(shown([plan, ...events], false));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });

  it('says what a person should know on a line of its own', () => {
    const notice: JobEvent = {
      type: 'notice',
      notice: { code: 'codec-uncommon', facts: { codec: 'vp09' } },
    };
    for (const isTTY of [true, false]) {
      expect(shown([plan, advance('denoise', 1), notice], isTTY)).toMatch(/.*vp09.*\n/);
    }
  });
});
