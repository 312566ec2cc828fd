// The model that the page makes films with: read once, and put in another's place when a person chooses so.
import type { LocatedPack } from '../../models/catalogue.ts';
import { filmDefaults } from '../../models/pack.ts';
import type { Studio } from '../studio/studio.ts';
import { offersOf } from './offers.ts';
import type { FilmDraft } from './write/film-draft.svelte.ts';

/** The model of one page, and the form that is for it. */
export class ModelInUse {
  located = $state.raw<LocatedPack>();
  readonly #studio: Studio;
  readonly #draft: FilmDraft;

  constructor(studio: Studio, draft: FilmDraft) {
    this.#studio = studio;
    this.#draft = draft;
  }

  readonly defaults = $derived(this.located && filmDefaults(this.located.pack));
  readonly offers = $derived(offersOf(this.defaults));
  readonly framesPerSecond = $derived(this.defaults?.grid.framesPerSecond ?? 12);

  /**
   * Reads it, unless it has been read.
   * @throws StudioError what `Studio.pack` throws
   */
  async load(): Promise<LocatedPack> {
    return this.located ?? this.take(await this.#studio.pack());
  }

  /** Puts a model in its place. */
  take(located: LocatedPack): LocatedPack {
    if (this.located !== located) {
      this.located = located;
      this.#draft.offer(filmDefaults(located.pack));
    }
    return located;
  }
}
