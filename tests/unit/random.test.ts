import { describe, expect, it } from 'vitest';

import { gaussianNoise, philox4x32 } from '../../src/core/random.ts';
import noise from '../fixtures/reference/noise.json' with { type: 'json' };

type Words4 = [number, number, number, number];

describe('philox4x32', () => {
  it.each(noise.philox)('gives the published words for counter $counter and key $key', (vector) => {
    const words = philox4x32(vector.counter as Words4, vector.key as [number, number]);
    expect(words).toEqual(vector.output);
  });
});

describe('gaussianNoise', () => {
  it.each(noise.streams)(
    'agrees with the reference for seed $seed, window $windowIndex',
    (stream) => {
      const numbers = gaussianNoise(stream.seed, stream.windowIndex, stream.count);
      stream.first.forEach((expected, index) => {
        expect(numbers[index]).toBeCloseTo(expected, 6);
      });
      expect(numbers.at(-1)).toBeCloseTo(stream.last, 6);
      expect(numbers.reduce((sum, x) => sum + x, 0)).toBeCloseTo(stream.sum, 2);
      expect(numbers.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(stream.sumOfSquares, 1);
    },
  );

  it('gives number i whatever the count', () => {
    expect(gaussianNoise(7, 2, 10)).toEqual(gaussianNoise(7, 2, 1001).subarray(0, 10));
  });
});
