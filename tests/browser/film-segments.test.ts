// Films of several segments: what of them is kept, what of them depends on what, and what their file holds.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Piece } from '../../src/core/api.ts';
import type { ExportedClip, FilmFormat } from '../../src/core/clip.ts';
import { readFilmJson } from '../../src/core/film-tags.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { FallbackStore } from '../../src/library/fallback-store.ts';
import { dropPieces, filmPieces } from '../../src/library/film-pieces.ts';
import { codecCandidates } from '../../src/core/codec-candidates.ts';
import { ExportFilm } from '../../workers/export/export-film.ts';
import { packSegment, parseSegment } from '../../workers/export/segment.ts';
import { fickleEncoder } from '../fakes/refusing-encoder.ts';
import { deniedStore } from '../fakes/refusing-store.ts';
import {
  barsBatch,
  failureFrom,
  formatOf,
  FRAMES_PER_SECOND,
  misuseFrom,
  NO_TAGS,
  probe,
} from './bars.ts';

/** Pictures `start` to `start + frameCount` of the bars, as a segment. */
interface BarsSegment {
  key: string;
  start: number;
  frameCount: number;
}

const A: BarsSegment = { key: 'a', start: 0, frameCount: 17 };
const B: BarsSegment = { key: 'b', start: 40, frameCount: 30 };
const C: BarsSegment = { key: 'c', start: 17, frameCount: 5 };

const SIDE_PX = 64;
const format = formatOf(SIDE_PX, 52);

beforeEach(() => dropPieces());

async function addBars(film: ExportFilm, { start, frameCount }: BarsSegment, frameIndex: number) {
  await film.add({ ...barsBatch(format, start, frameCount), frameIndex });
}

/** Encodes segments one after the other, the first at this frame of the film. */
async function encode(film: ExportFilm, segments: readonly BarsSegment[], frameIndex = 0) {
  for (const segment of segments) {
    await film.beginSegment(segment.key, segment.frameCount);
    await addBars(film, segment, frameIndex);
    frameIndex += segment.frameCount;
  }
}

async function filmOf(segments: readonly BarsSegment[], filmFormat: FilmFormat = format) {
  const film = new ExportFilm();
  await film.open(filmFormat, () => undefined);
  await encode(film, segments);
  return film.finish(NO_TAGS);
}

async function pieceOf(key: string): Promise<Piece | undefined> {
  return (await filmPieces.shards()).find(({ sha256 }) => sha256 === key);
}

async function keptBytes(key: string): Promise<Uint8Array> {
  return new Uint8Array((await filmPieces.get((await pieceOf(key))!))!);
}

/** The file from its pictures on; the index before it holds the time of day. */
async function picturesOf({ mp4 }: ExportedClip): Promise<Uint8Array> {
  const bytes = await mp4.bytes();
  return bytes.subarray(new TextDecoder('latin1').decode(bytes).indexOf('mdat'));
}

async function expectFrames(clip: ExportedClip, frameCount: number, keys: readonly number[]) {
  const { streams, packets, format: container } = await probe(clip);
  expect(streams[0]!.nb_read_frames).toBe(`${frameCount}`);
  expect(packets.map(({ pts_time }) => pts_time)).toEqual(
    Array.from({ length: frameCount }, (_, i) => (i / FRAMES_PER_SECOND).toFixed(6)),
  );
  const durations = new Set(packets.map(({ duration_time }) => duration_time));
  expect([...durations]).toEqual([(1 / FRAMES_PER_SECOND).toFixed(6)]);
  expect(Number(container.duration)).toBeCloseTo(frameCount / FRAMES_PER_SECOND, 3);
  expect(packets.flatMap(({ flags }, i) => (flags.startsWith('K') ? [i] : []))).toEqual(keys);
  expect(clip.format).toEqual({ ...format, frameCount });
}

