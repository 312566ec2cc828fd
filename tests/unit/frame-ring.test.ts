import fc from 'fast-check';
import { expect, it } from 'vitest';

import { EMPTY_RING, positionIn, ringWith } from '../../src/ui/watch/frame-ring.ts';
import type { FrameRing } from '../../src/ui/watch/frame-ring.ts';

it('keeps the latest frames and no more, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 40 }), (counts, capacity) => {
      let ring: FrameRing<number> = EMPTY_RING;
      let frameCount = 0;
      for (const count of counts) {
        ring = ringWith(
          ring,
          Array.from({ length: count }, (_, index) => frameCount + index),
          capacity,
        );
        frameCount += count;
        expect(ring.frames.length).toBe(Math.min(frameCount, capacity));
        expect(ring.frames).toEqual(ring.frames.map((_, index) => ring.startIndex + index));
        expect(ring.startIndex + ring.frames.length).toBe(frameCount);
      }
    }),
  );
});

it('goes on where it is when more frames come, and begins again at its end', () => {
  const ring = ringWith<string>(EMPTY_RING, ['a', 'b', 'c', 'd', 'e'], 3);
  expect(ring).toEqual({ startIndex: 2, frames: ['c', 'd', 'e'] });
  expect(positionIn(ring, 3)).toBe(1);
  expect(positionIn(ring, 5)).toBe(0);
  expect(positionIn(ring, 1)).toBe(0);
  expect(positionIn(ringWith(ring, ['f'], 4), 5)).toBe(3);
});
