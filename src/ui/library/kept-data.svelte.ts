// What this browser keeps for the page: the model, finished clips, and a film that an earlier page left behind.
import type { StorageRefusal } from '../../core/storage-refusal.ts';
import type { MadeFilm } from '../../core/clip.ts';
import { once } from '../../core/once.ts';
import type { MakeOptions, Studio, UnfinishedFilm } from '../../studio/studio.ts';
import type { ClipShelf } from './clip-shelf.svelte.ts';
import type { Fault } from '../fault.svelte.ts';
import type { ModelsState } from '../models/models-state.svelte.ts';
import type { PageState } from '../page-state.svelte.ts';
import { isPrivate, setPrivate } from '../stored-value.ts';

/** Kept bytes and films, as far as the page shows them. */
export class KeptData {
  storedByteLength = $state(0);
  /** Whether the number above has been counted yet. */
  isCounted = $state(false);
  unfinished = $state.raw<UnfinishedFilm>();

  /** Why a clip that was ordered last, or waited with it, is not in the library, if so. */
  notKept = $state<StorageRefusal>();

  /** The library; it comes when it is first asked for. */
  readonly shelf = once(async (): Promise<ClipShelf> => {
    const { openShelf } = await import('./clip-shelf.svelte.ts');
    return openShelf(this.#studio);
  });
  /** The models of the site; they come when they are first asked for. */
  readonly models = once(async (page: PageState): Promise<ModelsState> => {
    const { openModels } = await import('../models/models-state.svelte.ts');
    return openModels(page, this.#studio);
  });
  readonly #studio: Studio;
  readonly #fault: Fault;

  constructor(studio: Studio, fault: Fault) {
    this.#studio = studio;
    this.#fault = fault;
  }

  /** Looks what an earlier page, or a job that failed, left behind. */
  async look(): Promise<void> {
    await this.#try(async () => {
      this.unfinished = await this.#studio.unfinished();
    });
  }

  async count(): Promise<void> {
    try {
      this.storedByteLength = await this.#studio.storedByteLength();
      this.isCounted = true;
    } catch (thrown) {
      // What happened before matters more than a number at the foot of the page.
      if (!this.#fault.failure) this.#fault.show(thrown);
    }
  }

  /** Puts a clip into the library. */
  async keepClip(made: MadeFilm): Promise<void> {
    try {
      this.notKept = (await (await this.shelf()).keep(made)) ?? this.notKept;
    } catch (thrown) {
      this.#fault.show(thrown);
    }
  }

  /** Makes a clip of what was left behind. */
  async finish(options: MakeOptions): Promise<MadeFilm> {
    const made = await this.#studio.finishUnfinished(options);
    this.unfinished = undefined;
    return made;
  }

  async dropUnfinished(): Promise<void> {
    this.unfinished = undefined;
    await this.#try(() => this.#studio.dropUnfinished());
  }

  /** Forgets everything that this site keeps in the browser. */
  async deleteEverything(): Promise<void> {
    const wasPrivate = isPrivate();
    this.unfinished = undefined;
    await this.#try(async () => (await this.shelf()).deleteEverything());
    // The one setting that a person would not want back as it was.
    if (wasPrivate) setPrivate(true);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#fault.show(thrown);
    }
    await this.count();
  }
}
