import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  frameCountBy,
  frameCountOf,
  framesAt,
  latentFrameCountFor,
  nearestLatentFrameCount,
  pictureAt,
  windowSpans,
} from '../../src/core/frame-math.ts';
import type { FrameGrid, WindowSpan } from '../../src/core/frame-math.ts';

const GRID: FrameGrid = {
  framesPerSecond: 12,
  pictureCount: 4,
  latentFrameCount: 5,
  contextLatentFrameCount: 2,
};

const grids = fc
  .record({
    pictureCount: fc.integer({ min: 1, max: 8 }),
    contextLatentFrameCount: fc.integer({ min: 1, max: 4 }),
  })
  .chain((half) =>
    fc.integer({ min: half.contextLatentFrameCount + 2, max: 12 }).map((latentFrameCount) => ({
      framesPerSecond: 12,
      latentFrameCount,
      ...half,
    })),
  );
const stretches = fc.record({
  startIndex: fc.integer({ min: 0, max: 40 }),
  length: fc.integer({ min: 1, max: 60 }),
  end: fc.constantFrom('open', 'given', 'opening'),
});

describe('the worked numbers', () => {
  it('counts frames and latent frames', () => {
    expect(frameCountOf(5, 4)).toBe(17);
    expect(frameCountBy(5, 12)).toBe(60);
    expect(latentFrameCountFor(60, 4)).toBe(16);
    expect(frameCountOf(16, 4)).toBe(61);
    expect(frameCountOf(nearestLatentFrameCount(36, 4), 4)).toBe(37);
  });

  it('cuts a shot into windows', () => {
    const newCounts = (spans: WindowSpan[]) => spans.map(({ newCount }) => newCount);
    expect(newCounts(windowSpans({ startIndex: 0, endIndex: 16, end: 'open' }, GRID))).toEqual([
      5, 3, 3, 3, 2,
    ]);
    expect(windowSpans({ startIndex: 0, endIndex: 4, end: 'given' }, GRID)).toEqual([
      { contextCount: 0, newCount: 4 },
    ]);
    // A window cannot arrive at what it makes itself.
    expect(windowSpans({ startIndex: 0, endIndex: 4, end: 'opening' }, GRID)).toEqual([
      { contextCount: 0, newCount: 2 },
      { contextCount: 2, newCount: 2 },
    ]);
    // One latent frame between what is given: the context reaches back to fill the window.
    expect(windowSpans({ startIndex: 8, endIndex: 9, end: 'given' }, GRID)).toEqual([
      { contextCount: 3, newCount: 1 },
    ]);
  });
});

describe('any grid', () => {
  it('needs just as many latent frames as hold the frames', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 8 }),
        (frameCount, pictureCount) => {
          const count = latentFrameCountFor(frameCount, pictureCount);
          expect(frameCountOf(count, pictureCount)).toBeGreaterThanOrEqual(frameCount);
          expect(frameCountOf(count - 1, pictureCount)).toBeLessThan(frameCount);
        },
      ),
    );
  });

  it('finds every frame of a latent frame again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 8 }),
        (position, startsShot, pictureCount) => {
          const { start, frameCount } = framesAt(position, startsShot, pictureCount);
          const found = Array.from({ length: frameCount }, (_, i) =>
            pictureAt(start + i, startsShot, pictureCount),
          );
          expect(found.every((it) => it.position === position)).toBe(true);
          expect(found.at(-1)!.picture).toBe(pictureCount - 1);
          expect(pictureAt(start + frameCount, startsShot, pictureCount).position).toBe(
            position + 1,
          );
        },
      ),
    );
  });

  it('fills a stretch once, in windows that hold what they are given and make', () => {
    fc.assert(
      fc.property(grids, stretches, (grid, { startIndex, length, end }) => {
        const endIndex = startIndex + length;
        const spans = windowSpans({ startIndex, endIndex, end }, grid);
        let index = startIndex;
        for (const [i, { contextCount, newCount }] of spans.entries()) {
          const endCount = end !== 'open' && i === spans.length - 1 ? 1 : 0;
          expect(newCount).toBeGreaterThan(0);
          expect(contextCount).toBeLessThanOrEqual(index);
          expect(contextCount).toBeGreaterThanOrEqual(
            Math.min(index, grid.contextLatentFrameCount),
          );
          expect(contextCount + newCount + endCount).toBeLessThanOrEqual(grid.latentFrameCount);
          index += newCount;
        }
        expect(index).toBe(endIndex);
      }),
    );
  });

  it('puts a given end at the last place of its window wherever there is enough before it', () => {
    fc.assert(
      fc.property(grids, stretches, (grid, { startIndex, length }) => {
        const endIndex = startIndex + length;
        const last = windowSpans({ startIndex, endIndex, end: 'given' }, grid).at(-1)!;
        const isFull = last.contextCount + last.newCount + 1 === grid.latentFrameCount;
        expect(isFull || endIndex < grid.latentFrameCount - 1).toBe(true);
      }),
    );
  });
});
