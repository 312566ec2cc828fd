// The page as one object: what the studio is doing for the form, and what there is to show.
// An order reads the form before and after consent, so a prompt edited meanwhile is the one that counts.
import type { MadeFilm } from '../core/clip.ts';
import { failureOf } from '../core/errors.ts';
import type { Film } from '../core/film.ts';
import { filmDefaults } from '../../models/pack.ts';
import type { MakeOptions, Studio } from '../studio/studio.ts';
import { Fault } from './fault.svelte.ts';
import { ConsentState } from './make/consent-state.svelte.ts';
import { FileIntake } from './write/file-intake.ts';
import type { DraftRow } from './write/draft-row.svelte.ts';
import { FilmDraft } from './write/film-draft.svelte.ts';
import { newSeed } from './new-seed.ts';
import { clipOf, releaseClip, wasSteered } from './watch/finished-clip.ts';
import type { FinishedClip } from './watch/finished-clip.ts';
import { EMPTY_RING } from './watch/frame-ring.ts';
import { KeptData } from './library/kept-data.svelte.ts';
import { Making } from './make/making.svelte.ts';
import type { Meanwhile } from './make/meanwhile.svelte.ts';
import { words } from './messages.ts';
import { ModelInUse } from './model-in-use.svelte.ts';
import {
  changeOrder,
  extendedFilm,
  formOrder,
  retakeOrder,
  variationsOrder,
} from './make/orders.ts';
import type { Order } from './make/orders.ts';
import { progressOf } from './make/page-progress.ts';
import { PrivateMode } from './private-mode.svelte.ts';
import type { Prompting } from './write/prompting.svelte.ts';
import { partRetaken } from './watch/retake-part.ts';
import type { FilmPart } from './watch/retake-part.ts';
import { Screen } from './screen.svelte.ts';
import { storeValue, storedValue } from './stored-value.ts';
import { VariationSet } from './make/variation-set.svelte.ts';

const STORES_FILM_KEY = 'zoetrope.stores-film';

/**
 * `ready` takes orders, `asking` waits for consent, `making` runs a job, `stopping` waits for it to end,
 * `keeping` writes the file of a film that an earlier page left behind, `tending` is busy with a model.
 */
export type PagePhase = 'ready' | 'asking' | 'making' | 'stopping' | 'keeping' | 'tending';

/** Everything that the page shows and can do. */
export class PageState {
  readonly draft = new FilmDraft();
  readonly variations = new VariationSet();
  readonly fault = new Fault();
  readonly model: ModelInUse;
  readonly consent: ConsentState;
  readonly making: Making;
  readonly kept: KeptData;
  readonly files: FileIntake;
  readonly prompting: Promise<Prompting>;
  /** Comes right after the first screen. */
  meanwhile = $state.raw<Meanwhile>();
  readonly screen = new Screen();
  readonly privacy = new PrivateMode();
  playing = $state(true);

  phase = $state<PagePhase>('ready');
  /** Whether a film is in the making of which nobody knows yet what becomes of it. */
  isUnsettled = false;
  /** Whether anything has been ordered yet, so that opening the page moves no focus. */
  touched = $state(false);
  clip = $state.raw<FinishedClip>();
  storesFilm = $state(storedValue(STORES_FILM_KEY) === 'true');

  #abort = new AbortController();
  #chosenIndex: number | undefined;

  constructor(studio: Studio) {
    this.model = new ModelInUse(studio, this.draft);
    this.consent = new ConsentState(studio);
    this.making = new Making(studio);
    this.kept = new KeptData(studio, this.fault);
    this.files = new FileIntake(this);
    this.prompting = import('./write/prompting.svelte.ts').then(
      ({ Prompting }) => new Prompting(studio, this.draft, () => !this.isPrivate),
    );
  }

  /** Whether nothing more of what is made here is to be kept. */
  get isPrivate(): boolean {
    return this.privacy.isOn;
  }

  readonly busy = $derived(this.phase === 'making' || this.phase === 'stopping');
  /** A film without end has no next variation. */
  readonly canVary = $derived.by(() => this.draft.seconds !== Infinity);
  /** Whether an end of the job now leaves a clip. */
  readonly canKeep = $derived.by(
    () => this.making.ring.frames.length > 0 || this.variations.isAnyMade,
  );
  /** Whether other words can still be given to the film in the making. */
  readonly canSteer = $derived.by(
    () => this.phase === 'making' && this.variations.count === 0 && this.making.isLong,
  );
  readonly progress = $derived.by(() => progressOf(this));
  /** The film whose pictures are on the stage. */
  readonly shownFilm = $derived.by(() => (this.busy ? this.making.film : this.clip?.film));
  readonly shownRing = $derived.by(() =>
    this.busy ? this.making.pictures : (this.clip?.ring ?? EMPTY_RING),
  );
  readonly queue = $derived(this.meanwhile?.queue);

