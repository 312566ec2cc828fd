// The form, kept from one load of the page to the next in the same tab.
import type { Film } from '../../core/film.ts';
import { checkVersion, parseFilm } from '../../core/parse-film.ts';
import { filmDefaults } from '../../../models/pack.ts';
import type { PageState } from '../page-state.svelte.ts';
import { tabStorage } from '../stored-value.ts';

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
 * @throws StudioError what `parseFilm` refuses, or why there is no model
 */
export async function draftToCarry(page: PageState): Promise<CarriedDraft | undefined> {
  if (isBlank(page)) return undefined;
  const { draft } = page;
  const { pack } = await page.model.load();
  await draft.settled;
  const film = parseFilm(draft.toJson(), filmDefaults(pack));
  return { film, isSeedLocked: draft.isSeedLocked };
}

/**
 * Keeps a draft for the next load.
 * @throws DOMException where the tab has no room for it
 */
export function carry(carried: CarriedDraft | undefined): void {
  if (carried) sessionStorage.setItem(KEY, JSON.stringify(carried));
}

/**
 * Takes what an earlier load has kept into a form that holds nothing yet; until it is there, it stays kept.
 * It waits for no model: one that lacks the film's size has the form fitted to it when it comes.
 */
export function takeCarried(page: PageState): void {
  const json = tabStorage()?.getItem(KEY);
  if (!json || !isBlank(page)) return;
  try {
    const { film, isSeedLocked } = JSON.parse(json) as CarriedDraft;
    checkVersion(film.version);
    page.draft.load(film);
    page.draft.isSeedLocked = isSeedLocked;
    sessionStorage.removeItem(KEY);
  } catch (thrown) {
    page.fault.show(thrown);
  }
}
