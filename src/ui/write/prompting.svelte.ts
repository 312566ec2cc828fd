// What helps with the words of the form: what they mean to the model, what was ordered before, and the way back.
// It comes right after the first screen, which does without it.
import type { Studio } from '../../studio/studio.ts';
import type { FilmDraft } from './film-draft.svelte.ts';
import { FormUndo } from './form-undo.svelte.ts';
import { PromptHistory } from './prompt-history.svelte.ts';

/** The help of one page. */
export class Prompting {
  readonly undo: FormUndo;
  readonly history: PromptHistory;
  /** @see Studio.meaningsOf */
  readonly meaningsOf: Studio['meaningsOf'];

  /** @param keeps whether what is ordered may be kept in this browser */
  constructor(studio: Studio, draft: FilmDraft, keeps: () => boolean) {
    this.undo = new FormUndo(draft);
    this.history = new PromptHistory(keeps);
    this.meaningsOf = (asked, signal) => studio.meaningsOf(asked, signal);
    draft.beforeReplaced = () => this.undo.keep();
  }
}
