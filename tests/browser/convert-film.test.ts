// Finished MP4s to other kinds of files: every frame is there once, and looks as it does in the MP4.
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { ExportedClip } from '../../src/core/clip.ts';
import { sheetGridOf } from '../../src/core/conversion.ts';
import type { Conversion } from '../../src/core/conversion.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { convertFilm } from '../../workers/export/convert-film.ts';
import { ExportFilm } from '../../workers/export/export-film.ts';
import { BARS, barsBatch, exportBars, failureFrom, formatOf, NO_TAGS, openBars } from './bars.ts';

const SIDE_PX = 64;
const FRAME_COUNT = 17;
/** Of 255, in the middle of a bar: coding loss and the browser's own conversion back to RGB. */
const COLOUR_ERROR = 16;

let clip: ExportedClip;

beforeAll(async () => {
  clip = await exportBars(new ExportFilm(), formatOf(SIDE_PX, FRAME_COUNT));
});

async function convert(to: Conversion, events: StageEvent[] = [], signal = neverAborted()) {
  return convertFilm({ ...clip, to }, signal, (event) => events.push(event));
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

interface Part {
  left?: number;
  top?: number;
  scale?: number;
}

/** Whether a part of a picture shows a frame of the bars. */
function expectBars(picture: CanvasImageSource, frameIndex: number, part: Part = {}): void {
  const { left = 0, top = 0, scale = 1 } = part;
  const context = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d')!;
  const side = SIDE_PX * scale;
  context.drawImage(picture, left, top, side, side, 0, 0, SIDE_PX, SIDE_PX);
  const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
  for (const [bar, colour] of BARS.entries()) {
    const column = ((bar + 0.5) * SIDE_PX) / BARS.length;
    const at = ((SIDE_PX / 2) * SIDE_PX + ((column - 2 * frameIndex + SIDE_PX) % SIDE_PX)) * 4;
    for (const [channel, value] of colour.entries()) {
      expect(Math.abs(data[at + channel]! - value)).toBeLessThanOrEqual(COLOUR_ERROR);
    }
  }
}

async function picturesOf(file: Blob): Promise<VideoFrame[]> {
  const decoder = new ImageDecoder({ data: file.stream(), type: file.type });
  await decoder.completed;
  const { frameCount } = decoder.tracks.selectedTrack!;
  const frames: VideoFrame[] = [];
  for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) {
    frames.push((await decoder.decode({ frameIndex })).image);
  }
  return frames;
}

describe('a GIF', () => {
  test('has every frame with its colours and its time, and loops', async () => {
    const gif = await convert('gif');
    const frames = await picturesOf(gif);
    expect(frames).toHaveLength(FRAME_COUNT);
    frames.forEach((frame, index) => expectBars(frame, index));
    const seconds = frames.reduce((sum, { duration }) => sum + duration! / 1e6, 0);
    expect(seconds).toBeCloseTo(FRAME_COUNT / 12, 2);
    expect(frames.map(({ duration }) => duration)).toContain(90_000);
    frames.forEach((frame) => frame.close());
    const decoder = new ImageDecoder({ data: await gif.arrayBuffer(), type: gif.type });
    await decoder.tracks.ready;
    expect(decoder.tracks.selectedTrack!.repetitionCount).toBe(Infinity);
  });

  test('has the means of the colours of a picture that has more than 256', async () => {
    const format = formatOf(SIDE_PX, 1);
    const batch = barsBatch(format);
    // A slope of every hue, from the dark on.
    for (let pixel = 0; pixel < SIDE_PX ** 2; pixel++) {
      const [x, y] = [pixel % SIDE_PX, Math.floor(pixel / SIDE_PX)];
      batch.rgba.set([x * 4, y * 4, ((x + y) * 2) % 256, 255], pixel * 4);
    }
    const film = new ExportFilm();
    await openBars(film, format);
    await film.add(batch);
    const slope = await film.finish(NO_TAGS);
    const channelSums = async (to: 'gif' | 'poster') => {
      const file = await convertFilm({ ...slope, to }, neverAborted(), () => undefined);
      const context = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d')!;
      context.drawImage((await picturesOf(file))[0]!, 0, 0);
      const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
      return [0, 1, 2].map((channel) =>
        data.reduce((sum, value, at) => (at % 4 === channel ? sum + value : sum), 0),
      );
    };
    const [gif, poster] = [await channelSums('gif'), await channelSums('poster')];
    const offs = gif.map((sum, channel) => Math.abs(sum - poster[channel]!) / SIDE_PX ** 2);
    expect(Math.max(...offs)).toBeLessThan(0.1);
  });

  test('is one for other programs too', async () => {
    const { streams, format } = await commands.probe([...(await (await convert('gif')).bytes())]);
    expect(format.format_name).toBe('gif');
    expect(streams[0]).toMatchObject({
      codec_name: 'gif',
      width: SIDE_PX,
      height: SIDE_PX,
      nb_read_frames: String(FRAME_COUNT),
    });
  });
});

