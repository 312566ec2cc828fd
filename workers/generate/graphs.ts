// Runs a pack's graphs on onnxruntime-web; the only importer of it. Everything passes one queue:
// two overlapping calls freeze the runtime for good (https://github.com/microsoft/onnxruntime/issues/32561).
import type * as Ort from 'onnxruntime-web/jspi';
import asyncifyModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import jspiModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';

import type { GraphSpec, TensorPort } from '../../models/pack.ts';
import { StudioError, reasonOf, studioError } from '../../src/core/errors.ts';
import { once } from '../../src/core/once.ts';
import { engineWasmUrl, hasJspi } from '../../src/library/engine.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { GpuTensor, MemoryTensor, memoryOf } from './device-tensor.ts';
import type { DeviceTensor, TensorData } from './device-tensor.ts';
import type { OpenedDevice } from './open-device.ts';

/** Tensors by role. */
export type TensorsByRole = Readonly<Record<string, DeviceTensor>>;

/** One graph, loaded. */
export interface Graph {
  /**
   * Runs the graph once, from the input tensors into the output tensors, which may be the same.
   * Resolves when the work is queued; `GraphRuntime.finished` tells when it is done.
   * @throws StudioError graph-failed, out-of-memory
   */
  run(inputs: TensorsByRole, outputs: TensorsByRole): Promise<void>;
  release(): Promise<void>;
}

/** A place where graphs run and tensors stay. */
export interface GraphRuntime {
  readonly device: OpenedDevice;
  /**
   * Loads a graph and its weights; on WebGPU weights go to the GPU tensor by tensor, straight from their shards.
   * @param options.isReplayed record the GPU commands at the first run and replay them after; needs the same tensors each run
   */
  openGraph(spec: GraphSpec, files: PackFiles, options: { isReplayed: boolean }): Promise<Graph>;
  createTensor(port: Pick<TensorPort, 'dtype' | 'shape'>): DeviceTensor;
  /** Resolves when everything queued is done. */
  finished(): Promise<void>;
}

/**
 * Loads the runtime for a device.
 * @throws StudioError engine-unreachable
 */
export async function openRuntime(device: OpenedDevice): Promise<GraphRuntime> {
  try {
    return new OrtRuntime(await loadOrt(device), device);
  } catch (thrown) {
    throw studioError('engine-unreachable', { reason: reasonOf(thrown) }, { cause: thrown });
  }
}

const loadOrt = once(async (device: OpenedDevice): Promise<typeof Ort> => {
  const ort = hasJspi
    ? await import('onnxruntime-web/jspi')
    : await import('onnxruntime-web/webgpu');
  const mjs = hasJspi ? jspiModuleUrl : asyncifyModuleUrl;
  // Explicit addresses: the bundled default starts its threads from our own worker script and hangs.
  ort.env.wasm.wasmPaths = {
    mjs: new URL(mjs, location.href).href,
    wasm: new URL(engineWasmUrl, location.href).href,
  };
  ort.env.wasm.numThreads = device.kind === 'wasm' ? device.threadCount : 1;
  ort.env.logLevel = 'error';
  return ort;
});

let queue: Promise<unknown> = Promise.resolve();

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

class OrtRuntime implements GraphRuntime {
  readonly device: OpenedDevice;
  readonly #ort: typeof Ort;

  constructor(ort: typeof Ort, device: OpenedDevice) {
    this.#ort = ort;
    this.device = device;
  }

