// A prompt becomes token ids and a mask; the only importer of the tokenizer library.
// A prompt that is too long is cut, and the caller is told where.
import { Tokenizer } from '@huggingface/tokenizers';

import type { ModelPack } from '../../models/pack.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';

/** A tokenized prompt, padded with 0. */
export interface Tokens {
  /** [1, tokenCount] */
  ids: BigInt64Array<ArrayBuffer>;
  /** [1, tokenCount], 1 for a token, 0 for padding. */
  mask: Float32Array<ArrayBuffer>;
  /** Set when the prompt was longer than the model reads. */
  cut: { tokenCount: number; maxTokenCount: number; lastWord: string } | undefined;
}

/** Turns prompts into tokens as the pack's text encoder was trained to read them. */
export type Tokenize = (prompt: string) => Tokens;

/** Opens the tokenizer of a pack. */
export async function openTokenizer(pack: ModelPack, files: PackFiles): Promise<Tokenize> {
  const description = JSON.parse(
    new TextDecoder().decode(await files.bytes(pack.tokenizer.file)),
  ) as object;
  const tokenizer = new Tokenizer(description, {});
  return (prompt) => tokenize(tokenizer, prompt, pack.tokenizer.tokenCount);
}

function tokenize(tokenizer: Tokenizer, prompt: string, maxTokenCount: number): Tokens {
  const { ids: all } = tokenizer.encode(asReferenceReads(prompt));
  const isCut = all.length > maxTokenCount;
  // The last token closes the sentence, also when what stands before it is cut.
  const kept = isCut ? [...all.slice(0, maxTokenCount - 1), ...all.slice(-1)] : all;
  const ids = new BigInt64Array(maxTokenCount);
  const mask = new Float32Array(maxTokenCount);
  kept.forEach((id, index) => {
    ids[index] = BigInt(id);
    mask[index] = 1;
  });
  if (!isCut) return { ids, mask, cut: undefined };
  const lastWord = tokenizer.decode(kept.slice(-4, -1), { skip_special_tokens: true });
  return { ids, mask, cut: { tokenCount: all.length, maxTokenCount, lastWord } };
}

/**
 * Mends two places where the library differs from the reference tokenizer (Hugging Face tokenizers 0.23):
 * it lower-cases a final Σ by its position, and does not part ideographs outside the basic plane.
 */
function asReferenceReads(prompt: string): string {
  return prompt.replaceAll('Σ', 'σ').replace(/[\u{20000}-\u{2fa1f}]/gu, ' $& ');
}
