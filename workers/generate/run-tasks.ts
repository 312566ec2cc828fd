// The tasks of a film, one after the other: windows are made and kept, stretches of kept windows become frames.
// A given latent frame is another window's or an encoded picture; fading frames of the shot before are decoded anew.
import type {
  Deliver,
  FilmTask,
  GenerateJob,
  GivenTask,
  KeptStretch,
  MakeTask,
  ShowPreview,
  ShowTask,
} from '../../src/core/api.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import { frameOf } from '../../src/core/clip.ts';
import type { FrameBatch } from '../../src/core/clip.ts';
import type { DeviceFacts } from '../../src/core/device.ts';
import type { Emit } from '../../src/core/event.ts';
import { pictureAt } from '../../src/core/frame-math.ts';
import { gaussianNoise } from '../../src/core/random.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { crossFade } from './cross-fade.ts';
import { elementCount } from './device-tensor.ts';
import { KeptLatents } from './kept-latents.ts';
import type { Latents } from './kept-latents.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { OpenedDevice } from './open-device.ts';
import type { PreviewPace } from './preview-pace.ts';
import { WindowPreview } from './preview.ts';
import { scheduleSteps } from './schedulers/scheduler.ts';
import { StageCounts } from './stage-counts.ts';
import { TextStates } from './text-states.ts';

/** A film to be made, with what makes it and where its frames go. */
export interface FilmRun {
  model: LoadedModel;
  files: PackFiles;
  job: GenerateJob;
  nextTask: () => Promise<FilmTask | undefined>;
  deliver: Deliver;
  showPreview: ShowPreview | undefined;
  pace: PreviewPace;
}

/** Does the tasks of a film until there is none; see `GenerateApi.generate`. */
export async function runTasks(run: FilmRun, signal: AbortSignal, emit: Emit): Promise<void> {
  emitDevice(run.model.runtime.device, emit);
  const runner = new TaskRunner(run, signal, emit);
  try {
    for (;;) {
      const task = await run.nextTask();
      throwIfCancelled(signal);
      if (!task) return;
      await (task.kind === 'make' ? runner.make(task) : runner.show(task));
    }
  } finally {
    runner.close();
  }
}

/** Does one task at a time; what one has encoded or counted is there for the next. */
class TaskRunner {
  readonly #run: FilmRun;
  readonly #signal: AbortSignal;
  readonly #counts: StageCounts;
  readonly #texts: TextStates;
  readonly #kept: KeptLatents;
  #hasDelivered = false;

  constructor(run: FilmRun, signal: AbortSignal, emit: Emit) {
    this.#run = run;
    this.#signal = signal;
    this.#counts = new StageCounts(emit);
    this.#texts = new TextStates(run.model, run.files, this.#counts, emit);
    this.#kept = new KeptLatents(run.model.size, run.job.isPrivate);
  }

  close(): void {
    this.#texts.dispose();
  }

