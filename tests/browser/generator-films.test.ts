// Films of more than one window, and what they are given.
import { beforeAll, describe, expect, it } from 'vitest';
import { frameGrid } from '../../models/pack.ts';
import type { DeviceKind } from '../../src/core/device.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { filmFrameCount } from '../../src/core/film-plan.ts';
import { filmPieces } from '../../src/library/film-pieces.ts';
import { obtain } from '../../src/library/obtain.ts';
import { Decoder } from '../../workers/generate/decode.ts';
import { elementCount } from '../../workers/generate/device-tensor.ts';
import { FrameEncoder } from '../../workers/generate/encode-frames.ts';
import { Generator } from '../../workers/generate/generator.ts';
import { openRuntime } from '../../workers/generate/graphs.ts';
import { openDevice } from '../../workers/generate/open-device.ts';
import {
  doneOf,
  filmOf,
  firstDifference,
  framesAt,
  goldenPixels,
  jobOf,
  make,
  newKey,
  nextOf,
  pack,
  packUrl,
  pngOf,
  psnr,
  run,
  tasksOf,
} from './make-film.ts';
import type { Made } from './make-film.ts';

const SIZE = pack.sizes[0]!;
const LATENT_FRAME_LENGTH = elementCount(SIZE.decode.inputs.latents.shape);
const GOLDEN = 'golden-64x64.png';
// Two windows: 9 frames, then 8 more from the last latent frame of those on.
const LONG = { prompt: 'a fox', seconds: 17 / 12 };

const startPicture = await pngOf(framesAt(await goldenPixels(GOLDEN), 0, 1));

/** The kept latents of a window, one latent frame after the other. */
async function keptLatentFrames(key: string): Promise<Float32Array[]> {
  const byteLength = 4 * elementCount(SIZE.denoise.inputs.latents.shape);
  const latents = new Float32Array((await filmPieces.get({ sha256: key, byteLength }))!);
  return Array.from({ length: pack.window.latentFrameCount }, (_, position) =>
    latents.subarray(position * LATENT_FRAME_LENGTH, (position + 1) * LATENT_FRAME_LENGTH),
  );
}

/** A picture that has gone through the frame encoder and the decoder, with nothing in between. */
async function thereAndBack(picture: string, kind: DeviceKind) {
  const files = await obtain(
    { pack, url: packUrl },
    Object.keys(pack.files),
    new AbortController().signal,
    () => undefined,
  );
  const runtime = await openRuntime(await openDevice(kind, pack.needs));
  const encoder = await FrameEncoder.open(runtime, SIZE, files);
  const decoder = await Decoder.open(runtime, SIZE, files);
  const latents = await encoder.encode(picture);
  return { latents, pictures: await decoder.decode(latents) };
}

