import { beforeAll, describe, expect, it } from 'vitest';
import { fetchFirstPack } from '../../models/catalogue.ts';
import { requestDefaults } from '../../models/pack.ts';
import type { GenerateJob } from '../../src/core/api.ts';
import type { FrameBatch } from '../../src/core/clip.ts';
import type { DeviceKind } from '../../src/core/device.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { parseRequest } from '../../src/core/request.ts';
import type { ClipRequest, PartialRequest } from '../../src/core/request.ts';
import { Generator } from '../../workers/generate/generator.ts';
import clips from '../fixtures/reference/tiny/clip.json' with { type: 'json' };
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

const CATALOGUE_URL = new URL(`/${TINY_PACKS_FOLDER}/catalogue.json`, location.href).href;
const REQUEST: PartialRequest = { prompt: 'a fox', seed: 7, stepCount: 2 };

const { pack, url: packUrl } = await fetchFirstPack(CATALOGUE_URL);

interface Made {
  rgba: Uint8ClampedArray;
  batches: FrameBatch[];
  events: StageEvent[];
}

function jobOf(request: PartialRequest, device: DeviceKind): GenerateJob {
  return { packUrl, request: parseRequest(request, requestDefaults(pack)), device };
}

async function make(generator: Generator, job: GenerateJob): Promise<Made> {
  const batches: FrameBatch[] = [];
  const events: StageEvent[] = [];
  const deliver = (batch: FrameBatch) => {
    batches.push(batch);
    return Promise.resolve();
  };
  await generator.generate(job, deliver, new AbortController().signal, (event) =>
    events.push(event),
  );
  const rgba = new Uint8ClampedArray(batches.reduce((sum, batch) => sum + batch.rgba.length, 0));
  let offset = 0;
  for (const batch of batches) {
    rgba.set(batch.rgba, offset);
    offset += batch.rgba.length;
  }
  return { rgba, batches, events };
}

/** The frames of a golden strip, one below the other. */
async function goldenPixels(strip: string): Promise<Uint8ClampedArray> {
  const response = await fetch(`/tests/fixtures/reference/tiny/${strip}`);
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/** Peak signal-to-noise ratio in dB. */
function psnr(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  expect(a.length).toBe(b.length);
  const squares = a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}

describe.each(['webgpu', 'wasm'] as const)('generate on %s', (kind) => {
  let generator: Generator;
  let first: Made;

  beforeAll(async () => {
    generator = new Generator();
    first = await make(generator, jobOf(REQUEST, kind));
  });

  // 8-bit rounding alone gives 58 dB; the reference runs on other kernels, so a few pixels round otherwise.
  it.each(clips)('makes the golden clip at $widthPx × $heightPx', async (clip) => {
    const { prompt, seed, stepCount, guidance, widthPx, heightPx } = clip;
    const request = { prompt, seed, stepCount, guidance, widthPx, heightPx };
    const { rgba } = await make(new Generator(), jobOf(request, kind));
    expect(psnr(rgba, await goldenPixels(clip.strip))).toBeGreaterThan(50);
  });

  it('gives the same bytes for the same request, with what is loaded and afresh', async () => {
    expect((await make(generator, jobOf(REQUEST, kind))).rgba).toEqual(first.rgba);
    expect((await make(new Generator(), jobOf(REQUEST, kind))).rgba).toEqual(first.rgba);
  });

  it('gives another clip for another seed, prompt, guidance and step count', async () => {
    const changes = [{ seed: 8 }, { prompt: 'a dog' }, { guidance: 0 }, { stepCount: 3 }];
    for (const change of changes) {
      const { rgba } = await make(generator, jobOf({ ...REQUEST, ...change }, kind));
      expect(psnr(rgba, first.rgba)).toBeLessThan(50);
    }
  });

  it('delivers frames in order, without gap or overlap', () => {
    let next = 0;
    for (const { frameIndex, frameCount, widthPx, heightPx, rgba } of first.batches) {
      expect(frameIndex).toBe(next);
      expect(rgba).toHaveLength(frameCount * widthPx * heightPx * 4);
      next += frameCount;
    }
    expect(next).toBe(9);
  });

  it('says which device it runs on, and each stage from 0 to its total', () => {
    const notices = first.events.flatMap((event) =>
      event.type === 'notice' ? [event.notice] : [],
    );
    expect(notices).toMatchObject([{ code: 'device', facts: { kind } }]);
    const totals = { tokenize: 1, 'encode-text': 1, denoise: 2, decode: 9 };
    for (const [stage, total] of Object.entries(totals)) {
      const done = first.events.flatMap((event) =>
        event.type === 'advance' && event.stage === stage ? [event.done] : [],
      );
      expect(done[0]).toBe(0);
      expect(done.at(-1)).toBe(total);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
    }
  });

  it('stops within a step and works again', async () => {
    const cancel = new AbortController();
    const events: StageEvent[] = [];
    const emit = (event: StageEvent) => {
      events.push(event);
      if (event.type === 'advance' && event.stage === 'denoise' && event.done === 1) cancel.abort();
    };
    const deliver = () => Promise.reject(new Error('a frame after the cancel'));
    const job = jobOf({ ...REQUEST, stepCount: 50 }, kind);
    await expect(generator.generate(job, deliver, cancel.signal, emit)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(events.at(-1)).toMatchObject({ stage: 'denoise', done: 1 });
    expect((await make(generator, jobOf(REQUEST, kind))).rgba).toEqual(first.rgba);
  });

  it('refuses a second job while one is under way', async () => {
    const running = make(generator, jobOf(REQUEST, kind));
    await expect(make(generator, jobOf(REQUEST, kind))).rejects.toMatchObject({
      code: 'call-misused',
    });
    await running;
  });
});

describe('generate', () => {
  it('makes nearly the same clip on WebGPU and wasm', async () => {
    const webgpu = await make(new Generator(), jobOf(REQUEST, 'webgpu'));
    const wasm = await make(new Generator(), jobOf(REQUEST, 'wasm'));
    expect(psnr(webgpu.rgba, wasm.rgba)).toBeGreaterThan(50);
  });

  it('says where a long prompt was cut', async () => {
    const prompt = Array.from({ length: 40 }, () => 'fox').join(' ');
    const { events } = await make(new Generator(), jobOf({ ...REQUEST, prompt }, 'wasm'));
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
    expect(notices).toContain('prompt-cut');
  });

  it('refuses a pack of another format and a size that the pack has not', async () => {
    const job = jobOf(REQUEST, 'wasm');
    const elsewhere = { ...job, packUrl: new URL('/package.json', location.href).href };
    await expect(make(new Generator(), elsewhere)).rejects.toMatchObject({ code: 'pack-format' });
    const request: ClipRequest = { ...job.request, widthPx: 32 };
    await expect(make(new Generator(), { ...job, request })).rejects.toMatchObject({
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
      const job = jobOf({ ...REQUEST, stepCount: 50 }, 'webgpu');
      const emit = (event: StageEvent) => {
        if (event.type === 'advance' && event.stage === 'denoise') devices[0]?.destroy();
      };
      const lost = generator.generate(
        job,
        () => Promise.resolve(),
        new AbortController().signal,
        emit,
      );
      await expect(lost).rejects.toMatchObject({ code: 'webgpu-lost' });
    } finally {
      GPUAdapter.prototype.requestDevice = request;
    }
    expect((await make(generator, jobOf(REQUEST, 'webgpu'))).batches).toHaveLength(3);
  });
});
