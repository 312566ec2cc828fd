// Latents become pixels, one latent frame a run; which of its pictures are frames is not known here.
import type { PackSize } from '../../models/pack.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
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

  private constructor(
    runtime: GraphRuntime,
    graph: Graph,
    { inputs, outputs }: PackSize['decode'],
  ) {
    this.#graph = graph;
    this.#latents = runtime.createTensor(inputs.latents);
    this.#pictures = runtime.createTensor(outputs.pictures);
    this.#pixels = openPixelReader(runtime.device, this.#pictures);
  }

  static async open(runtime: GraphRuntime, size: PackSize, files: PackFiles): Promise<Decoder> {
    const graph = await runtime.openGraph(size.decode, files, { isReplayed: true });
    return new Decoder(runtime, graph, size.decode);
  }

  /**
   * Decodes one latent frame.
   * @param latents [rows × columns, channels]
   * @returns RGBA8 [pictures, heightPx, widthPx, 4], in a buffer of its own
   */
  async decode(latents: Float32Array<ArrayBuffer>): Promise<Uint8ClampedArray<ArrayBuffer>> {
    this.#latents.write(latents);
    await this.#graph.run({ latents: this.#latents }, { pictures: this.#pictures });
    return this.#pixels.read();
  }

  async close(): Promise<void> {
    for (const tensor of [this.#latents, this.#pictures]) tensor.dispose();
    this.#pixels.close();
    await this.#graph.release();
  }
}