describe.each(['webgpu', 'wasm'] as const)('a film on %s', (kind) => {
  let generator: Generator;

  beforeAll(() => {
    generator = new Generator();
  });

  it('goes on as the golden clip does', async () => {
    const { rgba } = await make(generator, filmOf({ ...LONG, stepCount: 4 }), kind);
    expect(psnr(framesAt(rgba, 0, 9), await goldenPixels(GOLDEN))).toBeGreaterThan(50);
    const golden = await goldenPixels('golden-continued.png');
    expect(psnr(framesAt(rgba, 9, 8), golden)).toBeGreaterThan(50);
  });

  it('starts with a picture as the golden clip does', async () => {
    const film = filmOf({ prompt: 'a fox', stepCount: 4, startPicture });
    const { rgba } = await make(generator, film, kind);
    expect(psnr(rgba, await goldenPixels('golden-start-picture.png'))).toBeGreaterThan(50);
  });

  it('keeps what is given as it was given', async () => {
    const tasks = tasksOf(filmOf({ ...LONG, startPicture, endPicture: startPicture }));
    await run(generator, jobOf(filmOf({ ...LONG, startPicture }), kind), tasks);
    const keys = tasks.flatMap((task) => (task.kind === 'make' ? [task.key] : []));
    const windows = await Promise.all(keys.map(keptLatentFrames));
    const { latents: picture } = await thereAndBack(startPicture, kind);
    expect(windows[0]![0]).toEqual(picture);
    expect(windows.at(-1)!.at(-1)).toEqual(picture);
    for (const [index, task] of tasks.filter(({ kind }) => kind === 'make').entries()) {
      for (const { position, from } of task.kind === 'make' ? task.given : []) {
        if ('picture' in from) continue;
        const source = windows[keys.indexOf(from.key)]!;
        expect(windows[index]![position]).toEqual(source[from.position]);
      }
    }
  });

  it('begins and ends on its pictures', async () => {
    const film = filmOf({ ...LONG, startPicture, endPicture: startPicture });
    const { rgba } = await make(generator, film, kind);
    const { pictures } = await thereAndBack(startPicture, kind);
    expect(firstDifference(framesAt(rgba, 0, 1), framesAt(pictures, 3, 1))).toBeUndefined();
    expect(firstDifference(framesAt(rgba, 13, 4), pictures)).toBeUndefined();
    expect(psnr(framesAt(rgba, 1, 4), pictures)).toBeLessThan(50);
  });

  it('stops in its second window, and another film can be made', async () => {
    const film = filmOf({ ...LONG, stepCount: 10 });
    const cancel = new AbortController();
    const events: StageEvent[] = [];
    const emit = (event: StageEvent) => {
      events.push(event);
      if (event.type === 'advance' && event.stage === 'denoise' && event.done === 12) {
        cancel.abort();
      }
    };
    const next = nextOf(tasksOf(film));
    const deliver = () => Promise.resolve();
    await expect(
      generator.generate(jobOf(film, kind), next, deliver, undefined, cancel.signal, emit),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(events.at(-1)).toMatchObject({ stage: 'denoise', done: 12 });
    const other = filmOf({ prompt: 'a dog' });
    const afresh = await make(new Generator(), other, kind);
    expect(firstDifference((await make(generator, other, kind)).rgba, afresh.rgba)).toBeUndefined();
  });
});

describe('a film', () => {
  const generator = new Generator();
  let long: Made;
  const longTasks = tasksOf(filmOf(LONG));

  beforeAll(async () => {
    long = await run(generator, jobOf(filmOf(LONG), 'wasm'), longTasks);
  });

  it('of several rows comes in order, without gap or overlap', async () => {
    const film = filmOf({
      rows: [
        { prompt: 'a fox', seconds: 1.3 },
        { prompt: 'a dog', seconds: 1.1 },
        { prompt: 'a cat', seconds: 1.2, transition: 'cross-fade' },
      ],
    });
    const made = await make(generator, film, 'wasm');
    let next = 0;
    for (const { frameIndex, frameCount, widthPx, heightPx, rgba } of made.batches) {
      expect(frameIndex).toBe(next);
      expect(frameCount).toBeLessThanOrEqual(pack.latent.pictureCount);
      expect(rgba).toHaveLength(frameCount * widthPx * heightPx * 4);
      next += frameCount;
    }
    expect(next).toBe(filmFrameCount(film, frameGrid(pack)));
    expect(doneOf(made, 'decode').at(-1)).toBe(next);
  });

  it('counts steps and frames on from window to window', () => {
    expect(doneOf(long, 'denoise')).toEqual([0, 1, 2, 3, 4]);
    expect(doneOf(long, 'decode')).toEqual([0, 1, 5, 9, 13, 17]);
    const devices = long.events.filter(({ type }) => type === 'notice');
    expect(devices).toHaveLength(1);
  });

  it('reads each different prompt once', async () => {
    const rows = ['a fox', 'a dog', 'a fox'].map((prompt) => ({ prompt, seconds: 1 }));
    const made = await make(generator, filmOf({ rows, negativePrompt: 'a cat' }), 'wasm');
    expect(doneOf(made, 'tokenize')).toEqual([0, 1, 2, 3]);
    expect(doneOf(made, 'encode-text')).toEqual([0, 1, 2, 3]);
    expect(doneOf(long, 'encode-text')).toEqual([0, 1]);
  });

  it('fades over from what would have come', async () => {
    const row = (prompt: string) => ({ prompt, seconds: 1 });
    const rows = [row('a fox'), { ...row('a dog'), transition: 'cross-fade' }];
    const { rgba } = await make(generator, filmOf({ rows }), 'wasm');
    const fox = await make(generator, filmOf({ prompt: 'a fox', seconds: 1.5 }), 'wasm');
    const dog = await make(generator, filmOf(row('a dog')), 'wasm');
    const mixed = dog.rgba.slice();
    for (let index = 0; index < 6; index++) {
      const to = framesAt(mixed, index, 1);
      const from = framesAt(fox.rgba, 12 + index, 1);
      const weight = (index + 1) / 7;
      to.set(to.map((value, i) => Math.floor((1 - weight) * from[i]! + weight * value + 0.5)));
    }
    expect(firstDifference(framesAt(rgba, 0, 12), framesAt(fox.rgba, 0, 12))).toBeUndefined();
    expect(firstDifference(framesAt(rgba, 12, 12), mixed)).toBeUndefined();
    expect(psnr(mixed, dog.rgba)).toBeLessThan(50);
  });

  it('is shown from windows that an earlier job has made', async () => {
    const shows = longTasks.filter((task) => task.kind === 'show');
    const shown = await run(new Generator(), jobOf(filmOf(LONG), 'wasm'), shows);
    expect(firstDifference(shown.rgba, long.rgba)).toBeUndefined();
    const stages = shown.events.map((event) => (event.type === 'advance' ? event.stage : ''));
    expect(new Set(stages.filter((stage) => stage !== 'obtain'))).toEqual(new Set(['', 'decode']));
  });

  it('is shown in any stretch of its windows', async () => {
    const [first, second] = longTasks.flatMap((task) => (task.kind === 'make' ? [task.key] : []));
    const show = async (key: string, startsShot: boolean, start: number, frameCount: number) => {
      const stretch = { key, startsShot, start, frameCount };
      const task = {
        kind: 'show',
        stretch,
        frameIndex: 100,
        fadeFrom: [],
        fadeTo: undefined,
      } as const;
      const { rgba, batches } = await run(generator, jobOf(filmOf(LONG), 'wasm'), [task]);
      return { rgba, indices: batches.map(({ frameIndex }) => frameIndex) };
    };
    const early = await show(first!, true, 3, 4);
    expect(firstDifference(early.rgba, framesAt(long.rgba, 3, 4))).toBeUndefined();
    expect(early.indices).toEqual([100, 102]);
    // The second window is given a latent frame, and its frames count from that one on.
    const late = await show(second!, false, 3, 4);
    expect(firstDifference(late.rgba, framesAt(long.rgba, 8, 4))).toBeUndefined();
    expect(late.indices).toEqual([100, 101]);
  });

  it('goes over to one frame at its end, where it is told to', async () => {
    const [first] = longTasks.flatMap((task) => (task.kind === 'make' ? [task.key] : []));
    const whole = { key: first!, startsShot: true, start: 0, frameCount: 9 };
    const fadeTo = { stretch: { ...whole, frameCount: 1 }, frameCount: 3 };
    const task = { kind: 'show', stretch: whole, frameIndex: 0, fadeFrom: [], fadeTo } as const;
    const { rgba } = await run(generator, jobOf(filmOf(LONG), 'wasm'), [task]);
    const mixed = framesAt(long.rgba, 0, 9).slice();
    const to = framesAt(long.rgba, 0, 1);
    for (let index = 0; index < 3; index++) {
      const from = framesAt(mixed, 6 + index, 1);
      const weight = (index + 1) / 4;
      from.set(from.map((value, i) => Math.floor((1 - weight) * value + weight * to[i]! + 0.5)));
    }
    expect(firstDifference(rgba, mixed)).toBeUndefined();
  });

  it('is refused where a window is not kept any more', async () => {
    const stretch = { key: newKey(), startsShot: true, start: 0, frameCount: 9 };
    const task = { kind: 'show', stretch, frameIndex: 0, fadeFrom: [], fadeTo: undefined } as const;
    await expect(run(generator, jobOf(filmOf(LONG), 'wasm'), [task])).rejects.toMatchObject({
      code: 'unexpected',
    });
  });

  it('is refused where a picture cannot be read', async () => {
    const broken = startPicture.slice(0, startPicture.length / 2);
    const film = filmOf({ prompt: 'a fox', startPicture: broken });
    await expect(make(generator, film, 'wasm')).rejects.toMatchObject({
      code: 'picture-unusable',
    });
  });
});
