import { describe, expect, it } from 'vitest';
import { crossFade } from '../../workers/generate/cross-fade.ts';

function mixed(from: number[], to: number[], index: number, fadeCount: number): number[] {
  const frame = Uint8ClampedArray.from(to);
  crossFade({ from: Uint8ClampedArray.from(from), to: frame, into: frame }, index, fadeCount);
  return [...frame];
}

describe('crossFade', () => {
  it('goes from the one to the other in even steps, reaching neither', () => {
    const levels = [0, 1, 2].map((index) => mixed([0], [100], index, 3)[0]);
    expect(levels).toEqual([25, 50, 75]);
    const back = [0, 1, 2].map((index) => mixed([100], [0], index, 3)[0]);
    expect(back).toEqual([75, 50, 25]);
  });

  it('mixes each channel by itself and leaves opaque what is opaque', () => {
    expect(mixed([0, 90, 30, 255], [30, 0, 30, 255], 0, 2)).toEqual([10, 60, 30, 255]);
  });

  it('rounds halves up', () => {
    expect(mixed([0, 1, 2, 254], [1, 2, 5, 255], 0, 1)).toEqual([1, 2, 4, 255]);
  });

  it('leaves alone what is alike on both sides, at every level', () => {
    const levels = Array.from({ length: 256 }, (_, level) => level);
    for (const fadeCount of [1, 6, 7]) expect(mixed(levels, levels, 0, fadeCount)).toEqual(levels);
  });
});
