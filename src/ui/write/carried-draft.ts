// The form, kept from one load of the page to the next in the same tab.
import type { Film } from '../../core/film.ts';
import { parseFilm } from '../../core/parse-film.ts';
import { filmDefaults } from '../../../models/pack.ts';
import type { PageState } from '../page-state.svelte.ts';

const KEY = 'zoetrope.carried-draft';

interface CarriedDraft {
  film: Film;
  isSeedLocked: boolean;
}

/** Whether nothing has been written into the form. */
export function isBlank({ draft }: PageState): boolean {
  return draft.rows.every(({ prompt }) => prompt === '');
}

/**
 * What the form holds; undefined where that is nothing.
 * @throws StudioError what `parseFilm` refuses
 */
export function draftToCarry(page: PageState): CarriedDraft | undefined {
  const { draft } = page;
  const { located } = page.model;
  if (isBlank(page) || !located) return undefined;
  const film = parseFilm(draft.toJson(), filmDefaults(located.pack));
  return { film, isSeedLocked: draft.isSeedLocked };
}

/**
 * Keeps a draft for the next load.
 * @throws DOMException where the tab has no room for it
 */
export function carry(carried: CarriedDraft | undefined): void {
  if (carried) sessionStorage.setItem(KEY, JSON.stringify(carried));
}

/** Takes what an earlier load has kept into a form that holds nothing yet. */
export async function takeCarried(page: PageState): Promise<void> {
  const json = sessionStorage.getItem(KEY);
  if (json === null) return;
  sessionStorage.removeItem(KEY);
  const { film, isSeedLocked } = JSON.parse(json) as CarriedDraft;
  const { pack } = await page.model.load();
  if (!isBlank(page)) return;
  page.draft.load(parseFilm(film, filmDefaults(pack)));
  page.draft.isSeedLocked = isSeedLocked;
}
