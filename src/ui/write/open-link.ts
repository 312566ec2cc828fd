// A film in the page's address comes into the form, where a person looks at it first; nothing is ever made from it alone.
import { FILM_FRAGMENT, filmInFragment } from '../../core/film-link.ts';
import { filmDefaults } from '../../../models/pack.ts';
import { words } from '../messages.ts';
import type { PageState } from '../page-state.svelte.ts';

/** Takes the film of the page's address into the form, or shows what is wrong with it; nothing where there is none. */
export async function openLink(page: PageState): Promise<void> {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(FILM_FRAGMENT)) return;
  // Consent to a download was asked for another film.
  if (page.phase === 'asking') page.cancel();
  page.fault.clear();
  try {
    const { pack } = await page.model.load();
    page.draft.load(await filmInFragment(hash, filmDefaults(pack)));
    page.draft.isFromLink = true;
    page.say(words.fromLink);
  } catch (thrown) {
    page.fault.show(thrown);
  } finally {
    // What it asks for is not to stay in the address, nor in the history; until here a reload loses nothing.
    if (location.hash === hash) history.replaceState(history.state, '', pathname + search);
  }
}