describe('a film of three segments', () => {
  test('is one file without a gap, with a key frame where each segment begins', async () => {
    // 17 + 24 is two seconds into the second segment.
    await expectFrames(await filmOf([A, B, C]), 52, [0, 17, 41, 47]);
  });

  test('encodes each from its frames alone', async () => {
    await filmOf([A, B, { ...A, key: 'a again' }], formatOf(SIDE_PX, 64));
    const bytes = await keptBytes('a');
    expect(await keptBytes('a again')).toEqual(bytes);
    expect(await keptBytes('b')).not.toEqual(bytes);
    const segment = parseSegment(bytes.slice().buffer)!;
    expect(segment.codec).toBe(codecCandidates(format)[0]!.codec);
    expect(segment.frames.map(({ type }) => type)).toEqual([
      'key',
      ...Array<string>(16).fill('delta'),
    ]);
  });

  test('keeps a segment as soon as its last frame has come', async () => {
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    await film.beginSegment('a', 17);
    await film.add(barsBatch(format, 0, 16));
    expect(await pieceOf('a')).toBeUndefined();
    await film.add(barsBatch(format, 16, 1));
    expect(await pieceOf('a')).toBeDefined();
    await film.cancel();
  });

  test('that goes on until it is stopped has the frames that came', async () => {
    const film = new ExportFilm();
    await film.open({ ...format, frameCount: Infinity }, () => undefined);
    await encode(film, [A, B]);
    await film.beginSegment('c', 5);
    await film.add({ ...barsBatch(format, 17, 2), frameIndex: 47 });
    await expectFrames(await film.finish(NO_TAGS), 49, [0, 17, 41, 47]);
    // The stopped segment is in the file, but it is not what its key names.
    expect((await filmPieces.shards()).map(({ sha256 }) => sha256)).toEqual(['a', 'b']);
  });

  test('is stopped between a segment and its first frame', async () => {
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    await encode(film, [A]);
    await film.beginSegment('b', 30);
    await expectFrames(await film.finish(NO_TAGS), 17, [0]);
  });

  test('is made where nothing can be stored', async () => {
    const film = new ExportFilm({ pieces: new FallbackStore(deniedStore()) });
    await film.open(format, () => undefined);
    await encode(film, [A, B, C]);
    await expectFrames(await film.finish(NO_TAGS), 52, [0, 17, 41, 47]);
    expect(await filmPieces.shards()).toEqual([]);
  });

  test('fails when the encoder tells decoders two things', async () => {
    const film = new ExportFilm({ VideoEncoder: fickleEncoder() });
    await film.open(format, () => undefined);
    const failure = {
      code: 'encoder-failed',
      facts: {
        codec: codecCandidates(format)[0]!.codec,
        reason: 'RangeError: what it tells decoders has changed in the middle of the film',
      },
    };
    expect(await failureFrom(encode(film, [A, B]))).toEqual(failure);
    expect(await failureFrom(film.finish(NO_TAGS))).toEqual(failure);
  });
});

