// Frames to MP4 with the browser's own encoder, judged by its decoder and by ffprobe.
import { describe, expect, test } from 'vitest';
import { timestampMicros } from '../../src/core/clip.ts';
import type { FilmFormat, FrameBatch } from '../../src/core/clip.ts';
import type { Stage, StageEvent } from '../../src/core/event.ts';
import { codecCandidates } from '../../src/core/codec-candidates.ts';
import { chooseCodec } from '../../workers/export/codec.ts';
import { FilmEncoder } from '../../workers/export/encode.ts';
import type { EncodedFrame } from '../../workers/export/encode.ts';
import { ExportFilm } from '../../workers/export/export-film.ts';
import { i420ByteLength, rgbaToI420 } from '../../workers/export/i420.ts';
import {
  dyingEncoder,
  losingEncoder,
  lyingEncoder,
  refusingEncoder,
  stuckEncoder,
} from '../fakes/refusing-encoder.ts';
import {
  BARS,
  barsBatch,
  exportBars,
  failureFrom,
  formatOf,
  FRAMES_PER_SECOND,
  misuseFrom,
  NO_TAGS,
  openBars,
  probe,
} from './bars.ts';

/** Of 255, over all samples of a frame: what is lost by coding at this bit rate. */
const MEAN_PLANE_ERROR = 2;
/** Of 255, in the middle of a bar: coding loss and the browser's own conversion back to RGB. */
const COLOUR_ERROR = 16;

async function encodeBars(format: FilmFormat): Promise<EncodedFrame[]> {
  const { config } = await chooseCodec(format, VideoEncoder, new AbortController().signal);
  const frames: EncodedFrame[] = [];
  const encoder = new FilmEncoder(config, format, VideoEncoder, (frame) => frames.push(frame));
  encoder.begin();
  for (let i = 0; i < format.frameCount; i++) await encoder.add(barsBatch(format, i, 1).rgba);
  await encoder.flush();
  encoder.close();
  return frames;
}

async function decode(encoded: EncodedFrame[]): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = [];
  let failure: DOMException | undefined;
  const decoder = new VideoDecoder({
    output: (frame) => frames.push(frame),
    error: (thrown) => (failure = thrown),
  });
  decoder.configure(encoded[0]!.decoderConfig!);
  for (const [i, { data, type }] of encoded.entries()) {
    const timestamp = timestampMicros(i, FRAMES_PER_SECOND);
    decoder.decode(new EncodedVideoChunk({ type, data, timestamp }));
  }
  await decoder.flush();
  if (failure) throw failure;
  decoder.close();
  return frames;
}

