import { describe, expect, test } from 'vitest';
import { i420ByteLength, rgbaToI420 } from '../../workers/export/i420.ts';

type Rgb = readonly [number, number, number];

/** The planes of a picture whose pixel at (column, row) is `rgbAt(column, row)`. */
function planes(widthPx: number, heightPx: number, rgbAt: (column: number, row: number) => Rgb) {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let i = 0; i < widthPx * heightPx; i++) {
    rgba.set([...rgbAt(i % widthPx, Math.floor(i / widthPx)), 255], i * 4);
  }
  const i420 = new Uint8Array(i420ByteLength(widthPx, heightPx));
  rgbaToI420(rgba, widthPx, heightPx, i420);
  const chromaStart = widthPx * heightPx;
  const crStart = (chromaStart + i420.length) / 2;
  return {
    y: [...i420.subarray(0, chromaStart)],
    cb: [...i420.subarray(chromaStart, crStart)],
    cr: [...i420.subarray(crStart)],
  };
}

describe('rgbaToI420', () => {
  // 100 % colour bars in 8 bits, limited range: the values that test-signal generators use for BT.709.
  test.each<[string, Rgb, [number, number, number]]>([
    ['white', [255, 255, 255], [235, 128, 128]],
    ['yellow', [255, 255, 0], [219, 16, 138]],
    ['cyan', [0, 255, 255], [188, 154, 16]],
    ['green', [0, 255, 0], [173, 42, 26]],
    ['magenta', [255, 0, 255], [78, 214, 230]],
    ['red', [255, 0, 0], [63, 102, 240]],
    ['blue', [0, 0, 255], [32, 240, 118]],
    ['black', [0, 0, 0], [16, 128, 128]],
  ])('turns %s into its BT.709 code values', (_name, rgb, [y, cb, cr]) => {
    expect(planes(2, 2, () => rgb)).toEqual({ y: [y, y, y, y], cb: [cb], cr: [cr] });
  });

  test('gives every grey neutral chroma and rising luma', () => {
    let before = 0;
    for (let grey = 0; grey < 256; grey++) {
      const { y, cb, cr } = planes(2, 2, () => [grey, grey, grey]);
      expect([cb, cr]).toEqual([[128], [128]]);
      expect(y[0]).toBe(Math.round(16 + (219 * grey) / 255));
      expect(y[0]).toBeGreaterThanOrEqual(before);
      before = y[0]!;
    }
  });

  test('takes the mean of each 2x2 for chroma and keeps luma per pixel', () => {
    // Left block: three red, one blue. Right block: all white.
    const { y, cb, cr } = planes(4, 2, (column, row) =>
      column >= 2 ? [255, 255, 255] : column === 1 && row === 1 ? [0, 0, 255] : [255, 0, 0],
    );
    expect(y).toEqual([63, 63, 235, 235, 63, 32, 235, 235]);
    expect(cb).toEqual([Math.round((3 * 102.336 + 240) / 4), 128]);
    expect(cr).toEqual([Math.round((3 * 240 + 117.729) / 4), 128]);
  });

  test('repeats the last row and column of odd sizes', () => {
    const odd = planes(3, 3, (column, row) =>
      column === 2 || row === 2 ? [255, 0, 0] : [0, 0, 255],
    );
    expect(odd.y).toHaveLength(9);
    expect(odd.cb).toEqual([240, 102, 102, 102]);
    expect(odd.cr).toEqual([118, 240, 240, 240]);
  });

  test('counts planes of odd sizes rounded up', () => {
    expect(i420ByteLength(64, 48)).toBe(64 * 48 * 1.5);
    expect(i420ByteLength(3, 5)).toBe(15 + 2 * 6);
  });
});
