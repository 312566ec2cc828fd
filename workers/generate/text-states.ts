// Prompts become text states on the device: tokenize → encode-text, each different prompt once in a job.
import type { Emit } from '../../src/core/event.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import type { DeviceTensor } from './device-tensor.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { StageCounts } from './stage-counts.ts';

/** The text states of one job. */
export class TextStates {
  readonly #model: LoadedModel;
  readonly #files: PackFiles;
  readonly #counts: StageCounts;
  readonly #emit: Emit;
  readonly #texts = new Map<string, DeviceTensor>();

  constructor(model: LoadedModel, files: PackFiles, counts: StageCounts, emit: Emit) {
    this.#model = model;
    this.#files = files;
    this.#counts = counts;
    this.#emit = emit;
  }

  /** The states of a prompt [1, tokens, width]; zeros for an empty one, which is how a model knows no text. */
  async of(prompt: string): Promise<DeviceTensor> {
    const known = this.#texts.get(prompt);
    if (known) return known;
    const { runtime, pack } = this.#model;
    const text = runtime.createTensor(pack.encodeText.outputs.text);
    this.#texts.set(prompt, text);
    if (prompt !== '') await this.#encode(prompt, text);
    return text;
  }

  dispose(): void {
    for (const text of this.#texts.values()) text.dispose();
  }

  async #encode(prompt: string, text: DeviceTensor): Promise<void> {
    this.#counts.begin('tokenize');
    const tokens = (await this.#model.tokenize(this.#files))(prompt);
    if (tokens.cut) {
      this.#emit({ type: 'notice', notice: { code: 'prompt-cut', facts: tokens.cut } });
    }
    this.#counts.add('tokenize', 1);
    this.#counts.begin('encode-text');
    await (await this.#model.textEncoder(this.#files)).encode(tokens, text);
    this.#counts.add('encode-text', 1);
  }
}
