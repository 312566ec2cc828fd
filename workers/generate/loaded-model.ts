// A pack becomes something that runs: the device, its runtime, and each step of the chain, opened when it is first used.
import { packSizeOf } from '../../models/pack.ts';
import type { ModelPack, PackSize } from '../../models/pack.ts';
import type { GenerateJob } from '../../src/core/api.ts';
import type { DeviceChoice } from '../../src/core/device.ts';
import { StudioError, reasonOf, studioError } from '../../src/core/errors.ts';
import { once } from '../../src/core/once.ts';
import type { GpuNeeds } from '../../src/core/processors.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { checkAttention } from './attention-canary.ts';
import { Decoder } from './decode.ts';
import { Denoiser } from './denoise.ts';
import { FrameEncoder } from './encode-frames.ts';
import { TextEncoder } from './encode-text.ts';
import { openRuntime } from './graphs.ts';
import type { GraphRuntime } from './graphs.ts';
import { openDevice, openWasm } from './open-device.ts';
import type { OpenedDevice } from './open-device.ts';
import { openTokenizer } from './tokenize.ts';
import type { Tokenize } from './tokenize.ts';

/** Opens a part of the model from its files, or gives the one that is open. */
type Opener<T> = (files: PackFiles) => Promise<T>;

/** A pack at one size on one device; each step is loaded when it is first used. */
export class LoadedModel {
  /** Names what is loaded: the same key can do the same jobs. */
  readonly key: string;
  readonly pack: ModelPack;
  readonly size: PackSize;
  readonly runtime: GraphRuntime;
  readonly tokenize: Opener<Tokenize>;
  readonly textEncoder: Opener<TextEncoder>;
  readonly frameEncoder: Opener<FrameEncoder>;
  readonly denoiser: Opener<Denoiser>;
  readonly decoder: Opener<Decoder>;
  /** Rejects when the GPU is lost. */
  readonly lost: Promise<never>;
  readonly #closers: (() => Promise<void>)[] = [];

  private constructor(key: string, runtime: GraphRuntime, pack: ModelPack, job: GenerateJob) {
    const size = packSizeOf(pack, job);
    this.key = key;
    this.pack = pack;
    this.size = size;
    this.runtime = runtime;
    this.lost = lossOf(runtime.device);
    this.tokenize = once((files) => openTokenizer(pack, files));
    this.textEncoder = once((files) => this.#closing(TextEncoder.open(runtime, pack, files)));
    this.frameEncoder = once((files) => this.#closing(FrameEncoder.open(runtime, size, files)));
    this.denoiser = once((files) =>
      this.#closing(Denoiser.open(runtime, size, job.guidance, files)),
    );
    this.decoder = once((files) => this.#closing(Decoder.open(runtime, size, files)));
  }

  /**
   * Opens the device that a job asks for.
   * @throws StudioError size-unavailable, webgpu-missing, webgpu-wrong, engine-unreachable
   */
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
async function openRightRuntime(choice: DeviceChoice, needs: GpuNeeds): Promise<GraphRuntime> {
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
