// A job becomes frames: obtain → tokenize → encode-text → denoise → decode, one job at a time.
// What is loaded stays loaded for the next job of the same pack, size and device; an error drops it all.
import { fetchPack } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { denoiseGraphOf, filesFor, packSizeOf } from '../../models/pack.ts';
import type { ModelPack, PackSize } from '../../models/pack.ts';
import type { Deliver, GenerateJob } from '../../src/core/api.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import type { DeviceChoice, DeviceFacts } from '../../src/core/device.ts';
import { StudioError, reasonOf, studioError } from '../../src/core/errors.ts';
import type { Emit, Stage } from '../../src/core/event.ts';
import { gaussianNoise } from '../../src/core/random.ts';
import { obtain } from '../../src/library/obtain.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { checkAttention } from './attention-canary.ts';
import { Decoder } from './decode.ts';
import { Denoiser, noiseCount } from './denoise.ts';
import { TextEncoder } from './encode-text.ts';
import { openRuntime } from './graphs.ts';
import type { GraphRuntime } from './graphs.ts';
import { openDevice, openWasm } from './open-device.ts';
import type { DeviceNeeds, OpenedDevice } from './open-device.ts';
import { scheduleSteps } from './schedulers/scheduler.ts';
import { openTokenizer } from './tokenize.ts';
import type { Tokenize } from './tokenize.ts';

/** Makes clips; the implementation behind `GenerateApi`. */
export class Generator {
  #loaded: LoadedModel | undefined;
  #isBusy = false;

  /** @see GenerateApi.generate */
  async generate(
    job: GenerateJob,
    deliver: Deliver,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void> {
    if (this.#isBusy) {
      throw studioError('call-misused', {
        call: 'generate',
        state: 'generating',
        expected: 'idle',
      });
    }
    this.#isBusy = true;
    try {
      const located = await fetchPack(job.packUrl, signal);
      const files = await obtain(located, filesFor(located.pack, job.request), signal, emit);
      const model = await this.#load(located, job);
      await Promise.race([runChain(model, files, job, deliver, signal, emit), model.lost]);
    } catch (thrown) {
      if (!(thrown instanceof StudioError && thrown.code === 'cancelled')) await this.#unload();
      throw thrown;
    } finally {
      this.#isBusy = false;
    }
  }

  async #load({ pack }: LocatedPack, job: GenerateJob): Promise<LoadedModel> {
    const size = packSizeOf(pack, job.request);
    const key = JSON.stringify([
      pack.files,
      size,
      denoiseGraphOf(size, job.request.guidance).file,
      job.device,
    ]);
    if (this.#loaded?.key !== key) {
      await this.#unload();
      this.#loaded = await LoadedModel.open(key, pack, job);
    }
    return this.#loaded;
  }

  async #unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    // What broke may break again on closing; the failure that a person sees is the first one.
    await loaded?.close().catch(() => undefined);
  }
}

/** A pack at one size on one device; each step is loaded when it is first used. */
class LoadedModel {
  readonly key: string;
  readonly pack: ModelPack;
  readonly size: PackSize;
  readonly runtime: GraphRuntime;
  readonly tokenize: Opener<Tokenize>;
  readonly textEncoder: Opener<TextEncoder>;
  readonly denoiser: Opener<Denoiser>;
  readonly decoder: Opener<Decoder>;
  /** Rejects when the GPU is lost. */
  readonly lost: Promise<never>;
  readonly #closers: (() => Promise<void>)[] = [];

