// A picture becomes a latent frame: as many copies of it as a latent frame holds pictures, encoded together.
// It comes as a PNG data URL and is read by hand, because the site's own rules let nobody fetch one.
import type { PackSize } from '../../models/pack.ts';
import { dataUrlBytes } from '../../src/core/data-url.ts';
import { reasonOf, studioError } from '../../src/core/errors.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';

type EncodeFramesGraph = NonNullable<PackSize['encodeFrames']>;

/** The frame encoder of a pack at one size, loaded. */
export class FrameEncoder {
  readonly #graph: Graph;
  readonly #pictures: DeviceTensor;
  readonly #latents: DeviceTensor;

  private constructor(runtime: GraphRuntime, graph: Graph, { inputs, outputs }: EncodeFramesGraph) {
    this.#graph = graph;
    this.#pictures = runtime.createTensor(inputs.pictures);
    this.#latents = runtime.createTensor(outputs.latents);
  }

  static async open(
    runtime: GraphRuntime,
    { encodeFrames }: PackSize,
    files: PackFiles,
  ): Promise<FrameEncoder> {
    if (!encodeFrames) throw studioError('unexpected', { reason: 'a model without frame encoder' });
    const graph = await runtime.openGraph(encodeFrames, files, { isReplayed: false });
    return new FrameEncoder(runtime, graph, encodeFrames);
  }

  /**
   * Encodes a picture that does not move.
   * @param picture a PNG of the encoder's size as a data URL
   * @returns one latent frame [rows × columns, channels]
   * @throws StudioError picture-unusable
   */
  async encode(picture: string): Promise<Float32Array<ArrayBuffer>> {
    const [pictureCount = 0, , rowCount = 0, columnCount = 0] = this.#pictures.shape;
    const planes = planesOf(await pixelsOf(picture, columnCount, rowCount));
    const copies = new Float32Array(pictureCount * planes.length);
    for (let copy = 0; copy < pictureCount; copy++) copies.set(planes, copy * planes.length);
    this.#pictures.write(copies);
    await this.#graph.run({ pictures: this.#pictures }, { latents: this.#latents });
    return this.#latents.read();
  }

  async close(): Promise<void> {
    for (const tensor of [this.#pictures, this.#latents]) tensor.dispose();
    await this.#graph.release();
  }
}

/** RGBA8 of a PNG data URL, with the values that the file has: [heightPx, widthPx, 4]. */
async function pixelsOf(
  picture: string,
  widthPx: number,
  heightPx: number,
): Promise<Uint8ClampedArray> {
  try {
    const png = new Blob([dataUrlBytes(picture)]);
    const asInFile = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
    const bitmap = await createImageBitmap(png, asInFile);
    const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', {
      willReadFrequently: true, // a canvas in main memory: what is drawn goes to no GPU and back
    })!;
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context.getImageData(0, 0, widthPx, heightPx).data;
  } catch (thrown) {
    const facts = { cause: 'not-a-picture', detail: reasonOf(thrown) } as const;
    throw studioError('picture-unusable', facts, { cause: thrown });
  }
}

/** RGBA8 as planes of red, green and blue, 0..1: [3, heightPx, widthPx]. */
function planesOf(rgba: Uint8ClampedArray): Float32Array {
  const planeLength = rgba.length / 4;
  const planes = new Float32Array(3 * planeLength);
  for (let i = 0; i < planes.length; i++) {
    planes[i] = rgba[(i % planeLength) * 4 + Math.floor(i / planeLength)]! / 255;
  }
  return planes;
}
