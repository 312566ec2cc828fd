// Words that are in no list become the known phrase that they are nearest to, by the pack's own text encoder.
// Only a help, so it costs nobody anything: no download is started for it, it gives way to a film at once,
// and what goes wrong in it is kept to itself.
import { WorkerThread } from '../boundary/thread.ts';
import type { WordsApi } from '../core/api.ts';
import { throwIfCancelled } from '../core/cancel.ts';
import { StudioError, studioError } from '../core/errors.ts';
import { nearestPhrase } from '../core/nearest-phrase.ts';
import type { PlacedPhrase } from '../core/nearest-phrase.ts';
import { WORD_KINDS, gistOf } from '../core/understand.ts';
import type { KnownPhrase, Meanings } from '../core/understand.ts';
import { missingByteLength } from '../library/obtain.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { wordFilesOf } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';

/** How long the worker waits for the next word; what it has learned stays with the page. */
const IDLE_MS = 60_000;

/** What words mean to packs. */
export class WordMeanings {
  readonly #thread = new WorkerThread<WordsApi>(
    'words',
    () => new Worker(new URL('../../workers/words.worker.ts', import.meta.url), { type: 'module' }),
  );
  readonly #embeddings = new Map<string, Float32Array>();
  #packUrl = '';
  #isBroken = false;
  #resting = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** The meanings of words; undefined where they cannot be looked up now. */
  async of(
    { url, pack }: LocatedPack,
    asked: readonly string[],
    signal: AbortSignal,
  ): Promise<Meanings | undefined> {
    const rest = this.#resting.signal;
    if (this.#packUrl !== url) this.#embeddings.clear();
    this.#packUrl = url;
    const known = knownPhrases(pack);
    try {
      if ((await missingByteLength(pack, wordFilesOf(pack))) > 0) return undefined;
      // Whoever types on asks for other words, and needs the known ones all the same.
      await this.#learn(known.map(gistOf), rest);
      await this.#learn(asked, AbortSignal.any([signal, rest]));
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown;
      // The engine comes with the first film.
      this.#isBroken ||= thrown.code !== 'cancelled' && thrown.code !== 'engine-unreachable';
      return undefined;
    }
    const placed = known.map((phrase): PlacedPhrase => {
      return { ...phrase, embedding: this.#embeddings.get(gistOf(phrase))! };
    });
    return new Map(
      asked.map((word) => [word, nearestPhrase(this.#embeddings.get(word)!, placed)] as const),
    );
  }

  /** Ends the work and its worker: a film needs the processor and the memory. */
  rest(): void {
    clearTimeout(this.#idle);
    this.#resting.abort();
    this.#resting = new AbortController();
    this.#thread.end();
  }

  /** Embeds what is not embedded yet, one call after the other. */
  #learn(phrases: readonly string[], signal: AbortSignal): Promise<void> {
    const learning = this.#queue.then(async () => {
      const missing = [...new Set(phrases)].filter((phrase) => !this.#embeddings.has(phrase));
      if (missing.length === 0) return;
      throwIfCancelled(signal);
      // What has broken once would only break again, some seconds of work later.
      if (this.#isBroken) throw studioError('cancelled', {});
      clearTimeout(this.#idle);
      const embed = (api: WordsApi) => api.embed(this.#packUrl, missing, signal);
      const embeddings = await this.#thread.call(embed, signal);
      this.#idle = setTimeout(() => this.rest(), IDLE_MS);
      missing.forEach((phrase, index) => this.#embeddings.set(phrase, embeddings[index]!));
    });
    this.#queue = learning.catch(() => undefined);
    return learning;
  }
}

/** Cameras are words about the picture and not of what is in it: no other word is near to them. */
function knownPhrases({ words }: ModelPack): KnownPhrase[] {
  return WORD_KINDS.filter((kind) => kind !== 'cameras').flatMap((kind) =>
    words[kind].map((phrase) => ({ kind, phrase })),
  );
}
