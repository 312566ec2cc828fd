// One row of the form as the model reads it, while it is typed: known phrases at once, other words when they are looked up.
import { promptOf } from '../../core/film.ts';
import { NO_MEANINGS, joined, readerOf } from '../../core/understand.ts';
import type { Reader } from '../../core/understand.ts';
import type { ModelPack } from '../../../models/pack.ts';
import type { DraftRow } from './draft-row.svelte.ts';
import type { Prompting } from './prompting.svelte.ts';

const readers = new WeakMap<ModelPack, Reader>();

/** What is understood of a row. */
export class RowReading {
  readonly #row: DraftRow;
  readonly #prompting: Prompting;
  readonly #read: Reader;
  #meanings = $state.raw(NO_MEANINGS);

  constructor(row: DraftRow, prompting: Prompting, pack: ModelPack) {
    this.#row = row;
    this.#prompting = prompting;
    this.#read = readerOfPack(pack);
  }

  /** Of the prompt alone, with places in it. */
  readonly ofPrompt = $derived.by(() => this.#read(this.#row.prompt, this.#meanings));
  /** Of all that the model is told, the camera included. */
  readonly ofAll = $derived.by(() => this.#read(promptOf(this.#row), this.#meanings));

  /** Looks up the words that are in no list, where that can be done now. */
  async lookUp(signal: AbortSignal): Promise<void> {
    const { open } = this.ofPrompt;
    if (open.length === 0) return;
    const found = await this.#prompting.meaningsOf(open, signal);
    if (found) this.#meanings = joined(this.#meanings, found);
  }
}

/** The reader of a pack, made once. */
export function readerOfPack(pack: ModelPack): Reader {
  const reader = readers.get(pack) ?? readerOf(pack.words, pack.examples);
  readers.set(pack, reader);
  return reader;
}