  /** Tells screen readers what has just changed. */
  say(text: string): void {
    this.making.job.status = text;
  }

  /** Whether a row of the form is in the clip, and can be made anew without those after it. */
  canRetakeRow(row: DraftRow, index: number): boolean {
    const isMade = this.clip?.rowIds.includes(row.id) ?? false;
    const isFollowed = this.draft.rows[index + 1]?.transition === 'continue';
    return isMade && (this.model.offers.arrives || !isFollowed);
  }

  /** Reads the pack and what is stored; call once. */
  async open(): Promise<void> {
    try {
      const [{ Meanwhile }] = await Promise.all([
        import('./make/meanwhile.svelte.ts'),
        // Without a model the page can only say so, and asks again with the first order.
        this.model.load().catch((thrown: unknown) => this.fault.show(thrown)),
      ]);
      this.meanwhile = new Meanwhile(this);
    } catch (thrown) {
      this.fault.show(thrown);
    }
    await this.kept.look();
  }

  /** Makes the film of the form when its turn comes, or asks for consent where a download comes first. */
  async generate(): Promise<void> {
    if (this.phase !== 'ready' && !this.busy) return;
    if (!this.touched) this.draft.takeExample(words.promptPlaceholder);
    this.draft.rollSeed();
    await this.#orderOrQueue(formOrder(this.draft));
  }

  /** Makes the film of the form from several seeds, one after the other. */
  async makeVariations(): Promise<void> {
    if (this.phase !== 'ready') return;
    this.draft.rollSeed();
    await this.order(variationsOrder(this.draft));
  }

  /** Makes one row of the form anew. */
  async retakeRow(row: DraftRow): Promise<void> {
    await this.order(retakeOrder(this.draft, row));
  }

  /** Makes the clip go on for a few seconds. */
  async extend(): Promise<void> {
    await this.#change(extendedFilm);
  }

  /** Makes the clip end where it begins, or no longer. */
  async toggleLoop(): Promise<void> {
    await this.#change((film) => ({ ...film, loops: !film.loops }));
  }

  /** Makes a part of the clip anew. */
  async retakePart(part: FilmPart): Promise<void> {
    const seed = newSeed();
    await this.#change((film) => partRetaken(film, part, seed));
  }

  /** Puts a clip that was made before on the stage. */
  show(made: MadeFilm): void {
    if (this.phase !== 'ready') return;
    this.variations.clear();
    this.#stage(clipOf(made, EMPTY_RING, []));
    this.screen.show('studio');
  }

  /** Takes the clip's film into the form. */
  useSettings(): void {
    if (!this.clip) return;
    this.draft.load(this.clip.film);
    this.clip = { ...this.clip, rowIds: this.draft.rows.map(({ id }) => id) };
  }

  /** Makes one of the variations the clip; those that are not made yet are not made. */
  chooseVariation(index: number): void {
    if (this.busy) {
      this.#chosenIndex = index;
      this.stop();
      return;
    }
    const clip = this.variations.take(index);
    if (!clip) return;
    this.#stage(clip);
    this.useSettings();
    void this.queue?.goOn();
  }

  /** Makes a clip of what an earlier page left behind. */
  async keepUnfinished(): Promise<void> {
    if (this.phase !== 'ready') return;
    this.#begin('keeping');
    try {
      const options = this.#makeOptions();
      const made = await this.kept.finish(options);
      this.#stage(clipOf(made, EMPTY_RING, []));
      await this.#keep(made, options);
      this.say(words.statusDone);
    } catch (thrown) {
      this.fault.show(thrown);
    }
    await this.#end();
  }

  /** Consents to the download in question and goes on. */
  async accept(): Promise<void> {
    const order = this.consent.agree();
    if (this.phase === 'asking') this.phase = 'ready';
    if (order) await this.#orderOrQueue(order);
  }

  /** Withdraws the question, or stops the job where there is none. */
  cancel(): void {
    if (!this.consent.question) this.stop();
    this.consent.question = undefined;
    if (this.phase !== 'asking') return;
    this.queue?.putBack();
    this.phase = 'ready';
  }

  /** Stops the job; it ends within a step, and what was shown of it is kept. */
  stop(): void {
    if (this.phase !== 'making') return;
    this.phase = 'stopping';
    this.#abort.abort();
  }

  /** Puts a film into the list of those that were ordered. */
  remember(film: Film): void {
    void this.prompting.then(({ history }) => history.add(film));
  }

  /** Whether films are written into their files from now on. */
  setStoresFilm(storesFilm: boolean): void {
    this.storesFilm = storesFilm;
    storeValue(STORES_FILM_KEY, String(storesFilm));
  }

