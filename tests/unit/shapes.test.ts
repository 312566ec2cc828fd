import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SHAPES, offeredShapes, shapeOf } from '../../src/ui/shapes.ts';

const px = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });

describe('shapeOf', () => {
  it.each([
    [px(160, 96), '16:9'],
    [px(1280, 720), '16:9'],
    [px(96, 160), '9:16'],
    [px(128, 96), '4:3'],
    [px(128, 128), '1:1'],
    [px(128, 64), '16:9'],
  ] as const)('%o is nearest to %s', (size, name) => {
    expect(shapeOf(size)).toBe(name);
  });
});

describe('offeredShapes', () => {
  it('has the first size of each shape, and no shape that the model has not', () => {
    const sizes = [px(128, 128), px(96, 160), px(192, 192)];
    expect(offeredShapes(sizes).map(({ name, size }) => [name, size])).toEqual([
      ['1:1', sizes[0]],
      ['9:16', sizes[1]],
    ]);
  });

  it('has every size reachable by its shape, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 100 }).map((count) => count * 16);
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side), { minLength: 1 }), (sides) => {
        const sizes = sides.map(([widthPx, heightPx]) => px(widthPx, heightPx));
        const offered = offeredShapes(sizes);
        expect(new Set(offered.map(({ name }) => name))).toEqual(new Set(sizes.map(shapeOf)));
        expect(offered.length).toBeLessThanOrEqual(SHAPES.length);
      }),
    );
  });
});
