// Noise becomes latents, one Euler step a run. The step itself, guidance included, is inside the graph,
// so latents and text stay on the device from the first step to the last.
import { denoiseGraphOf } from '../../models/pack.ts';
import type { DenoiseGraph, PackSize } from '../../models/pack.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { elementCount } from './device-tensor.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import type { ScheduleStep } from './schedulers/scheduler.ts';

/** What one window is made from. */
export interface DenoiseJob {
  /** [latentFrames × rows × columns, channels] */
  noise: Float32Array<ArrayBuffer>;
  steps: readonly ScheduleStep[];
  guidance: number;
}

type DenoiseInputs = Record<'latents' | 'times' | 'timeSteps' | 'text' | 'first', DeviceTensor> & {
  guidance?: DeviceTensor;
};

/** The denoiser of a pack at one size, loaded. */
export class Denoiser {
  /** [1, latentFrames × rows × columns, channels]: noise before, clean after. */
  readonly latents: DeviceTensor;
  /** [1 or 2, tokens, width]: to be written by the text encoder; a second text stays empty. */
  readonly text: DeviceTensor;
  readonly #runtime: GraphRuntime;
  readonly #graph: Graph;
  readonly #inputs: DenoiseInputs;

  private constructor(runtime: GraphRuntime, graph: Graph, { inputs }: DenoiseGraph) {
    this.#runtime = runtime;
    this.#graph = graph;
    this.#inputs = {
      latents: runtime.createTensor(inputs.latents),
      times: runtime.createTensor(inputs.times),
      timeSteps: runtime.createTensor(inputs.timeSteps),
      text: runtime.createTensor(inputs.text),
      first: runtime.createTensor(inputs.first),
      ...('guidance' in inputs ? { guidance: runtime.createTensor(inputs.guidance) } : {}),
    };
    this.latents = this.#inputs.latents;
    this.text = this.#inputs.text;
  }

  static async open(
    runtime: GraphRuntime,
    size: PackSize,
    guidance: number,
    files: PackFiles,
  ): Promise<Denoiser> {
    const spec = denoiseGraphOf(size, guidance);
    const graph = await runtime.openGraph(spec, files, { isReplayed: true });
    return new Denoiser(runtime, graph, spec);
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
    this.#inputs.first.write(Float32Array.of(1));
    this.#inputs.guidance?.write(Float32Array.of(job.guidance));
    for (const [index, { time, timeStep }] of job.steps.entries()) {
      throwIfCancelled(signal);
      fill(this.#inputs.times, time);
      fill(this.#inputs.timeSteps, timeStep);
      await this.#graph.run({ ...this.#inputs }, { latents: this.latents });
      await this.#runtime.finished();
      onStep(index + 1);
      await messagesHandled();
    }
    throwIfCancelled(signal);
  }

  async close(): Promise<void> {
    for (const tensor of Object.values(this.#inputs)) tensor.dispose();
    await this.#graph.release();
  }
}

function fill(tensor: DeviceTensor, value: number): void {
  tensor.write(new Float32Array(elementCount(tensor.shape)).fill(value));
}

/** How many numbers of noise a window at this size takes. */
export function noiseCount(size: PackSize): number {
  return elementCount(size.denoise.inputs.latents.shape);
}

/** Lets an abort in: a wasm step never gives way to the worker's messages by itself. */
function messagesHandled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