  async make(task: MakeTask): Promise<void> {
    const { model, files, job } = this.#run;
    const texts = [await this.#texts.of(task.prompt)];
    throwIfCancelled(this.#signal);
    const denoiser = await model.denoiser(files);
    if (denoiser.textCount === 2) texts.push(await this.#texts.of(job.negativePrompt));
    const count = elementCount(model.size.denoise.inputs.latents.shape);
    const latents = gaussianNoise(task.seed, task.noiseIndex, count);
    for (const { position, from } of task.given) {
      this.#latentFrame(latents, position).set(await this.#given(from));
    }
    const { startsShot } = task;
    const { guidance, stepCount } = job;
    const givenPositions = new Set(task.given.map(({ position }) => position));
    const steps = scheduleSteps(model.pack.schedule, stepCount);
    const preview = await this.#preview(givenPositions);
    throwIfCancelled(this.#signal);
    this.#counts.begin('denoise');
    const made = await denoiser.denoise(
      { latents, givenPositions, startsShot, texts, guidance, steps, preview },
      () => this.#counts.add('denoise', 1),
      this.#signal,
    );
    await this.#kept.put(task.key, made);
  }

  async show(task: ShowTask): Promise<void> {
    this.#counts.begin('decode');
    const fading = await this.#frames(task.fadeFrom);
    const [arrival] = task.fadeTo ? await this.#frames([task.fadeTo.stretch]) : [];
    const fadeToStart = task.stretch.frameCount - (task.fadeTo?.frameCount ?? 0);
    for await (const batch of this.#decode(task.stretch, task.frameIndex)) {
      const shownCount = batch.frameIndex - task.frameIndex;
      for (const [index, frame] of framesOf(batch).entries()) {
        const at = shownCount + index;
        const from = fading[at];
        if (from) crossFade({ from, to: frame, into: frame }, at, fading.length);
        if (arrival && at >= fadeToStart) {
          const pair = { from: frame, to: arrival, into: frame };
          crossFade(pair, at - fadeToStart, task.stretch.frameCount - fadeToStart);
        }
      }
      this.#counts.add('decode', batch.frameCount);
      this.#hasDelivered = true;
      await this.#run.deliver(batch);
    }
  }

  async #frames(stretches: readonly KeptStretch[]): Promise<Uint8ClampedArray[]> {
    const frames: Uint8ClampedArray[] = [];
    for (const stretch of stretches) {
      for await (const batch of this.#decode(stretch, 0)) frames.push(...framesOf(batch));
    }
    return frames;
  }

  /** Once there are frames of the film to look at, none are guessed. */
  async #preview(givenPositions: ReadonlySet<number>): Promise<WindowPreview | undefined> {
    const { model, files, job, pace, showPreview } = this.#run;
    if (!showPreview || this.#hasDelivered) return undefined;
    const { pack, size } = model;
    const decoder = await model.decoder(files);
    const options = { pack, size, decoder, pace, show: showPreview };
    return new WindowPreview(options, givenPositions, job.stepCount);
  }

  async #given(from: GivenTask['from']): Promise<Latents> {
    if ('key' in from) return this.#latentFrame(await this.#kept.get(from.key), from.position);
    const { model, files } = this.#run;
    return (await model.frameEncoder(files)).encode(from.picture);
  }

  /** The frames of a stretch, one latent frame at a time. */
  async *#decode(stretch: KeptStretch, frameIndex: number): AsyncGenerator<FrameBatch> {
    const { model, files } = this.#run;
    const { widthPx, heightPx } = model.size;
    const decoder = await model.decoder(files);
    const latents = await this.#kept.get(stretch.key);
    const end = stretch.start + stretch.frameCount;
    for (let frame = stretch.start; frame < end;) {
      throwIfCancelled(this.#signal);
      const { pictureCount } = model.pack.latent;
      const { position, picture } = pictureAt(frame, stretch.startsShot, pictureCount);
      const startMs = performance.now();
      const pictures = await decoder.decode(this.#latentFrame(latents, position));
      this.#run.pace.decodeTook(performance.now() - startMs);
      const frameCount = Math.min(pictureCount - picture, end - frame);
      const frameLength = widthPx * heightPx * 4;
      yield {
        frameIndex: frameIndex + frame - stretch.start,
        frameCount,
        widthPx,
        heightPx,
        rgba: pictures.slice(picture * frameLength, (picture + frameCount) * frameLength),
      };
      frame += frameCount;
    }
  }

  /** One latent frame of a window, without copying. */
  #latentFrame(latents: Latents, position: number): Latents {
    const count = latents.length / this.#run.model.pack.window.latentFrameCount;
    return latents.subarray(position * count, (position + 1) * count);
  }
}

/** The frames of a batch, without copying. */
function framesOf(batch: FrameBatch): Uint8ClampedArray[] {
  return Array.from({ length: batch.frameCount }, (_, index) => frameOf(batch, index));
}

function emitDevice(device: OpenedDevice, emit: Emit): void {
  const facts: DeviceFacts =
    device.kind === 'webgpu' ? { kind: device.kind, adapter: device.adapter } : device;
  emit({ type: 'notice', notice: { code: 'device', facts } });
}
