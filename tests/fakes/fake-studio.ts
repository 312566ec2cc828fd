// A studio without a model: a script says what arrives and when, so that every state of the page can be held still.
// It keeps the studio's promises (plan first, one terminal event, reject on failure), which is what the page relies on.
import type { Deliver } from '../../src/core/api.ts';
import type { ExportedClip, FrameBatch } from '../../src/core/clip.ts';
import { StudioError, studioError } from '../../src/core/errors.ts';
import type { Failure } from '../../src/core/errors.ts';
import type { JobEvent, Notice, Stage, StageTotals } from '../../src/core/event.ts';
import type { ClipRequest } from '../../src/core/request.ts';
import type { Download, Studio } from '../../src/studio/studio.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import type { ModelPack, PackSize } from '../../models/pack.ts';

const MODEL_BYTE_LENGTH = 42_700_000;
const ENGINE_BYTE_LENGTH = 16_800_000;
const SIZE_PX = 128;
const FRAME_COUNT = 17;
const FRAMES_PER_SECOND = 12;

interface Job {
  request: ClipRequest;
  deliver: Deliver;
  emit: (event: JobEvent) => void;
  resolve: (clip: ExportedClip) => void;
  reject: (error: StudioError) => void;
}

/** A studio that a test drives by hand. */
export class FakeStudio implements Studio {
  /** Bytes that count as stored. */
  stored = 0;
  /** What `pack` rejects with, while set. */
  packFailure: Failure | undefined;
  /** Whether an abort waits for `answerCancel`, as a long step would. */
  slowToCancel = false;
  /** Every request that was made, in order. */
  readonly requests: ClipRequest[] = [];
  readonly #sizes: readonly PackSize[];
  #job: Job | undefined;

  constructor(sizeCount = 1, canGuide = true) {
    this.#sizes = [SIZE_PX, 192].slice(0, sizeCount).map((px) => packSize(px, canGuide));
  }

