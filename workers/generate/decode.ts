// Latents become frames, one latent frame a run. The first latent frame of a film holds one picture several times:
// only its last copy is a frame.
import type { ModelPack, PackSize } from '../../models/pack.ts';
import type { FrameBatch } from '../../src/core/clip.ts';
import { frameCountOf } from '../../src/core/clip.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { elementCount } from './device-tensor.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import { openPixelReader } from './read-pixels.ts';
import type { PixelReader } from './read-pixels.ts';

/** The decoder of a pack at one size, loaded. */
export class Decoder {
  readonly #graph: Graph;
  readonly #latents: DeviceTensor;
  readonly #pictures: DeviceTensor;
  readonly #pixels: PixelReader;
  readonly #size: PackSize;
  readonly #pictureCount: number;

  private constructor(runtime: GraphRuntime, graph: Graph, pack: ModelPack, size: PackSize) {
    this.#graph = graph;
    this.#latents = runtime.createTensor(size.decode.inputs.latents);
    this.#pictures = runtime.createTensor(size.decode.outputs.pictures);
    this.#pixels = openPixelReader(runtime.device, this.#pictures);
    this.#size = size;
    this.#pictureCount = pack.latent.pictureCount;
  }

  static async open(
    runtime: GraphRuntime,
    pack: ModelPack,
    size: PackSize,
    files: PackFiles,
  ): Promise<Decoder> {
    const graph = await runtime.openGraph(size.decode, files, { isReplayed: true });
    return new Decoder(runtime, graph, pack, size);
  }

  /** Decodes one latent frame of a film's first window into its frames. */
  async decode(latents: DeviceTensor, latentFrameIndex: number): Promise<FrameBatch> {
    const count = elementCount(this.#latents.shape);
    this.#latents.copyFrom(latents, latentFrameIndex * count, count);
    await this.#graph.run({ latents: this.#latents }, { pictures: this.#pictures });
    const all = await this.#pixels.read();
    const { widthPx, heightPx } = this.#size;
    const isFirst = latentFrameIndex === 0;
    return {
      frameIndex: isFirst ? 0 : frameCountOf(latentFrameIndex, this.#pictureCount),
      frameCount: isFirst ? 1 : this.#pictureCount,
      widthPx,
      heightPx,
      rgba: isFirst ? all.slice(-widthPx * heightPx * 4) : all,
    };
  }

  async close(): Promise<void> {
    for (const tensor of [this.#latents, this.#pictures]) tensor.dispose();
    this.#pixels.close();
    await this.#graph.release();
  }
}
