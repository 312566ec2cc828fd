// Films one after the other: each as it was when it was added, and what became of it, in the place where it stood.
// Those that are over come first, then the one in hand, then those that wait.
import type { MadeFilm } from '../../core/clip.ts';
import type { Failure } from '../../core/errors.ts';
import type { Film } from '../../core/film.ts';
import { filmDefaults } from '../../../models/pack.ts';
import { words } from '../messages.ts';
import { queuedOrder } from './orders.ts';
import type { Order } from './orders.ts';
import type { PageState } from '../page-state.svelte.ts';

/** What became of a film that is over. */
type Outcome = { state: 'made'; made: MadeFilm } | { state: 'failed'; failure: Failure };

/** A film of the queue. */
export type QueuedFilm = { id: number; film: Film } & ({ state: 'waiting' | 'making' } | Outcome);

/** The films of the queue; empty as long as one film at a time is enough. */
export class QueueState {
  films = $state.raw<readonly QueuedFilm[]>([]);
  readonly waiting = $derived(this.films.filter(({ state }) => state === 'waiting'));
  readonly inHand = $derived(this.films.find(({ state }) => state === 'making'));
  readonly failedCount = $derived(this.films.filter(({ state }) => state === 'failed').length);
  readonly #page: PageState;
  #count = 0;

  constructor(page: PageState) {
    this.#page = page;
  }

  /** Lets the film of an order, as it is now, wait behind the others; asks for consent where a download comes first. */
  async enqueue(order: Order): Promise<void> {
    const page = this.#page;
    page.fault.clear();
    try {
      await page.draft.settled;
      const [film] = await order.films(filmDefaults(page.model.located!.pack));
      if (!film || (await page.consent.asks(film, order))) return;
      page.remember(film);
      // From now on what becomes of the film that is being made is told here as well.
      if (page.isUnsettled && !this.inHand) this.#add(page.making.film!, 'making');
      this.#add(film, 'waiting');
      page.say(words.queueAdded(this.waiting.length));
      // The one before may have come to its end meanwhile.
      void this.goOn();
    } catch (thrown) {
      page.fault.show(thrown, 'form');
    }
  }

  /** Begins with the next film, unless another is being made or none waits. */
  async goOn(): Promise<void> {
    const [next] = this.waiting;
    // Variations that wait to be chosen from would go.
    if (!next || this.#page.phase !== 'ready' || this.#page.variations.count > 0) return;
    this.#change(next, { state: 'making' });
    const made = this.#page.order(queuedOrder(next.film));
    this.#page.say(words.queueNext(next.film.rows[0]!.prompt));
    await made;
  }

  /** Lets the film in hand wait again, as the first. */
  putBack(): void {
    if (this.inHand) this.#change(this.inHand, { state: 'waiting' });
  }

  /** Keeps what became of the film in hand; false where that one is not of the queue. */
  settle(outcome: Outcome): boolean {
    const { inHand } = this;
    if (inHand) this.#change(inHand, outcome);
    return inHand !== undefined;
  }

  /** Puts a film that waits at another place among those that wait; false where there is none. */
  move({ id }: QueuedFilm, to: number): boolean {
    // As it is now, which may be another object than the one that was grabbed.
    const film = this.waiting.find((other) => other.id === id);
    if (!film || to < 0 || to >= this.waiting.length) return false;
    const others = this.films.filter((other) => other !== film);
    this.films = others.toSpliced(this.films.length - this.waiting.length + to, 0, film);
    return true;
  }

  remove(film: QueuedFilm | undefined): void {
    this.films = this.films.filter(({ id }) => id !== film?.id);
  }

  /** Takes a film that waits back into the form. */
  edit(film: QueuedFilm): void {
    this.#page.draft.load(film.film);
    this.remove(film);
    this.#page.say(words.queueEdited);
  }

  /** Stops the film in hand, and forgets those that wait. */
  stopAll(): void {
    this.films = this.films.filter(({ state }) => state !== 'waiting');
    this.#page.stop();
  }

  #add(film: Film, state: 'waiting' | 'making'): void {
    this.films = [...this.films, { id: this.#count++, film, state }];
  }

  #change({ id, film }: QueuedFilm, state: Outcome | { state: 'waiting' | 'making' }): void {
    this.films = this.films.map((other) => (other.id === id ? { id, film, ...state } : other));
  }
}