function meanError(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe.each([64, 128])('a film of %i px', (sidePx) => {
  const format = formatOf(sidePx);

  test('is an H.264 MP4 with the right colour tags, size, frames and length', async () => {
    const clip = await exportBars(new ExportFilm(), format);
    const { streams, packets, format: container } = await probe(clip);
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({
      codec_name: 'h264',
      width: sidePx,
      height: sidePx,
      pix_fmt: 'yuv420p',
      color_range: 'tv',
      color_space: 'bt709',
      color_transfer: 'bt709',
      color_primaries: 'bt709',
      avg_frame_rate: '12/1',
      nb_read_frames: '17',
    });
    expect(Math.abs(Number(streams[0]!.duration) - 17 / 12)).toBeLessThan(0.001);
    expect(Math.abs(Number(container.duration) - 17 / 12)).toBeLessThan(0.001);
    packets.forEach(({ pts_time, duration_time }, i) => {
      expect(Number(pts_time)).toBeCloseTo(i / 12, 5);
      expect(Number(duration_time)).toBeCloseTo(1 / 12, 5);
    });
    expect(clip.codec).toBe(codecCandidates(format)[0]!.codec);
    expect(clip.format).toEqual(format);
    expect(clip.mp4.type).toBe('video/mp4');
    // The index stands before the pictures.
    const text = new TextDecoder('latin1').decode(await clip.mp4.bytes());
    expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'));
  });

  test('decodes to the frames that went in', async () => {
    const frames = await decode(await encodeBars(format));
    expect(frames).toHaveLength(17);
    for (const [i, frame] of frames.entries()) {
      const planes = new Uint8Array(i420ByteLength(sidePx, sidePx));
      rgbaToI420(barsBatch(format, i, 1).rgba, sidePx, sidePx, planes);
      const decoded = new Uint8Array(frame.allocationSize());
      await frame.copyTo(decoded);
      expect(frame.format).toBe('I420');
      expect(meanError(decoded, planes)).toBeLessThan(MEAN_PLANE_ERROR);
    }
    frames.forEach((frame) => frame.close());
  });

  test('shows the colours that went in', async () => {
    const frames = await decode(await encodeBars(format));
    for (const [i, frame] of frames.entries()) {
      const rgba = new Uint8Array(sidePx * sidePx * 4);
      await frame.copyTo(rgba, { format: 'RGBA' });
      frame.close();
      for (let bar = 0; bar < BARS.length; bar++) {
        const column = ((bar + 0.5) * sidePx) / BARS.length;
        const at = ((sidePx / 2) * sidePx + ((column - 2 * i + sidePx) % sidePx)) * 4;
        for (let channel = 0; channel < 3; channel++) {
          expect(Math.abs(rgba[at + channel]! - BARS[bar]![channel]!)).toBeLessThanOrEqual(
            COLOUR_ERROR,
          );
        }
      }
    }
  });
});

describe('a longer film', () => {
  test('has a key frame first and every two seconds', async () => {
    const format = formatOf(64, 49);
    const { packets } = await probe(await exportBars(new ExportFilm(), format));
    const keys = packets.flatMap(({ flags }, i) => (flags.startsWith('K') ? [i] : []));
    expect(packets).toHaveLength(49);
    expect(keys).toEqual([0, 24, 48]);
  });

  test('comes in batches and tells each encoded frame once', async () => {
    const format = formatOf(64, 40);
    const film = new ExportFilm();
    const events: StageEvent[] = [];
    await openBars(film, format, events);
    await film.add(barsBatch(format, 0, 1));
    await film.add(barsBatch(format, 1, 16));
    await film.add(barsBatch(format, 17, 23));
    const [clip, same] = await Promise.all([film.finish(NO_TAGS), film.finish(NO_TAGS)]);
    expect(same).toBe(clip);
    const told = events.filter((event) => event.type === 'advance');
    const toldOf = (stage: Stage) => told.filter((e) => e.stage === stage).map((e) => e.done);
    expect(toldOf('encode')).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(toldOf('mux')).toEqual([0, 1]);
    expect(told.at(-1)).toMatchObject({ stage: 'mux', done: 1 });
    expect((await probe(clip)).streams[0]!.nb_read_frames).toBe('40');
  });

  test('holds few frames at a time', async () => {
    let longestQueue = 0;
    class WatchedEncoder extends VideoEncoder {
      override encode(frame: VideoFrame, options?: VideoEncoderEncodeOptions): void {
        super.encode(frame, options);
        longestQueue = Math.max(longestQueue, this.encodeQueueSize);
      }
    }
    await exportBars(new ExportFilm({ VideoEncoder: WatchedEncoder }), formatOf(128, 60));
    expect(longestQueue).toBeGreaterThan(1);
    expect(longestQueue).toBeLessThanOrEqual(5);
  });

  test('may end early: the file counts what was added', async () => {
    const format = formatOf(64, 40);
    const film = new ExportFilm();
    await openBars(film, format);
    await film.add(barsBatch(format, 0, 5));
    const clip = await film.finish(NO_TAGS);
    expect(clip.format.frameCount).toBe(5);
    expect((await probe(clip)).streams[0]!.nb_read_frames).toBe('5');
  });
});

describe('without a good H.264 encoder', () => {
  const format = formatOf(64);

  test('an encoder that refuses everything is missing, and all that was tried is told', async () => {
    const film = new ExportFilm({ VideoEncoder: refusingEncoder() });
    const failure = await failureFrom(film.open(format, () => undefined));
    const tried = codecCandidates(format).map(({ codec }) => `${codec}: not supported`);
    expect(tried).toHaveLength(5);
    const facts = { widthPx: 64, heightPx: 64, tried: tried.join('; ') };
    expect(failure).toEqual({ code: 'encoder-missing', facts });
  });

  test.each(['vp09', 'av01'])(
    'one that lies about the rest leaves %s, and says so',
    async (prefix) => {
      const liar = lyingEncoder('avc1', prefix === 'vp09' ? 'av01' : 'vp09');
      const events: StageEvent[] = [];
      const clip = await exportBars(new ExportFilm({ VideoEncoder: liar }), format, events);
      expect(clip.codec.slice(0, 4)).toBe(prefix);
      expect(events[0]).toEqual({
        type: 'notice',
        notice: { code: 'codec-uncommon', facts: { codec: clip.codec } },
      });
      expect((await probe(clip)).streams[0]).toMatchObject({
        codec_name: prefix === 'vp09' ? 'vp9' : 'av1',
        pix_fmt: 'yuv420p',
        color_range: 'tv',
        color_space: 'bt709',
        nb_read_frames: '17',
      });
    },
  );

  test('one that lies about High only gives Main, which is common', async () => {
    const events: StageEvent[] = [];
    const film = new ExportFilm({ VideoEncoder: lyingEncoder('avc1.6400') });
    const clip = await exportBars(film, format, events);
    expect(clip.codec).toBe(codecCandidates(format)[1]!.codec);
    expect(events.some(({ type }) => type === 'notice')).toBe(false);
    expect((await probe(clip)).streams[0]!.profile).toBe('Main');
  });

  test('one that never answers is given up after three seconds', async () => {
    const startMs = performance.now();
    const film = new ExportFilm({ VideoEncoder: stuckEncoder('avc1.6400') });
    await openBars(film, format);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(2990);
    await film.add(barsBatch(format));
    expect((await film.finish(NO_TAGS)).codec).toBe(codecCandidates(format)[1]!.codec);
  });
});

describe('an encoder that fails in the middle', () => {
  const format = formatOf(64, 40);

  test('fails the calls that follow, until cancel; then a new film works', async () => {
    const film = new ExportFilm({ VideoEncoder: dyingEncoder(timestampMicros(7, 12)) });
    await openBars(film, format);
    const dead = { code: 'encoder-failed', facts: { codec: codecCandidates(format)[0]!.codec } };
    expect(await failureFrom(film.add(barsBatch(format, 0, 20)))).toMatchObject(dead);
    expect(await failureFrom(film.finish(NO_TAGS))).toMatchObject(dead);
    expect(await failureFrom(film.finish(NO_TAGS))).toMatchObject(dead);
    expect(await failureFrom(film.beginSegment('next', 1))).toMatchObject(dead);
    expect(await failureFrom(film.append({ sha256: 'next', byteLength: 1 }))).toMatchObject(dead);
    await film.cancel();
    const clip = await exportBars(film, format);
    expect((await probe(clip)).streams[0]!.nb_read_frames).toBe('40');
  });

  test('fails finish when the death comes after the last add', async () => {
    const film = new ExportFilm({ VideoEncoder: dyingEncoder(timestampMicros(2, 12)) });
    await openBars(film, format);
    expect(await failureFrom(film.add(barsBatch(format, 0, 3)))).toBeUndefined();
    expect(await failureFrom(film.finish(NO_TAGS))).toEqual({
      code: 'encoder-failed',
      facts: { codec: codecCandidates(format)[0]!.codec, reason: 'EncodingError: the fake died' },
    });
  });

  test('that loses a frame gives no file with a hole', async () => {
    for (const [lostIndex, reason] of [
      [5, 'a frame came at 500000 µs instead of 416667'],
      [39, '39 of 40 frames came back'],
    ] as const) {
      const film = new ExportFilm({ VideoEncoder: losingEncoder(timestampMicros(lostIndex, 12)) });
      expect(await failureFrom(exportBars(film, format))).toEqual({
        code: 'encoder-failed',
        facts: { codec: codecCandidates(format)[0]!.codec, reason },
      });
    }
  });
});

describe('cancel', () => {
  const format = formatOf(64, 40);

  test('in the middle ends the call that runs, and a new film works', async () => {
    const film = new ExportFilm();
    await openBars(film, format);
    const adding = failureFrom(film.add(barsBatch(format, 0, 40)));
    await film.cancel();
    expect(await adding).toEqual({ code: 'cancelled', facts: {} });
    const clip = await exportBars(film, formatOf(64));
    expect((await probe(clip)).streams[0]!.nb_read_frames).toBe('17');
  });

  test('frees the calls that wait for an encoder that no longer answers', async () => {
    const film = new ExportFilm({ VideoEncoder: stuckEncoder('avc1', timestampMicros(7, 12)) });
    for (const frameCount of [8, 40]) {
      await openBars(film, format);
      const batch = barsBatch(format, 0, frameCount);
      const waiting = failureFrom(film.add(batch).then(() => film.finish(NO_TAGS)));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await film.cancel();
      expect(await waiting).toEqual({ code: 'cancelled', facts: {} });
    }
  });

  test('works while opening, finishing and idle', async () => {
    const film = new ExportFilm({ VideoEncoder: stuckEncoder('avc1') });
    await film.cancel();
    for (const waitMs of [0, 100]) {
      const opening = failureFrom(film.open(format, () => undefined));
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const startMs = performance.now();
      await film.cancel();
      expect(await opening).toEqual({ code: 'cancelled', facts: {} });
      expect(performance.now() - startMs).toBeLessThan(1000);
    }

    const other = new ExportFilm();
    await openBars(other, format);
    await other.add(barsBatch(format));
    const finishing = failureFrom(other.finish(NO_TAGS));
    await other.cancel();
    expect(await finishing).toEqual({ code: 'cancelled', facts: {} });
    expect((await exportBars(other, format)).format.frameCount).toBe(40);
  });

  test('ends the events', async () => {
    const film = new ExportFilm();
    const events: StageEvent[] = [];
    await openBars(film, format, events);
    await film.add(barsBatch(format, 0, 20));
    await film.cancel();
    const count = events.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events).toHaveLength(count);
  });
});