  async openGraph(
    spec: GraphSpec,
    files: PackFiles,
    { isReplayed }: { isReplayed: boolean },
  ): Promise<Graph> {
    const model = await files.bytes(spec.file);
    const externalData = await Promise.all(
      spec.weights.map(async (path) => ({
        path,
        data: hasJspi ? files.blob(path) : await files.bytes(path),
      })),
    );
    const options = { ...this.#sessionOptions(isReplayed), externalData };
    const create = () => this.#ort.InferenceSession.create(model, options);
    const session = await exclusively(() => explained(spec.file, create)).catch(
      (thrown: unknown) => {
        const failure = files.readFailure();
        throw failure ? new StudioError(failure, { cause: thrown }) : thrown;
      },
    );
    return new OrtGraph(this.#ort, session, spec);
  }

  createTensor(port: Pick<TensorPort, 'dtype' | 'shape'>): DeviceTensor {
    return this.device.kind === 'webgpu'
      ? new GpuTensor(this.device.device, port)
      : new MemoryTensor(port);
  }

  async finished(): Promise<void> {
    if (this.device.kind === 'webgpu') await this.device.device.queue.onSubmittedWorkDone();
  }

  #sessionOptions(isReplayed: boolean): Ort.InferenceSession.SessionOptions {
    if (this.device.kind === 'wasm') return { executionProviders: ['wasm'] };
    return {
      // The object form: with the plain name graph capture and our device are silently ignored.
      executionProviders: [{ name: 'webgpu', device: this.device.device }],
      enableGraphCapture: isReplayed,
      preferredOutputLocation: 'gpu-buffer',
      // A node that cannot run on the GPU must fail here, not copy its tensors back and forth unseen.
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    };
  }
}

class OrtGraph implements Graph {
  readonly #ort: typeof Ort;
  readonly #session: Ort.InferenceSession;
  readonly #spec: GraphSpec;
  readonly #wrapped = new WeakMap<DeviceTensor, Ort.Tensor>();

  constructor(ort: typeof Ort, session: Ort.InferenceSession, spec: GraphSpec) {
    this.#ort = ort;
    this.#session = session;
    this.#spec = spec;
  }

  async run(inputs: TensorsByRole, outputs: TensorsByRole): Promise<void> {
    const feeds = this.#named(this.#spec.inputs, inputs);
    await exclusively(() =>
      explained(this.#spec.file, async () => {
        // Outputs are the runtime's own and copied: a given array is left alone on wasm, and a given GPU buffer
        // is looked up on replay by a handle that is already freed (wasm-core-impl.ts unregisters it after each run).
        const results = await this.#session.run(feeds);
        for (const [role, { name }] of Object.entries(this.#spec.outputs)) {
          const result = results[name];
          if (!result) continue;
          const tensor = outputs[role];
          if (tensor instanceof GpuTensor) tensor.copyFromBuffer(result.gpuBuffer);
          else tensor?.write(result.data as TensorData);
          result.dispose();
        }
      }),
    );
  }

  async release(): Promise<void> {
    await exclusively(() => this.#session.release());
  }

  #named(ports: GraphSpec['inputs'], tensors: TensorsByRole): Record<string, Ort.Tensor> {
    const named: Record<string, Ort.Tensor> = {};
    for (const [role, port] of Object.entries(ports)) {
      const tensor = tensors[role];
      if (!tensor)
        throw studioError('graph-failed', {
          graph: this.#spec.file,
          reason: `no tensor for ${role}`,
        });
      named[port.name] = this.#wrap(tensor);
    }
    return named;
  }

  #wrap(tensor: DeviceTensor): Ort.Tensor {
    const known = this.#wrapped.get(tensor);
    if (known) return known;
    const options = { dataType: tensor.dtype, dims: tensor.shape };
    const wrapped =
      tensor instanceof GpuTensor
        ? this.#ort.Tensor.fromGpuBuffer(tensor.buffer, options)
        : new this.#ort.Tensor(tensor.dtype, memoryOf(tensor), tensor.shape);
    this.#wrapped.set(tensor, wrapped);
    return wrapped;
  }
}

/** Runs a call of the runtime and turns what it throws into our errors. */
async function explained<T>(graph: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    const reason = reasonOf(thrown);
    if (/out of memory|allocation failed|bad_alloc/i.test(reason)) {
      throw studioError('out-of-memory', { step: graph }, { cause: thrown });
    }
    throw studioError('graph-failed', { graph, reason }, { cause: thrown });
  }
}
