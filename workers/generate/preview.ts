// A window on its way from noise becomes a few pictures of where it is going, after the steps that its pace chooses.
// One latent frame is decoded, the same one each time: what sharpens must stand still.
import type { ModelPack, PackSize } from '../../models/pack.ts';
import type { ShowPreview } from '../../src/core/api.ts';
import type { Decoder } from './decode.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Latents } from './kept-latents.ts';
import type { PreviewPace } from './preview-pace.ts';
import { cleanEstimate } from './schedulers/scheduler.ts';
import type { ScheduleStep } from './schedulers/scheduler.ts';

/** What the previews of a window are made with. */
export interface WindowPreviewOptions {
  pack: ModelPack;
  size: PackSize;
  decoder: Decoder;
  pace: PreviewPace;
  show: ShowPreview;
}

/** The previews of one window. It reads latents and never writes them. */
export class WindowPreview {
  readonly #options: WindowPreviewOptions;
  readonly #position: number;
  #stepIndex = 0;
  #stepStartMs = 0;
  #readMs = 0;
  /** The shown latent frame before the step, where a preview follows the step. */
  #before: Latents | undefined;

  /** @param givenPositions latent frames that are there already, so that another one is shown */
  constructor(
    options: WindowPreviewOptions,
    givenPositions: ReadonlySet<number>,
    stepCount: number,
  ) {
    const { latentFrameCount } = options.pack.window;
    const positions = Array.from({ length: latentFrameCount }, (_, position) => position);
    const made = positions.filter((position) => !givenPositions.has(position));
    this.#options = options;
    this.#position = made[Math.floor(made.length / 2)] ?? 0;
    options.pace.beginWindow(stepCount);
  }

  /** To be called right before each step. */
  async beforeStep(stepIndex: number, latents: DeviceTensor): Promise<void> {
    const startMs = performance.now();
    const isDue = this.#options.pace.isDue(stepIndex);
    this.#before = isDue ? await this.#shownFrame(latents) : undefined;
    this.#stepIndex = stepIndex;
    this.#stepStartMs = performance.now();
    this.#readMs = this.#stepStartMs - startMs;
  }

  /** To be called when the device has really finished the step; shows what it leads to, if that is due. */
  async afterStep(step: ScheduleStep, latents: DeviceTensor): Promise<void> {
    const { pack, size, decoder, pace, show } = this.#options;
    const startMs = performance.now();
    pace.stepTook(startMs - this.#stepStartMs);
    const before = this.#before;
    if (!before) return;
    const after = await this.#shownFrame(latents);
    const rgba = await decoder.decode(cleanEstimate(pack.schedule, { before, after }, step));
    const { widthPx, heightPx } = size;
    await show({ frameCount: pack.latent.pictureCount, widthPx, heightPx, rgba });
    pace.previewTook(this.#stepIndex, this.#readMs + performance.now() - startMs);
  }

  async #shownFrame(latents: DeviceTensor): Promise<Latents> {
    const all = await latents.read();
    const length = all.length / this.#options.pack.window.latentFrameCount;
    return all.slice(this.#position * length, (this.#position + 1) * length);
  }
}
