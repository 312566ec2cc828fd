// Token ids become text states, which stay where the denoiser reads them.
import type { ModelPack } from '../../models/pack.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { Graph, GraphRuntime } from './graphs.ts';
import type { Tokens } from './tokenize.ts';

/** The text encoder of a pack, loaded. */
export class TextEncoder {
  readonly #runtime: GraphRuntime;
  readonly #graph: Graph;
  readonly #ids: DeviceTensor;
  readonly #mask: DeviceTensor;

  private constructor(runtime: GraphRuntime, graph: Graph, { inputs }: ModelPack['encodeText']) {
    this.#runtime = runtime;
    this.#graph = graph;
    this.#ids = runtime.createTensor(inputs.ids);
    this.#mask = runtime.createTensor(inputs.mask);
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
   * @param text [1, tokens, width]; takes the states
   */
  async encode(tokens: Tokens, text: DeviceTensor): Promise<void> {
    this.#ids.write(tokens.ids);
    this.#mask.write(tokens.mask);
    await this.#graph.run({ ids: this.#ids, mask: this.#mask }, { text });
    await this.#runtime.finished();
  }

  async close(): Promise<void> {
    for (const tensor of [this.#ids, this.#mask]) tensor.dispose();
    await this.#graph.release();
  }
}
