// What stood in the form before a click wrote over it: kept so that one click brings back exactly that.
// Rows come back as the objects that they were, so a clip still knows the rows that it was made from.
import type { DraftRow } from './draft-row.svelte.ts';
import type { FilmDraft } from './film-draft.svelte.ts';

const MAX_KEPT_COUNT = 50;
const DRAFT_FIELDS = [
  'size',
  'seedText',
  'isSeedLocked',
  'stepCountText',
  'guidanceText',
  'negativePrompt',
  'loops',
  'isFromLink',
  'rows',
] as const;
const ROW_FIELDS = [
  'prompt',
  'camera',
  'secondsText',
  'isEndless',
  'transition',
  'startPicture',
  'endPicture',
  'seed',
  'retakes',
] as const;

/** The fields of the draft and of each of its rows. */
type FormState = readonly { of: object; fields: Record<string, unknown> }[];

/** What can be taken back, and taken back again. */
export class FormUndo {
  readonly #draft: FilmDraft;
  #past = $state.raw<readonly FormState[]>([]);
  #future = $state.raw<readonly FormState[]>([]);

  constructor(draft: FilmDraft) {
    this.#draft = draft;
  }

  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);

  /** Keeps the form as it is now; to be called before something writes over it. */
  keep(): void {
    this.#past = [...this.#past, this.#state()].slice(-MAX_KEPT_COUNT);
    this.#future = [];
  }

  /** Brings back what was kept last. */
  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#future = [...this.#future, this.#state()];
    this.#past = this.#past.slice(0, -1);
    this.#restore(before);
  }

  /** Brings back what `undo` took away. */
  redo(): void {
    const after = this.#future.at(-1);
    if (!after) return;
    this.#past = [...this.#past, this.#state()];
    this.#future = this.#future.slice(0, -1);
    this.#restore(after);
  }

  #restore(state: FormState): void {
    for (const { of, fields } of state) Object.assign(of, fields);
    // The model may be another by now.
    this.#draft.fitSize();
  }

  #state(): FormState {
    const ofRow = (row: DraftRow) => ({ of: row, fields: fieldsOf(row, ROW_FIELDS) });
    const draft = this.#draft;
    return [{ of: draft, fields: fieldsOf(draft, DRAFT_FIELDS) }, ...draft.rows.map(ofRow)];
  }
}

function fieldsOf<T>(object: T, names: readonly (keyof T & string)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, object[name]]));
}
