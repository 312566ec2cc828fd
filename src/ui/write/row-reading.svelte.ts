// One row of the form as the model reads it, while it is typed: known phrases at once, other words when they are looked up.
import { promptOf } from '../../core/film.ts';
import { NO_MEANINGS, WORD_KINDS, isComplete, joined, readerOf } from '../../core/understand.ts';
import type { Reader, Reading, WordKind } from '../../core/understand.ts';
import type { ModelPack } from '../../../models/pack.ts';
import type { DraftRow } from './draft-row.svelte.ts';
import type { Prompting } from './prompting.svelte.ts';

const PAUSE_MS = 300;
const NOTHING_READ: Reading = { matches: [], open: [], unknown: [] };

const readers = new WeakMap<ModelPack, Reader>();

/** What is understood of a row, and what else could be said in it; lives as long as the component that makes it. */
export class RowReading {
  /** The kinds of words that the model has. */
  readonly kinds: readonly WordKind[];
  readonly #row: DraftRow;
  readonly #prompting: Prompting;
  readonly #pack: ModelPack;
  readonly #read: Reader;
  #meanings = $state.raw(NO_MEANINGS);
  #shown = $state.raw(NOTHING_READ);

  /** @param mayAsk whether the model has time for words that are in no list */
  constructor(row: DraftRow, prompting: Prompting, pack: ModelPack, mayAsk: () => boolean) {
    this.#row = row;
    this.#prompting = prompting;
    this.#pack = pack;
    this.#read = readerOfPack(pack);
    this.kinds = WORD_KINDS.filter((kind) => pack.words[kind].length > 0);
    // Also when a film ends: what could not be looked up before may be now.
    $effect(() => this.#showAfterPause(mayAsk()));
  }

  /** Of the prompt alone, with places in it. */
  readonly ofPrompt = $derived.by(() => this.#read(this.#row.prompt, this.#meanings));
  /** Of all that the model is told, the camera included. */
  readonly #ofAll = $derived.by(() => this.#read(promptOf(this.#row), this.#meanings));
  /** What was understood when typing last paused, in the order in which a sentence says it. */
  readonly understood = $derived(
    WORD_KINDS.flatMap((kind) => this.#shown.matches.filter((match) => match.kind === kind)),
  );

  /** All that was read when typing last paused. */
  get shown(): Reading {
    return this.#shown;
  }

  /** The phrases of a kind that a click can write. */
  phrasesOf(kind: WordKind): readonly string[] {
    const phrases = this.#pack.words[kind].filter(isComplete);
    const { camera } = this.#row;
    // A film from elsewhere may have a camera of its own.
    const isForeign = kind === 'cameras' && camera !== '' && !phrases.includes(camera);
    return isForeign ? [...phrases, camera] : phrases;
  }

  #showAfterPause(mayAsk: boolean): () => void {
    const reading = this.#ofAll;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      this.#shown = reading;
      if (mayAsk) void this.#lookUp(stop.signal);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }

  async #lookUp(signal: AbortSignal): Promise<void> {
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
