// Noise becomes latents, one Euler step a run. The step itself, guidance included, is inside the graph,
// so latents and text stay on the device from the first step to the last.
import { denoiseGraphOf } from '../../models/pack.ts';
import type { DenoiseGraph, PackSize } from '../../models/pack.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { elementCount } from './device-tensor.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import type { Latents } from './kept-latents.ts';
import type { WindowPreview } from './preview.ts';
import type { ScheduleStep } from './schedulers/scheduler.ts';

/** What one window is made from. */
export interface DenoiseJob {
  /** Noise, and clean latents where they are given: [latentFrames × rows × columns, channels] */
  latents: Latents;
  /** Which latent frames are given; they stay as they are. */
  givenPositions: ReadonlySet<number>;
  /** Whether the first latent frame holds one picture. */
  startsShot: boolean;
  /** States of the prompt and, with guidance, of what to be pushed away from: [1, tokens, width] each. */
  texts: readonly DeviceTensor[];
  guidance: number;
  steps: readonly ScheduleStep[];
  /** Looks on, where somebody wants to see what is coming. */
  preview: WindowPreview | undefined;
}

type DenoiseInputs = Record<'latents' | 'times' | 'timeSteps' | 'text' | 'first', DeviceTensor> & {
  guidance?: DeviceTensor;
};

/** The denoiser of a pack at one size, loaded. */
export class Denoiser {
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

  /** How many texts a window is made with: two where one is to be pushed away from. */
  get textCount(): number {
    return this.#inputs.text.shape[0]!;
  }

  /**
   * Makes a window; gives its clean latents, shaped as the noise.
   * @param onStep called after each step, when the device has really finished it
   * @throws StudioError cancelled within a step of the signal's abort
   */
  async denoise(job: DenoiseJob, onStep: () => void, signal: AbortSignal): Promise<Latents> {
    const { latents, times, timeSteps, text, first, guidance } = this.#inputs;
    latents.write(job.latents);
    for (const [index, each] of job.texts.entries()) {
      text.copyFrom(each, index * elementCount(each.shape));
    }
    first.write(Float32Array.of(job.startsShot ? 1 : 0));
    guidance?.write(Float32Array.of(job.guidance));
    for (const [index, step] of job.steps.entries()) {
      await job.preview?.beforeStep(index, latents);
      fillAsked(times, step.time, job.givenPositions);
      fillAsked(timeSteps, step.timeStep, job.givenPositions);
      throwIfCancelled(signal);
      await this.#graph.run({ ...this.#inputs }, { latents });
      await this.#runtime.finished();
      onStep();
      await messagesHandled();
      throwIfCancelled(signal);
      await job.preview?.afterStep(step, latents);
    }
    return latents.read();
  }

  async close(): Promise<void> {
    for (const tensor of Object.values(this.#inputs)) tensor.dispose();
    await this.#graph.release();
  }
}

/** Writes a number for each latent frame [1, latentFrames], 0 where it is given. */
function fillAsked(tensor: DeviceTensor, value: number, given: ReadonlySet<number>): void {
  const count = elementCount(tensor.shape);
  tensor.write(Float32Array.from({ length: count }, (_, i) => (given.has(i) ? 0 : value)));
}

/** Lets an abort in: a wasm step never gives way to the worker's messages by itself. */
function messagesHandled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
