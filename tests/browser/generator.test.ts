import { beforeAll, describe, expect, it } from 'vitest';
import type { StageEvent } from '../../src/core/event.ts';
import { Generator } from '../../workers/generate/generator.ts';
import clips from '../fixtures/reference/tiny/clip.json' with { type: 'json' };
import {
  doneOf,
  filmOf,
  firstDifference,
  goldenPixels,
  jobOf,
  make,
  nextOf,
  psnr,
  run,
  tasksOf,
} from './make-film.ts';
import type { Made } from './make-film.ts';

const FOX = filmOf({ prompt: 'a fox' });

describe.each(['webgpu', 'wasm'] as const)('generate on %s', (kind) => {
  let generator: Generator;
  let first: Made;

  beforeAll(async () => {
    generator = new Generator();
    first = await make(generator, FOX, kind);
  });

  // 8-bit rounding alone gives 58 dB; the reference runs on other kernels, so a few pixels round otherwise.
  it.each(clips)('makes the golden clip at $widthPx × $heightPx', async (clip) => {
    const { prompt, seed, stepCount, guidance, widthPx, heightPx } = clip;
    const film = filmOf({ prompt, seed, stepCount, guidance, widthPx, heightPx });
    const { rgba } = await make(new Generator(), film, kind);
    expect(psnr(rgba, await goldenPixels(clip.strip))).toBeGreaterThan(50);
  });

  it('gives the same bytes for the same film, with what is loaded and afresh', async () => {
    expect(firstDifference((await make(generator, FOX, kind)).rgba, first.rgba)).toBeUndefined();
    expect(
      firstDifference((await make(new Generator(), FOX, kind)).rgba, first.rgba),
    ).toBeUndefined();
  });

  it('gives another clip for another seed, prompt, guidance and step count', async () => {
    const changes = [{ seed: 8 }, { prompt: 'a dog' }, { guidance: 0 }, { stepCount: 3 }];
    for (const change of changes) {
      const { rgba } = await make(generator, filmOf({ prompt: 'a fox', ...change }), kind);
      expect(psnr(rgba, first.rgba)).toBeLessThan(50);
    }
  });

  it('is pushed away from the negative prompt, in its own film alone', async () => {
    const { rgba } = await make(generator, { ...FOX, negativePrompt: 'a dog' }, kind);
    expect(psnr(rgba, first.rgba)).toBeLessThan(50);
    expect(firstDifference((await make(generator, FOX, kind)).rgba, first.rgba)).toBeUndefined();
    // Away from the very prompt leaves nothing to push, however hard.
    const nowhere = await make(generator, { ...FOX, negativePrompt: 'a fox' }, kind);
    const unpushed = await make(generator, { ...FOX, guidance: 1 }, kind);
    expect(psnr(nowhere.rgba, unpushed.rgba)).toBeGreaterThan(50);
  });

  it('says which device it runs on, and each stage from 0 to its total', () => {
    const notices = first.events.flatMap((event) =>
      event.type === 'notice' ? [event.notice] : [],
    );
    expect(notices).toMatchObject([{ code: 'device', facts: { kind } }]);
    expect(doneOf(first, 'tokenize')).toEqual([0, 1]);
    expect(doneOf(first, 'encode-text')).toEqual([0, 1]);
    expect(doneOf(first, 'denoise')).toEqual([0, 1, 2]);
    expect(doneOf(first, 'decode')).toEqual([0, 1, 5, 9]);
  });

  it('stops within a step and works again', async () => {
    const cancel = new AbortController();
    const events: StageEvent[] = [];
    const emit = (event: StageEvent) => {
      events.push(event);
      if (event.type === 'advance' && event.stage === 'denoise' && event.done === 1) cancel.abort();
    };
    const film = filmOf({ prompt: 'a fox', stepCount: 50 });
    const deliver = () => Promise.reject(new Error('a frame after the cancel'));
    const next = nextOf(tasksOf(film));
    await expect(
      generator.generate(jobOf(film, kind), next, deliver, undefined, cancel.signal, emit),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(events.at(-1)).toMatchObject({ stage: 'denoise', done: 1 });
    expect(firstDifference((await make(generator, FOX, kind)).rgba, first.rgba)).toBeUndefined();
  });

  it('refuses a second job while one is under way', async () => {
    const running = make(generator, FOX, kind);
    await expect(make(generator, FOX, kind)).rejects.toMatchObject({ code: 'call-misused' });
    await running;
  });
});

describe('generate', () => {
  it('makes nearly the same clip on WebGPU and wasm', async () => {
    const webgpu = await make(new Generator(), FOX, 'webgpu');
    const wasm = await make(new Generator(), FOX, 'wasm');
    expect(psnr(webgpu.rgba, wasm.rgba)).toBeGreaterThan(50);
  });

  it('says once where a long prompt was cut', async () => {
    const prompt = Array.from({ length: 40 }, () => 'fox').join(' ');
    const { events } = await make(new Generator(), filmOf({ prompt, seconds: 2 }), 'wasm');
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
    expect(notices).toEqual(['device', 'prompt-cut']);
  });

  it('refuses a pack of another format and a size that the pack has not', async () => {
    const job = jobOf(FOX, 'wasm');
    const elsewhere = { ...job, packUrl: new URL('/package.json', location.href).href };
    await expect(run(new Generator(), elsewhere, [])).rejects.toMatchObject({
      code: 'pack-format',
    });
    await expect(run(new Generator(), { ...job, widthPx: 32 }, [])).rejects.toMatchObject({
      code: 'size-unavailable',
    });
  });

  it('reports a lost GPU and works again', async () => {
    const generator = new Generator();
    const devices: GPUDevice[] = [];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await request.call(this, descriptor);
      devices.push(device);
      return device;
    };
    try {
      const film = filmOf({ prompt: 'a fox', stepCount: 50 });
      const emit = (event: StageEvent) => {
        if (event.type === 'advance' && event.stage === 'denoise') devices[0]?.destroy();
      };
      const lost = generator.generate(
        jobOf(film, 'webgpu'),
        nextOf(tasksOf(film)),
        () => Promise.resolve(),
        undefined,
        new AbortController().signal,
        emit,
      );
      await expect(lost).rejects.toMatchObject({ code: 'webgpu-lost' });
    } finally {
      GPUAdapter.prototype.requestDevice = request;
    }
    expect((await make(generator, FOX, 'webgpu')).batches).toHaveLength(3);
  });
});