  pack(): Promise<LocatedPack> {
    if (this.packFailure) return Promise.reject(new StudioError(this.packFailure));
    return Promise.resolve({ url: 'packs/fake/pack.json', pack: modelPack(this.#sizes) });
  }

  downloadFor(): Promise<Download> {
    return Promise.resolve({
      totalByteLength: MODEL_BYTE_LENGTH,
      missingByteLength: MODEL_BYTE_LENGTH - this.stored,
      engineByteLength: ENGINE_BYTE_LENGTH,
    });
  }

  makeClip(
    request: ClipRequest,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<ExportedClip> {
    this.requests.push(request);
    signal.addEventListener('abort', () => {
      if (!this.slowToCancel) this.answerCancel();
    });
    return new Promise((resolve, reject) => {
      this.#job = { request, deliver, emit, resolve, reject };
      emit({ type: 'plan', totals: totals(request), atMs: Date.now() });
    });
  }

  storedByteLength(): Promise<number> {
    return Promise.resolve(this.stored);
  }

  removeWeights(): Promise<void> {
    this.stored = 0;
    return Promise.resolve();
  }

  /** Says that a stage has come this far. */
  advance(stage: Stage, done: number): void {
    if (stage === 'obtain') this.stored = Math.max(this.stored, done);
    this.#running().emit({ type: 'advance', stage, done, atMs: Date.now() });
  }

  notice(notice: Notice): void {
    this.#running().emit({ type: 'notice', notice });
  }

  /** Delivers frames of a disc that crosses the picture. */
  async deliver(frameIndex: number, frameCount: number): Promise<void> {
    const { request, deliver } = this.#running();
    await deliver(discFrames(request, frameIndex, frameCount));
  }

  /** Ends the job well. */
  finish(mp4: Uint8Array<ArrayBuffer> = new Uint8Array(8)): void {
    const { request, emit, resolve } = this.#running();
    this.#job = undefined;
    const { widthPx, heightPx } = request;
    const format = {
      frameCount: FRAME_COUNT,
      framesPerSecond: FRAMES_PER_SECOND,
      widthPx,
      heightPx,
    };
    emit({ type: 'done', atMs: Date.now() });
    resolve({ mp4, codec: 'avc1.64000d', format });
  }

  fail(failure: Failure): void {
    const { emit, reject } = this.#running();
    this.#job = undefined;
    emit({ type: 'failed', failure, atMs: Date.now() });
    reject(new StudioError(failure));
  }

  answerCancel(): void {
    const { emit, reject } = this.#running();
    this.#job = undefined;
    emit({ type: 'cancelled', atMs: Date.now() });
    reject(studioError('cancelled', {}));
  }

  #running(): Job {
    if (!this.#job) throw new Error('the fake studio makes no clip now');
    return this.#job;
  }
}

function totals(request: ClipRequest): StageTotals {
  return {
    obtain: MODEL_BYTE_LENGTH,
    tokenize: 1,
    'encode-text': 1,
    denoise: request.stepCount,
    decode: FRAME_COUNT,
    encode: FRAME_COUNT,
    mux: 1,
  };
}

function discFrames(request: ClipRequest, frameIndex: number, frameCount: number): FrameBatch {
  const { widthPx, heightPx } = request;
  const rgba = new Uint8ClampedArray(frameCount * widthPx * heightPx * 4);
  for (let index = 0; index < frameCount; index++) {
    const phase = ((frameIndex + index) / FRAME_COUNT) * 2 * Math.PI;
    const centreX = widthPx * (0.5 + 0.3 * Math.sin(phase));
    const centreY = heightPx * (0.66 - 0.22 * Math.abs(Math.cos(phase)));
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const inDisc = Math.hypot(x - centreX, y - centreY) < widthPx * 0.12;
        const ground = y > heightPx * 0.7 ? [214, 178, 122] : [120 + y, 150 + y / 2, 190 - y / 4];
        const offset = ((index * heightPx + y) * widthPx + x) * 4;
        rgba.set([...(inDisc ? [226, 96, 44] : ground), 255], offset);
      }
    }
  }
  return { frameIndex, frameCount, widthPx, heightPx, rgba };
}

function packSize(px: number, canGuide: boolean): PackSize {
  const port = { name: 'x', dtype: 'float32' as const, shape: [1] };
  const graph = <Role extends string>(role: Role) =>
    ({ [role]: port }) as Record<Role, typeof port>;
  const denoiseInputs = {
    ...graph('latents'),
    ...graph('times'),
    ...graph('timeSteps'),
    ...graph('text'),
    ...graph('first'),
  };
  const denoise = { file: 'x', weights: [], inputs: denoiseInputs, outputs: graph('latents') };
  const guided = { ...denoise, inputs: { ...denoiseInputs, ...graph('guidance') } };
  return {
    widthPx: px,
    heightPx: px,
    denoise,
    ...(canGuide ? { denoiseGuided: guided } : {}),
    decode: { file: 'x', weights: [], inputs: graph('latents'), outputs: graph('pictures') },
  };
}

function modelPack(sizes: readonly PackSize[]): ModelPack {
  const port = { name: 'x', dtype: 'float32' as const, shape: [1] };
  const canGuide = sizes.every((size) => size.denoiseGuided !== undefined);
  return {
    format: 1,
    id: 'fake',
    title: 'Little world',
    parts: [
      { title: 'text encoder', licence: 'Apache-2.0', source: 'here', files: [] },
      { title: 'denoiser', licence: 'MIT', source: 'here', files: [] },
    ],
    tokenizer: { kind: 'wordpiece', file: 'x', tokenCount: 40 },
    encodeText: {
      file: 'x',
      weights: [],
      inputs: { ids: port, mask: port },
      outputs: { text: port },
    },
    sizes: [...sizes],
    latent: { channelCount: 8, pictureCount: 4, pixelsPerToken: 16 },
    window: { latentFrameCount: 5, framesPerSecond: FRAMES_PER_SECOND },
    conditioning: [],
    schedule: { kind: 'rectified-flow', shift: 3, stepCount: 24, guidance: canGuide ? 4 : 1 },
    needs: { features: [], bufferByteLength: 1 },
    examples: [
      'a panda dances in the snow',
      'a fox jumps on the beach at sunset',
      'a whale swims under water',
      'an astronaut floats on the moon',
    ],
    words: {
      cast: ['dog', 'cat', 'rabbit', 'fox', 'panda', 'astronaut', 'robot', 'ghost', 'rocket'],
      places: ['in a green meadow', 'in a forest', 'on the beach', 'in the snow', 'on the moon'],
      times: ['on a sunny day', 'at sunset', 'at night'],
      weathers: ['in the rain', 'while snow falls'],
      actions: ['jumps', 'dances', 'spins', 'walks to the right', 'floats in the air'],
      cameras: ['static shot', 'the camera zooms in', 'the camera follows'],
    },
    files: {},
  };
}