  /** Does what no film may be made beside. */
  async tend(work: () => Promise<void>): Promise<void> {
    if (this.phase !== 'ready') return;
    this.phase = 'tending';
    await work();
    await this.#end();
  }

  /** Changes the clip's film and makes what is new in it. */
  async #change(edit: (film: Film) => Film): Promise<void> {
    if (this.clip) await this.order(changeOrder(this.clip.film, edit));
  }

  async #orderOrQueue(order: Order): Promise<void> {
    await (this.busy ? this.queue?.enqueue(order) : this.order(order));
  }

  /** Carries out an order, if nothing else is under way. */
  async order(order: Order): Promise<void> {
    if (this.phase !== 'ready') return;
    this.#begin('making');
    try {
      const { pack } = await this.model.load();
      await this.draft.settled;
      const films = await order.films(filmDefaults(pack));
      if (await this.consent.asks(films[0]!, order, this.#abort.signal)) {
        this.phase = 'asking';
        return;
      }
      if (order.isFromForm) this.remember(films[0]!);
      await (films.length === 1 ? this.#makeClip(films[0]!, order) : this.#makeVariations(films));
      // Who agreed agreed for all that waits.
      if (!this.queue?.waiting.length) this.consent.forget();
    } catch (thrown) {
      this.#fail(thrown, order);
      // What had been shown by then is offered as what a closed page leaves behind.
      await this.kept.look();
    }
    await this.#end();
  }

  #begin(phase: 'making' | 'keeping'): void {
    this.phase = phase;
    this.touched = true;
    // What begins by itself must not wipe away what a person has to read or to answer.
    if (!this.queue?.inHand) {
      this.fault.clear();
      this.consent.question = undefined;
      this.kept.notKept = undefined;
    }
    this.variations.clear();
    this.#abort = new AbortController();
    this.making.clear();
  }

  async #end(): Promise<void> {
    this.phase = 'ready';
    if (this.#chosenIndex !== undefined) this.chooseVariation(this.#chosenIndex);
    this.#chosenIndex = undefined;
    void this.queue?.goOn();
    await this.kept.count();
  }

  async #makeClip(film: Film, { changesForm, isFromForm }: Order): Promise<void> {
    const formBefore = JSON.stringify(this.draft.toJson());
    const rowIds = this.draft.rows.map(({ id }) => id);
    const options = this.#makeOptions();
    this.isUnsettled = true;
    const made = await this.#make(film, options).finally(() => (this.isUnsettled = false));
    const isSteered = wasSteered(film, made.film);
    const isFormUnchanged = JSON.stringify(this.draft.toJson()) === formBefore;
    this.queue?.settle({ state: 'made', made });
    this.#stage(clipOf(made, this.making.ring, isFromForm && !isSteered ? rowIds : []));
    if (changesForm || (isFromForm && isSteered && isFormUnchanged)) this.useSettings();
    await this.#keep(made, options);
  }

  async #makeVariations(films: readonly Film[]): Promise<void> {
    this.variations.begin(films);
    try {
      for (const [index, film] of films.entries()) {
        this.variations.index = index;
        const options = this.#makeOptions();
        const made = await this.#make(film, options);
        this.variations.put(clipOf(made, this.making.ring, []));
        if (this.#chosenIndex === undefined) await this.#keep(made, options);
        if (this.#abort.signal.aborted) break;
      }
    } finally {
      this.variations.keepMade();
    }
  }

  async #make(film: Film, options: MakeOptions): Promise<MadeFilm> {
    const { signal } = this.#abort;
    const made = await this.making.make(
      film,
      { ...options, grid: this.model.defaults!.grid },
      signal,
    );
    this.say(signal.aborted ? words.statusStopped : words.statusDone);
    return made;
  }

  #fail(thrown: unknown, { isFromForm }: Order): void {
    const failure = failureOf(thrown);
    if (failure.code === 'cancelled') {
      this.queue?.remove(this.queue.inHand);
      this.say(this.variations.count > 0 ? words.statusStopped : words.statusCancelled);
    } else if (!this.queue?.settle({ state: 'failed', failure })) {
      this.fault.show(thrown, isFromForm ? 'form' : undefined);
    }
  }

  #makeOptions(): MakeOptions {
    return { storesFilm: this.storesFilm, isPrivate: this.isPrivate };
  }

  /** Puts a new clip into the library; a page that closes before it is there would lose it. */
  async #keep(made: MadeFilm, { isPrivate }: MakeOptions): Promise<void> {
    // Whoever turned private mode on meanwhile does not want it there either.
    if (!isPrivate && !this.isPrivate) await this.kept.keepClip(made);
  }

  #stage(clip: FinishedClip): void {
    if (this.clip) releaseClip(this.clip);
    this.clip = clip;
  }
}