test('a zip has every frame as a PNG, in order, and is the same bytes each time', async () => {
  const zip = await convert('png-frames');
  const bytes = await zip.bytes();
  const files = Object.entries(unzipSync(bytes));
  expect(files.map(([name]) => name)).toEqual(
    Array.from(
      { length: FRAME_COUNT },
      (_, index) => `frame-00${String(index + 1).padStart(2, '0')}.png`,
    ),
  );
  for (const [index, [, png]] of files.entries()) {
    const picture = await createImageBitmap(new Blob([new Uint8Array(png)], { type: 'image/png' }));
    expect([picture.width, picture.height]).toEqual([SIDE_PX, SIDE_PX]);
    expectBars(picture, index);
  }
  expect(await (await convert('png-frames')).bytes()).toEqual(bytes);
});

test('a sheet has every frame at its place, and nothing behind the last', async () => {
  const sheet = await createImageBitmap(await convert('sprite-sheet'));
  const { columnCount, rowCount } = sheetGridOf(clip.format);
  expect([sheet.width, sheet.height]).toEqual([columnCount * SIDE_PX, rowCount * SIDE_PX]);
  for (let index = 0; index < FRAME_COUNT; index++) {
    const left = (index % columnCount) * SIDE_PX;
    expectBars(sheet, index, { left, top: Math.floor(index / columnCount) * SIDE_PX });
  }
  const context = new OffscreenCanvas(sheet.width, sheet.height).getContext('2d')!;
  context.drawImage(sheet, 0, 0);
  expect(columnCount * rowCount).toBeGreaterThan(FRAME_COUNT);
  expect([...context.getImageData(sheet.width - 1, sheet.height - 1, 1, 1).data]).toEqual([
    0, 0, 0, 0,
  ]);
});

test('a poster is the first frame, a thumbnail the same as a WebP', async () => {
  const poster = await convert('poster');
  expect(poster.type).toBe('image/png');
  expectBars(await createImageBitmap(poster), 0);
  const thumbnail = await convert('thumbnail');
  expect(thumbnail.type).toBe('image/webp');
  expectBars(await createImageBitmap(thumbnail), 0);
});

test('a film of any size of the models can be read', async () => {
  // For 176 × 96 an encoder tells level 1b, which Chromium decodes but does not know by name.
  for (const [widthPx, heightPx] of [
    [176, 96],
    [96, 176],
    [144, 112],
  ] as const) {
    const film = await exportBars(new ExportFilm(), { ...formatOf(0, 5), widthPx, heightPx });
    const poster = await convertFilm({ ...film, to: 'poster' }, neverAborted(), () => undefined);
    const { width, height } = await createImageBitmap(poster);
    expect([width, height]).toEqual([widthPx, heightPx]);
  }
});

test('a minute of film becomes each of them', async () => {
  const minute = await exportBars(new ExportFilm(), formatOf(SIDE_PX, 720));
  for (const to of ['gif', 'png-frames', 'sprite-sheet'] as const) {
    let done = 0;
    const file = await convertFilm({ ...minute, to }, neverAborted(), (event) => {
      if (event.type === 'advance') done = event.done;
    });
    expect(done).toBe(720);
    expect(file.size).toBeGreaterThan(10_000);
  }
});

test('the thumbnail of a large film is small', async () => {
  const large = await exportBars(new ExportFilm(), formatOf(512, 2));
  const request = { ...large, to: 'thumbnail' } as const;
  const thumbnail = await convertFilm(request, neverAborted(), () => undefined);
  const { width, height } = await createImageBitmap(thumbnail);
  expect([width, height]).toEqual([320, 320]);
});

describe('on the way', () => {
  test('each frame is told once', async () => {
    const events: StageEvent[] = [];
    await convert('gif', events);
    const told = events.flatMap((event) => (event.type === 'advance' ? [event.done] : []));
    expect(told).toEqual(Array.from({ length: FRAME_COUNT }, (_, index) => index + 1));
  });

  test('it stops within a frame of being cancelled', async () => {
    const abort = new AbortController();
    let done = 0;
    const converting = convertFilm({ ...clip, to: 'png-frames' }, abort.signal, (event) => {
      if (event.type === 'advance') done = event.done;
      if (done === 3) abort.abort();
    });
    expect(await failureFrom(converting)).toEqual({ code: 'cancelled', facts: {} });
    expect(done).toBe(3);
  });

  test('a film that is cut short is refused, and so is what is no film', async () => {
    const request = { ...clip, to: 'gif' } as const;
    const codeOf = async (mp4: Blob, frameCount = FRAME_COUNT) => {
      const format = { ...clip.format, frameCount };
      const converting = convertFilm({ ...request, mp4, format }, neverAborted(), () => undefined);
      return (await failureFrom(converting))?.code;
    };
    expect(await codeOf(clip.mp4)).toBeUndefined();
    expect(await codeOf(clip.mp4, FRAME_COUNT + 1)).toBe('clip-unreadable');
    expect(await codeOf(new Blob([new Uint8Array(500)]))).toBe('clip-unreadable');
  });
});
