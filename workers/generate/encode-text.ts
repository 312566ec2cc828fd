// Token ids become text states, written where the denoiser reads them.
import type { ModelPack } from '../../models/pack.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { elementCount } from './device-tensor.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import type { Tokens } from './tokenize.ts';

/** The text encoder of a pack, loaded. */
export class TextEncoder {
  readonly #runtime: GraphRuntime;
  readonly #graph: Graph;
  readonly #ids: DeviceTensor;
  readonly #mask: DeviceTensor;
  readonly #text: DeviceTensor;

  private constructor(runtime: GraphRuntime, graph: Graph, spec: ModelPack['encodeText']) {
    this.#runtime = runtime;
    this.#graph = graph;
    this.#ids = runtime.createTensor(spec.inputs.ids);
    this.#mask = runtime.createTensor(spec.inputs.mask);
    this.#text = runtime.createTensor(spec.outputs.text);
  }

  static async open(
    runtime: GraphRuntime,
    pack: ModelPack,
    files: PackFiles,
  ): Promise<TextEncoder> {
    const graph = await runtime.openGraph(pack.encodeText, files, { isReplayed: false });
    return new TextEncoder(runtime, graph, pack.encodeText);
  }

  /**
   * Encodes a prompt.
   * @param into [1 or 2, tokens, width]; its first text is written, the second stays
   */
  async encode(tokens: Tokens, into: DeviceTensor): Promise<void> {
    this.#ids.write(tokens.ids);
    this.#mask.write(tokens.mask);
    await this.#graph.run({ ids: this.#ids, mask: this.#mask }, { text: this.#text });
    into.copyFrom(this.#text, 0, elementCount(this.#text.shape));
    await this.#runtime.finished();
  }

  async close(): Promise<void> {
    for (const tensor of [this.#ids, this.#mask, this.#text]) tensor.dispose();
    await this.#graph.release();
  }
}