describe('misuse', () => {
  const format = formatOf(64);

  test('of the order of calls tells the state and what was expected', async () => {
    const film = new ExportFilm();
    const idle = { state: 'idle', expected: 'open' };
    expect(await misuseFrom(film.add(barsBatch(format)))).toEqual({ call: 'add', ...idle });
    expect(await misuseFrom(film.finish(NO_TAGS))).toEqual({ call: 'finish', ...idle });

    const opening = film.open(format, () => undefined);
    expect(await misuseFrom(film.add(barsBatch(format)))).toEqual({
      call: 'add',
      state: 'opening',
      expected: 'open',
    });
    await opening;
    expect(await misuseFrom(film.open(format, () => undefined))).toEqual({
      call: 'open',
      state: 'open',
      expected: 'idle',
    });
    const empty = { call: 'finish', expected: 'at least one frame added' };
    expect(await misuseFrom(film.finish(NO_TAGS))).toMatchObject(empty);

    await film.beginSegment('bars', 17);
    const adding = film.add(barsBatch(format, 0, 10));
    expect(await misuseFrom(film.add(barsBatch(format, 10, 7)))).toMatchObject({ state: 'adding' });
    const busy = { call: 'finish', state: 'adding' };
    expect(await misuseFrom(film.finish(NO_TAGS))).toMatchObject(busy);
    await adding;
    await film.add(barsBatch(format, 10, 7));

    const finishing = film.finish(NO_TAGS);
    expect(await misuseFrom(film.add(barsBatch(format)))).toMatchObject({ state: 'finishing' });
    // None of this harmed the film.
    expect((await probe(await finishing)).streams[0]!.nb_read_frames).toBe('17');
    expect(await misuseFrom(film.finish(NO_TAGS))).toEqual({ call: 'finish', ...idle });
  });

  test('of segments tells what the film has room for', async () => {
    const film = new ExportFilm();
    const piece = { sha256: 'bars', byteLength: 1 };
    await film.open(format, () => undefined);
    const early = { call: 'add 1 frames', state: 'open', expected: 'at most 0' };
    expect(await misuseFrom(film.add(barsBatch(format, 0, 1)))).toEqual(early);
    const long = { call: 'beginSegment of 18 frames', expected: 'at most 17 in the film' };
    expect(await misuseFrom(film.beginSegment('bars', 18))).toMatchObject(long);

    await film.beginSegment('bars', 8);
    await film.add(barsBatch(format, 0, 5));
    const unfinished = { state: 'open', expected: '3 more frames' };
    expect(await misuseFrom(film.beginSegment('next', 1))).toMatchObject(unfinished);
    expect(await misuseFrom(film.append(piece))).toMatchObject(unfinished);
    await film.add(barsBatch(format, 5, 3));
    const over = { call: 'beginSegment of 10 frames', expected: 'at most 17 in the film' };
    expect(await misuseFrom(film.beginSegment('next', 10))).toMatchObject(over);
    await film.cancel();
  });

  test.each<[string, FrameBatch, string, string]>([
    ['of another size', barsBatch(formatOf(32), 0, 1), 'add 32x32', '64x64'],
    ['out of order', barsBatch(format, 3, 1), 'add frameIndex 3', 'frameIndex 0'],
    ['too many', barsBatch(format, 0, 18), 'add 18 frames', 'at most 17'],
    ['cut short', { ...barsBatch(format, 0, 1), frameCount: 2 }, 'add 16384 bytes', '32768 bytes'],
  ])('of frames %s is refused', async (_name, batch, call, expected) => {
    const film = new ExportFilm();
    await openBars(film, format);
    expect(await misuseFrom(film.add(batch))).toEqual({ call, state: 'open', expected });
    await film.cancel();
  });
});
