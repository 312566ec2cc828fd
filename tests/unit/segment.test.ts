import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packSegment, parseSegment } from '../../workers/export/segment.ts';
import type { Segment } from '../../workers/export/segment.ts';

const anySegment: fc.Arbitrary<Segment> = fc.record({
  codec: fc.string({ unit: 'grapheme', maxLength: 20 }),
  description: fc.uint8Array({ maxLength: 60 }),
  frames: fc.array(
    fc.record({
      data: fc.uint8Array({ maxLength: 300 }),
      type: fc.constantFrom('key' as const, 'delta' as const),
    }),
    { maxLength: 40 },
  ),
});

/** Equal by value, whatever buffer the arrays are views of. */
function plain({ codec, description, frames }: Segment) {
  return {
    codec,
    description: [...description],
    frames: frames.map(({ data, type }) => ({ data: [...data], type })),
  };
}

describe('parseSegment', () => {
  test('gives back what packSegment was given', () => {
    fc.assert(
      fc.property(anySegment, (segment) => {
        expect(plain(parseSegment(packSegment(segment))!)).toEqual(plain(segment));
      }),
    );
  });

  test('copies none of the frames', () => {
    const frames = [{ data: Uint8Array.of(1, 2, 3), type: 'key' as const }];
    const buffer = packSegment({ codec: 'avc1', description: Uint8Array.of(9), frames });
    expect(parseSegment(buffer)!.frames[0]!.data.buffer).toBe(buffer);
  });

  test('refuses what is cut off, too long or something else', () => {
    const refuses = (bytes: Uint8Array) => {
      expect(parseSegment(bytes.slice().buffer)).toBeUndefined();
    };
    fc.assert(
      fc.property(anySegment, fc.nat(), (segment, cut) => {
        const bytes = new Uint8Array(packSegment(segment));
        refuses(bytes.subarray(0, cut % bytes.byteLength));
        refuses(Uint8Array.of(...bytes, 0));
        refuses(bytes.with(0, bytes[0]! ^ 1));
        refuses(bytes.with(7, bytes[7]! + 1));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), refuses));
  });
});

describe('packSegment', () => {
  test('writes the layout that its file tells of', () => {
    const bytes = packSegment({
      codec: 'vp09',
      description: Uint8Array.of(0xdd),
      frames: [
        { data: Uint8Array.of(1, 2, 3), type: 'key' },
        { data: Uint8Array.of(4), type: 'delta' },
      ],
    });
    const words = [
      ...[0x5a, 0x53, 0x45, 0x47],
      ...[0, 0, 0, 1],
      ...[0, 0, 0, 4],
      ...[0, 0, 0, 1],
      ...[0, 0, 0, 2],
    ];
    expect([...new Uint8Array(bytes)]).toEqual([
      ...words,
      ...new TextEncoder().encode('vp09'),
      0xdd,
      ...[0, 0, 0, 7],
      ...[0, 0, 0, 2],
      ...[1, 2, 3],
      4,
    ]);
  });
});
