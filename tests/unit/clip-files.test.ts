// The sheet of all frames, the names of exported files, and which kept clips a search finds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sheetGridOf } from '../../src/core/conversion.ts';
import { convertedFileName } from '../../src/core/file-name.ts';
import type { KeptClip } from '../../src/core/kept-clip.ts';
import { clipsMatching } from '../../src/ui/library/clip-search.ts';

const SQUARE = { widthPx: 128, heightPx: 128, framesPerSecond: 12, frameCount: 17 };

describe('a sheet', () => {
  test('of any film has room for every frame, none empty row, and a size that browsers can draw', () => {
    const formats = fc.record({
      widthPx: fc.integer({ min: 16, max: 2048 }),
      heightPx: fc.integer({ min: 16, max: 2048 }),
      framesPerSecond: fc.constant(12),
      frameCount: fc.integer({ min: 1, max: 7200 }),
    });
    fc.assert(
      fc.property(formats, (format) => {
        const { columnCount, rowCount, frameWidthPx, frameHeightPx } = sheetGridOf(format);
        expect(columnCount * rowCount).toBeGreaterThanOrEqual(format.frameCount);
        expect(columnCount * (rowCount - 1)).toBeLessThan(format.frameCount);
        expect(Math.max(columnCount * frameWidthPx, rowCount * frameHeightPx)).toBeLessThanOrEqual(
          8192,
        );
        expect(columnCount * frameWidthPx * rowCount * frameHeightPx).toBeLessThanOrEqual(2 ** 24);
      }),
    );
  });

  test('is nearly square, with frames of the film’s size where it can be', () => {
    expect(sheetGridOf(SQUARE)).toEqual({
      columnCount: 4,
      rowCount: 5,
      frameWidthPx: 128,
      frameHeightPx: 128,
    });
    // A minute.
    expect(sheetGridOf({ ...SQUARE, frameCount: 720 })).toMatchObject({ frameWidthPx: 128 });
    expect(sheetGridOf({ ...SQUARE, widthPx: 512, heightPx: 512, frameCount: 720 })).toEqual({
      columnCount: 27,
      rowCount: 27,
      frameWidthPx: 151,
      frameHeightPx: 151,
    });
  });
});

test('exported files are named after the clip and tell what they are', () => {
  const named = { rows: [{ prompt: 'A fox, running!' }], seed: 5 };
  const kinds = ['gif', 'png-frames', 'sprite-sheet', 'poster'] as const;
  expect(kinds.map((kind) => convertedFileName(named, kind, SQUARE))).toEqual([
    'a-fox-running-5.gif',
    'a-fox-running-5-frames.zip',
    'a-fox-running-5-sheet-4x5-17-frames.png',
    'a-fox-running-5-poster.png',
  ]);
});

describe('a search', () => {
  const clip = (name: string, isStarred: boolean, ...prompts: string[]) =>
    ({
      name,
      isStarred,
      film: { rows: prompts.map((prompt) => ({ prompt })) },
    }) as unknown as KeptClip;
  const fox = clip('Holiday', true, 'a fox runs', 'a dog');
  const cafe = clip('At the Café', false, 'a cat');
  const find = (query: string, isStarredOnly = false) =>
    clipsMatching([fox, cafe], query, isStarredOnly);

  test('finds words of names and of all prompts, in any case, order and accent', () => {
    expect(find('')).toEqual([fox, cafe]);
    expect(find('DOG holi')).toEqual([fox]);
    expect(find('cafe')).toEqual([cafe]);
    expect(find('fox cat')).toEqual([]);
  });

  test('finds only starred ones where that is asked for', () => {
    expect(find(' ', true)).toEqual([fox]);
    expect(find('cat', true)).toEqual([]);
  });
});