describe('a kept segment', () => {
  test('gives the file that encoding it gives, and is not counted as encoded', async () => {
    const encoded = await filmOf([A, B, C]);
    const film = new ExportFilm();
    const events: StageEvent[] = [];
    await film.open(format, (event) => events.push(event));
    expect(await film.append((await pieceOf('a'))!)).toBe(true);
    await encode(film, [B], 17);
    expect(await film.append((await pieceOf('c'))!)).toBe(true);
    const clip = await film.finish(NO_TAGS);
    expect(await picturesOf(clip)).toEqual(await picturesOf(encoded));
    await expectFrames(clip, 52, [0, 17, 41, 47]);
    const told = events.flatMap((event) => (event.type === 'advance' ? [event] : []));
    expect(told.filter(({ stage }) => stage === 'encode').map(({ done }) => done)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
  });

  test('that is gone is told, and the film goes on', async () => {
    await filmOf([A]);
    const piece = (await pieceOf('a'))!;
    await dropPieces();
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    expect(await film.append(piece)).toBe(false);
    await encode(film, [A, C]);
    await expectFrames(await film.finish(NO_TAGS), 22, [0, 17]);
  });

  test('that another encoder made is not taken, and not kept any longer', async () => {
    await filmOf([A]);
    const kept = parseSegment((await keptBytes('a')).slice().buffer)!;
    const strangers = {
      codec: packSegment({ ...kept, codec: 'vp09.00.10.08' }),
      description: packSegment({ ...kept, description: kept.description.with(2, 1) }),
      nonsense: new ArrayBuffer(100),
    };
    const film = new ExportFilm();
    for (const [key, bytes] of Object.entries(strangers)) {
      await filmPieces.put({ sha256: key, byteLength: bytes.byteLength }, bytes);
    }
    await film.open(format, () => undefined);
    for (const key of Object.keys(strangers)) {
      expect(await film.append((await pieceOf(key))!)).toBe(false);
    }
    expect((await filmPieces.shards()).map(({ sha256 }) => sha256)).toEqual(['a']);
    await film.cancel();
  });

  test('that the film has no room for is a misuse', async () => {
    await filmOf([A]);
    const film = new ExportFilm();
    await film.open(formatOf(SIDE_PX, 20), () => undefined);
    const piece = (await pieceOf('a'))!;
    expect(await film.append(piece)).toBe(true);
    expect(await misuseFrom(film.append(piece))).toMatchObject({
      call: 'append of 17 frames',
      expected: 'at most 20 in the film',
    });
    await expectFrames(await film.finish(NO_TAGS), 17, [0]);
  });

  test('that is evicted before the end fails the film, until cancel', async () => {
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    await encode(film, [A, B]);
    await filmPieces.deleteMany([(await pieceOf('b'))!]);
    const codec = codecCandidates(format)[0]!.codec;
    const reason = 'a segment is no longer on this device';
    for (let i = 0; i < 2; i++) {
      const failure = { code: 'encoder-failed', facts: { codec, reason } };
      expect(await failureFrom(film.finish(NO_TAGS))).toEqual(failure);
    }
    await film.cancel();
    await expectFrames(await filmOf([A]), 17, [0]);
  });

  test('lets itself be cancelled while it is looked for', async () => {
    await filmOf([A]);
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    const appending = film.append((await pieceOf('a'))!);
    expect(await misuseFrom(film.append({ sha256: 'b', byteLength: 1 }))).toMatchObject({
      state: 'appending',
    });
    await film.cancel();
    expect(await failureFrom(appending)).toEqual({ code: 'cancelled', facts: {} });
  });
});

describe('a long film', () => {
  const noisy = { ...formatOf(128, 12) };

  /** Pixels that hardly compress. */
  function noise(): Uint8ClampedArray<ArrayBuffer> {
    const rgba = new Uint8ClampedArray(12 * 128 * 128 * 4);
    let state = 1;
    for (let i = 0; i < rgba.length; i++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      rgba[i] = state >> 16;
    }
    return rgba;
  }

  /** The longest array that is made while `work` runs. */
  async function longestArrayOf(work: () => Promise<unknown>): Promise<number> {
    const { Uint8Array } = globalThis;
    let longest = 0;
    globalThis.Uint8Array = new Proxy(Uint8Array, {
      construct(target, parameters: unknown[], newTarget) {
        const made = Reflect.construct(target, parameters, newTarget) as Uint8Array;
        longest = Math.max(longest, made.byteLength);
        return made;
      },
    });
    try {
      await work();
    } finally {
      globalThis.Uint8Array = Uint8Array;
    }
    return longest;
  }

  test('of 600 segments is never in memory, and complete', async () => {
    const film = new ExportFilm();
    await film.open({ ...noisy, frameCount: Infinity }, () => undefined);
    await film.beginSegment('noise', 12);
    await film.add({ ...barsBatch(noisy), rgba: noise() });
    const piece = (await pieceOf('noise'))!;
    for (let i = 1; i < 600; i++) expect(await film.append(piece)).toBe(true);
    let clip: ExportedClip | undefined;
    const longest = await longestArrayOf(async () => {
      clip = await film.finish(NO_TAGS);
    });
    const { mp4, format: made } = clip!;
    expect(made.frameCount).toBe(7200);
    expect(mp4.size).toBeGreaterThan(8_000_000);
    // Its index, which has room for 30 bytes a frame, is the longest thing.
    expect(longest).toBeGreaterThan(200_000);
    expect(longest).toBeLessThan(300_000);

    const segment = parseSegment((await keptBytes('noise')).slice().buffer)!;
    const data = await new Blob(segment.frames.map((frame) => frame.data.slice())).bytes();
    const pictures = (await picturesOf(clip!)).subarray(12);
    expect(pictures.length).toBeGreaterThan(600 * data.length);
    const isRepeated = pictures
      .subarray(0, 600 * data.length)
      .every((byte, i) => byte === data[i % data.length]);
    expect(isRepeated).toBe(true);
  });
});

describe('the tags of a file', () => {
  const rows = [{ prompt: 'a <cat> & a "dog" 🎬' }];
  const filmJson = `${JSON.stringify({ version: 2, rows })}\r\n`;

  async function tagged(json: string | undefined): Promise<ExportedClip> {
    const film = new ExportFilm();
    await film.open(format, () => undefined);
    await encode(film, [A]);
    return film.finish({ filmJson: json });
  }

  test('hold the film if that is allowed, and leave the pictures as they are', async () => {
    const clip = await tagged(filmJson);
    expect(await readFilmJson(clip.mp4)).toBe(filmJson);
    await expectFrames(clip, 17, [0]);
  });

  test('hold nothing of it if it is not', async () => {
    const { mp4 } = await tagged(undefined);
    expect(await readFilmJson(mp4)).toBeUndefined();
    expect(await mp4.text()).not.toContain('zoetrope:Film');
    expect(await mp4.text()).toContain('trainedAlgorithmicMedia');
  });

  test('are XML, of which any reader gets the film', async () => {
    const text = await (await tagged(filmJson)).mp4.text();
    const packet = text.slice(text.indexOf('<?xpacket'));
    const xml = new DOMParser().parseFromString(packet, 'application/xml');
    expect(xml.querySelector('parsererror')).toBeNull();
    expect(xml.getElementsByTagNameNS('urn:x-zoetrope:film/', 'Film')[0]!.textContent).toBe(
      filmJson,
    );
    const iptc = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
    expect(xml.getElementsByTagNameNS(iptc, 'DigitalSourceType')[0]!.textContent).toMatch(
      /trainedAlgorithmicMedia$/,
    );
  });
});
