// What is found in a browser to what it means for the person.
import { describe, expect, test } from 'vitest';

import { CAPABILITIES, judge } from '../../src/core/capability.ts';
import type { CapabilityFacts, Judgement } from '../../src/core/capability.ts';
import { gpuRefusalOf } from '../../src/core/processors.ts';
import type { GpuNeeds } from '../../src/core/processors.ts';
import { reportOf } from '../../src/ui/models/capability-check.ts';
import { en } from '../../src/ui/messages/en.ts';

const GOOD: CapabilityFacts = {
  gpu: {
    label: 'Some GPU',
    hasF16: true,
    maxBufferByteLength: 2 ** 31,
    maxBindingByteLength: 2 ** 30,
  },
  refusal: undefined,
  needs: { features: [], bufferByteLength: 46_881_792 },
  codec: 'avc1.64000d',
  storage: { refusal: undefined, isPersisted: true, usageByteLength: 0 },
  isIsolated: true,
  threadCount: 8,
};
const ALL_PASS = { gpu: 'pass', f16: 'pass', codec: 'pass', storage: 'pass', isolation: 'pass' };

const CASES: [
  what: string,
  facts: Partial<CapabilityFacts>,
  each: Partial<Judgement['each']>,
  overall: string,
][] = [
  ['everything is there', {}, {}, 'pass'],
  [
    'no WebGPU',
    { gpu: undefined, refusal: { cause: 'no-webgpu', detail: '' } },
    { gpu: 'missing', f16: 'missing' },
    'slow',
  ],
  [
    'a GPU that is a program',
    { refusal: { cause: 'software-adapter', detail: 'SwiftShader' } },
    { gpu: 'slow' },
    'slow',
  ],
  [
    'buffers that are too small',
    { refusal: { cause: 'small-buffers', detail: '1024' } },
    { gpu: 'slow' },
    'slow',
  ],
  ['no f16', { gpu: { ...GOOD.gpu!, hasF16: false } }, { f16: 'slow' }, 'pass'],
  ['no codec', { codec: undefined }, { codec: 'missing' }, 'missing'],
  [
    'neither a GPU nor a codec',
    { gpu: undefined, refusal: { cause: 'no-adapter', detail: '' }, codec: undefined },
    { gpu: 'missing', f16: 'missing', codec: 'missing' },
    'missing',
  ],
  [
    'storage that is denied',
    { storage: { refusal: 'denied', isPersisted: false, usageByteLength: undefined } },
    { storage: 'slow' },
    'pass',
  ],
  [
    'storage that may be cleared',
    { storage: { refusal: undefined, isPersisted: false, usageByteLength: 5 } },
    {},
    'pass',
  ],
  ['no isolation', { isIsolated: false, threadCount: 1 }, { isolation: 'slow' }, 'pass'],
  ['one core', { threadCount: 1 }, { isolation: 'slow' }, 'pass'],
];

describe('judge', () => {
  test.each(CASES)('%s', (_what, facts, each, overall) => {
    const judgement = judge({ ...GOOD, ...facts });
    expect(judgement).toEqual({ overall, each: { ...ALL_PASS, ...each } });
  });

  test.each(CASES)('has a whole sentence for each: %s', (_what, facts) => {
    for (const name of CAPABILITIES) {
      const sentence = en.checks[name].says({ ...GOOD, ...facts });
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|\(\)/);
    }
  });
});

describe('gpuRefusalOf', () => {
  const adapter = (changes: { software?: boolean; f16?: boolean; bufferByteLength?: number }) =>
    ({
      info: { isFallbackAdapter: changes.software ?? false, description: 'card' },
      features: new Set(changes.f16 ? ['shader-f16'] : []),
      limits: { maxBufferSize: changes.bufferByteLength ?? 100 },
    }) as unknown as GPUAdapter;
  const needs: GpuNeeds = { features: ['shader-f16'], bufferByteLength: 100 };

  test.each([
    [{ f16: true }, undefined],
    [{}, { cause: 'missing-features', detail: 'shader-f16' }],
    [
      { f16: true, bufferByteLength: 99 },
      { cause: 'small-buffers', detail: '99' },
    ],
    [
      { software: true, f16: true },
      { cause: 'software-adapter', detail: 'card' },
    ],
  ])('%o', (changes, refusal) => {
    expect(gpuRefusalOf(adapter(changes), needs)).toEqual(refusal);
  });

  test('takes a program where one was asked for', () => {
    expect(gpuRefusalOf(adapter({ software: true, f16: true }), needs, true)).toBeUndefined();
  });
});

test('the report names what was found, line by line', () => {
  const lines = reportOf(GOOD, judge(GOOD), 'A browser/1.0').split('\n');
  expect(lines[0]).toBe('Zoetrope — Will it run here? pass');
  for (const name of CAPABILITIES) {
    expect(lines.filter((line) => line.startsWith(`${en.checks[name].name}: pass. `))).toHaveLength(
      1,
    );
  }
  const { bytes } = en.formats;
  expect(lines).toContain(
    `Limits: largest buffer ${bytes(2 ** 31)}, largest binding ${bytes(2 ** 30)}, the model needs ${bytes(46_881_792)}`,
  );
  expect(lines.at(-1)).toBe('Browser: A browser/1.0');
});
