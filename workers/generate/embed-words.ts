// Phrases become directions in the space of meanings, by the text encoder of a pack on one wasm thread.
// It lives in a worker of its own: a film that is ordered meanwhile neither waits for it nor shares its engine.
import { fetchPack } from '../../models/catalogue.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import { studioError } from '../../src/core/errors.ts';
import { isEngineHere } from '../../src/library/engine.ts';
import { browserLibrary } from '../../src/library/library.ts';
import { openPackFiles } from '../../src/library/pack-files.ts';
import type { DeviceTensor } from './device-tensor.ts';
import { TextEncoder } from './encode-text.ts';
import { openRuntime } from './graphs.ts';
import { openTokenizer } from './tokenize.ts';
import type { Tokenize } from './tokenize.ts';

const ONLY_KEPT = 'only what is on this device is used to look words up';

interface OpenedEncoder {
  packUrl: string;
  tokenize: Tokenize;
  encoder: TextEncoder;
  text: DeviceTensor;
}

/** Embeds words; the implementation behind `WordsApi`. */
export class WordEmbedder {
  readonly #isEngineHere: () => Promise<boolean>;
  #opened: OpenedEncoder | undefined;

  /** @param engineIsHere whether the engine can be opened without fetching it */
  constructor(engineIsHere = isEngineHere) {
    this.#isEngineHere = engineIsHere;
  }

  /** @see WordsApi.embed */
  async embed(
    packUrl: string,
    phrases: readonly string[],
    signal: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>[]> {
    if (this.#opened?.packUrl !== packUrl) {
      await this.#opened?.encoder.close();
      this.#opened = undefined;
      if (!(await this.#isEngineHere()))
        throw studioError('engine-unreachable', { reason: ONLY_KEPT });
      this.#opened = await openEncoder(packUrl, signal);
    }
    const { tokenize, encoder, text } = this.#opened;
    const embeddings: Float32Array<ArrayBuffer>[] = [];
    for (const phrase of phrases) {
      // One thread of wasm never lets go by itself, and an abort comes as a message.
      await new Promise((resolve) => setTimeout(resolve));
      throwIfCancelled(signal);
      const tokens = tokenize(phrase);
      await encoder.encode(tokens, text);
      embeddings.push(meanState(await text.read(), tokens.mask));
    }
    return embeddings;
  }
}

async function openEncoder(packUrl: string, signal: AbortSignal): Promise<OpenedEncoder> {
  const located = await fetchPack(packUrl, signal);
  const { pack } = located;
  const files = openPackFiles(located, {
    store: browserLibrary.store,
    fetch: () => Promise.reject(new Error(ONLY_KEPT)),
  });
  const tokenize = await openTokenizer(pack, files);
  throwIfCancelled(signal);
  const refusal = { cause: 'not-asked-for', detail: '' } as const;
  const runtime = await openRuntime({ kind: 'wasm', threadCount: 1, refusal });
  const encoder = await TextEncoder.open(runtime, pack, files);
  return { packUrl, tokenize, encoder, text: runtime.createTensor(pack.encodeText.outputs.text) };
}

/** The mean of the states [tokens, width] that stand for a token and not for padding. */
function meanState(states: Float32Array, mask: Float32Array): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(states.length / mask.length);
  const tokenCount = mask.reduce((sum, weight) => sum + weight, 0);
  for (const [token, weight] of mask.entries()) {
    if (weight === 0) continue;
    for (let index = 0; index < mean.length; index++) {
      mean[index]! += (weight * states[token * mean.length + index]!) / tokenCount;
    }
  }
  return mean;
}
