// Noise becomes latents, one Euler step a run. The step itself, guidance included, is inside the graph,
// so latents and text stay on the device from the first step to the last.
import { denoiseGraphOf } from '../../models/pack.ts';
import type { GraphSpec, PackSize } from '../../models/pack.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { elementCount } from './device-tensor.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import type { ScheduleStep } from './schedulers/scheduler.ts';

const INPUT_ROLES = ['latents', 'times', 'timeSteps', 'text', 'first', 'guidance'] as const;

type InputRole = (typeof INPUT_ROLES)[number];

/** What one window is made from. */
export interface DenoiseJob {
  /** [latentFrames × rows × columns, channels] */
  noise: Float32Array<ArrayBuffer>;
  steps: readonly ScheduleStep[];
  guidance: number;
}

/** The denoiser of a pack at one size, loaded. */
export class Denoiser {
  /** [1, latentFrames × rows × columns, channels]: noise before, clean after. */
  readonly latents: DeviceTensor;
  /** [1 or 2, tokens, width]: to be written by the text encoder; a second text stays empty. */
  readonly text: DeviceTensor;
  readonly #runtime: GraphRuntime;
  readonly #graph: Graph;
  readonly #inputs: Partial<Record<InputRole, DeviceTensor>> &
    Pick<Record<InputRole, DeviceTensor>, 'latents' | 'text'>;
  readonly #next: DeviceTensor;

  private constructor(runtime: GraphRuntime, graph: Graph, spec: GraphSpec, size: PackSize) {
    this.#runtime = runtime;
    this.#graph = graph;
    this.latents = runtime.createTensor(size.denoise.inputs.latents);
    this.#next = runtime.createTensor(size.denoise.outputs.latents);
    this.text = runtime.createTensor(spec.inputs['text'] ?? size.denoise.inputs.text);
    this.#inputs = { latents: this.latents, text: this.text };
    for (const role of INPUT_ROLES) {
      const port = spec.inputs[role];
      if (port) this.#inputs[role] ??= runtime.createTensor(port);
    }
  }

  static async open(
    runtime: GraphRuntime,
    size: PackSize,
    guidance: number,
    files: PackFiles,
  ): Promise<Denoiser> {
    const spec = denoiseGraphOf(size, guidance);
    const graph = await runtime.openGraph(spec, files, { isReplayed: true });
    return new Denoiser(runtime, graph, spec, size);
  }

  /**
   * Makes the first window of a film; the result is in `latents`.
   * @param onStep called with the count of finished steps, when the device has really finished them
   * @throws StudioError cancelled within a step of the signal's abort
   */
  async denoise(
    job: DenoiseJob,
    onStep: (stepCount: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.latents.write(job.noise);
    this.#inputs.first?.write(Float32Array.of(1));
    this.#inputs.guidance?.write(Float32Array.of(job.guidance));
    for (const [index, { time, timeStep }] of job.steps.entries()) {
      throwIfCancelled(signal);
      this.#fill('times', time);
      this.#fill('timeSteps', timeStep);
      await this.#graph.run(this.#inputs as Record<string, DeviceTensor>, { latents: this.#next });
      this.latents.copyFrom(this.#next, 0, elementCount(this.#next.shape));
      await this.#runtime.finished();
      onStep(index + 1);
      await messagesHandled();
    }
    throwIfCancelled(signal);
  }

  async close(): Promise<void> {
    for (const tensor of [...Object.values(this.#inputs), this.#next]) tensor.dispose();
    await this.#graph.release();
  }

  #fill(role: 'times' | 'timeSteps', value: number): void {
    const tensor = this.#inputs[role];
    tensor?.write(new Float32Array(elementCount(tensor.shape)).fill(value));
  }
}

/** How many numbers of noise a window at this size takes. */
export function noiseCount(size: PackSize): number {
  return elementCount(size.denoise.inputs.latents.shape);
}

/** Lets an abort in: a wasm step never gives way to the worker's messages by itself. */
function messagesHandled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
