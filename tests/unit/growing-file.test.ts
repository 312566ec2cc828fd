import { describe, expect, test } from 'vitest';
import { GrowingFile } from '../../workers/export/growing-file.ts';

async function bytesOf(file: GrowingFile, end = new Uint8Array()): Promise<number[]> {
  return [...new Uint8Array(await file.finish(end, 'video/mp4').arrayBuffer())];
}

describe('GrowingFile', () => {
  test('is a head with zeros where nothing was written, then what came behind it', async () => {
    const file = new GrowingFile();
    file.write(Uint8Array.of(1, 2), 0);
    file.write(Uint8Array.of(3), 5);
    file.endHead();
    file.write(Uint8Array.of(4, 5), 6);
    file.write(Uint8Array.of(8, 9), 1);
    file.write(Uint8Array.of(6), 8);
    expect(await bytesOf(file, Uint8Array.of(7))).toEqual([1, 8, 9, 0, 0, 3, 4, 5, 6, 7]);
    expect(file.finish(new Uint8Array(), 'video/mp4').type).toBe('video/mp4');
  });

  test('keeps the order of a body of several parts, however it is cut', async () => {
    for (const lengths of [
      [3_000_000, 2_500_000, 10, 2_100_000],
      Array.from({ length: 60 }, (_, index) => 1 + index * 4000),
      [2 * 1024 * 1024, 1],
    ]) {
      const file = new GrowingFile();
      file.write(Uint8Array.of(255), 0);
      file.endHead();
      let position = 1;
      for (const [index, length] of lengths.entries()) {
        file.write(new Uint8Array(length).fill(index), position);
        position += length;
      }
      const found = Buffer.from(await file.finish(Uint8Array.of(254), 'video/mp4').arrayBuffer());
      const parts = lengths.map((length, index) => Buffer.alloc(length, index));
      expect(found.equals(Buffer.concat([Buffer.of(255), ...parts, Buffer.of(254)]))).toBe(true);
    }
  });

  test('refuses a body that is written out of order', () => {
    const file = new GrowingFile();
    file.write(new Uint8Array(10), 0);
    file.endHead();
    file.write(new Uint8Array(10), 10);
    for (const position of [9, 15, 21]) {
      expect(() => file.write(new Uint8Array(5), position)).toThrow(RangeError);
    }
  });
});
