import { describe, expect, test } from 'vitest';
import type { FilmFormat } from '../../src/core/clip.ts';
import { bitsPerSecondFor, codecCandidates } from '../../src/core/codec-candidates.ts';

function format(widthPx: number, heightPx: number, framesPerSecond: number): FilmFormat {
  return { widthPx, heightPx, framesPerSecond, frameCount: 17 };
}

function codecs(...size: Parameters<typeof format>): string[] {
  return codecCandidates(format(...size)).map(({ codec }) => codec);
}

describe('codecCandidates', () => {
  test('tries H.264 High, Main and Constrained Baseline, then VP9, then AV1', () => {
    expect(codecs(1920, 1080, 24)).toEqual([
      'avc1.640028',
      'avc1.4d0028',
      'avc1.42e028',
      'vp09.00.40.08',
      'av01.0.08M.08',
    ]);
  });

  // Worked by hand from table A-1: macroblocks per picture, macroblocks per second, kbit/s.
  test.each([
    [64, 64, 12, '0a'], // 16, 192, 46
    [128, 128, 12, '0b'], // 64, 768, 126: too many bits for level 1
    [256, 256, 12, '0c'], // 256, 3072, 357: too many macroblocks for level 1.1
    [256, 256, 24, '0d'], // 256, 6144, 600
    [512, 512, 12, '16'], // 1024, 12288, 1009: too many macroblocks for level 2.1
    [512, 512, 24, '1e'], // 1024, 24576: too many per second for level 2.2
    [1280, 720, 24, '1f'], // 3600, 86400, 4354
    [1920, 1088, 30, '28'], // 8160, 244800, 9511
    [1920, 1088, 60, '2a'], // 8160, 489600
    [3840, 2160, 30, '33'], // 32400, 972000
    [1008, 16, 1, '15'], // 63 macroblocks wide: level 2 allows √(8 × 396) = 56
  ])('takes the lowest H.264 level for %i x %i at %i: %s', (widthPx, heightPx, rate, code) => {
    expect(codecs(widthPx, heightPx, rate)[0]).toBe(`avc1.6400${code}`);
  });

  test('leaves out a codec that has no level for the film', () => {
    expect(codecs(4096, 2160, 120)).toEqual(['vp09.00.52.08']);
    expect(codecs(20000, 20000, 24)).toEqual([]);
  });

  test('asks for quality and for length-prefixed H.264 at the size and rate of the film', () => {
    const [high, ...others] = codecCandidates(format(128, 96, 12));
    expect(high).toEqual({
      codec: 'avc1.64000b',
      width: 128,
      height: 96,
      framerate: 12,
      bitrate: bitsPerSecondFor(format(128, 96, 12)),
      latencyMode: 'quality',
      avc: { format: 'avc' },
    });
    for (const { codec, avc } of others) expect(avc !== undefined).toBe(codec.startsWith('avc1.'));
  });
});

describe('bitsPerSecondFor', () => {
  test('is 8 Mbit/s for 1080p at 24 and grows slower than the pixels', () => {
    expect(bitsPerSecondFor(format(1920, 1080, 24))).toBe(8_000_000);
    expect(bitsPerSecondFor(format(480, 270, 24))).toBe(1_000_000);
  });
});