  private constructor(
    key: string,
    runtime: GraphRuntime,
    pack: ModelPack,
    { request }: GenerateJob,
  ) {
    const size = packSizeOf(pack, request);
    this.key = key;
    this.pack = pack;
    this.size = size;
    this.runtime = runtime;
    this.lost = lossOf(runtime.device);
    this.tokenize = once((files) => openTokenizer(pack, files));
    this.textEncoder = once((files) => this.#closing(TextEncoder.open(runtime, pack, files)));
    this.denoiser = once((files) =>
      this.#closing(Denoiser.open(runtime, size, request.guidance, files)),
    );
    this.decoder = once((files) => this.#closing(Decoder.open(runtime, pack, size, files)));
  }

  static async open(key: string, pack: ModelPack, job: GenerateJob): Promise<LoadedModel> {
    const runtime = await openRightRuntime(job.device, pack.needs);
    return new LoadedModel(key, runtime, pack, job);
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
    if (this.runtime.device.kind === 'webgpu') this.runtime.device.device.destroy();
  }

  async #closing<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
    const opened = await opening;
    this.#closers.push(() => opened.close());
    return opened;
  }
}

/** A runtime whose attention is right: where the GPU's is wrong and was not asked for by name, wasm. */
async function openRightRuntime(choice: DeviceChoice, needs: DeviceNeeds): Promise<GraphRuntime> {
  const runtime = await openRuntime(await openDevice(choice, needs));
  if (runtime.device.kind === 'wasm') return runtime;
  try {
    await checkAttention(runtime);
    return runtime;
  } catch (thrown) {
    runtime.device.device.destroy();
    if (choice === 'webgpu') throw thrown;
    const isWrong = thrown instanceof StudioError && thrown.code === 'webgpu-wrong';
    const cause = isWrong ? 'wrong-results' : 'no-device';
    return openRuntime(openWasm({ cause, detail: reasonOf(thrown) }));
  }
}

/** From prompt to frames with everything at hand. */
async function runChain(
  model: LoadedModel,
  files: PackFiles,
  { request }: GenerateJob,
  deliver: Deliver,
  signal: AbortSignal,
  emit: Emit,
): Promise<void> {
  const advance = (stage: Stage, done: number) => {
    emit({ type: 'advance', stage, done, atMs: Date.now() });
  };
  emitDevice(model.runtime.device, emit);

  advance('tokenize', 0);
  const tokens = (await model.tokenize(files))(request.prompt);
  if (tokens.cut) emit({ type: 'notice', notice: { code: 'prompt-cut', facts: tokens.cut } });
  advance('tokenize', 1);

  throwIfCancelled(signal);
  advance('encode-text', 0);
  const denoiser = await model.denoiser(files);
  await (await model.textEncoder(files)).encode(tokens, denoiser.text);
  advance('encode-text', 1);

  advance('denoise', 0);
  const noise = gaussianNoise(request.seed, 0, noiseCount(model.size));
  const steps = scheduleSteps(model.pack.schedule, request.stepCount);
  await denoiser.denoise(
    { noise, steps, guidance: request.guidance },
    (done) => {
      advance('denoise', done);
    },
    signal,
  );

  advance('decode', 0);
  const decoder = await model.decoder(files);
  for (let index = 0; index < model.pack.window.latentFrameCount; index++) {
    throwIfCancelled(signal);
    const batch = await decoder.decode(denoiser.latents, index);
    advance('decode', batch.frameIndex + batch.frameCount);
    await deliver(batch);
  }
}

function emitDevice(device: OpenedDevice, emit: Emit): void {
  const facts: DeviceFacts =
    device.kind === 'webgpu' ? { kind: device.kind, adapter: device.adapter } : device;
  emit({ type: 'notice', notice: { code: 'device', facts } });
}

/** Rejects when the device is lost otherwise than by our closing it. */
function lossOf(device: OpenedDevice): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  if (device.kind === 'webgpu') {
    void device.device.lost.then((info) => {
      reject(studioError('webgpu-lost', { reason: info.message || info.reason }));
    });
  }
  return promise;
}

/** Opens a part of the model from its files, or gives the one that is open. */
type Opener<T> = (files: PackFiles) => Promise<T>;

/** Opens at the first call; a failure is not kept. */
function once<T>(open: Opener<T>): Opener<T> {
  let opened: Promise<T> | undefined;
  return (files) => {
    opened ??= open(files).catch((thrown: unknown) => {
      opened = undefined;
      throw thrown;
    });
    return opened;
  };
}
