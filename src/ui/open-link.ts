// A film in the page's address comes into the form, where a person looks at it first; nothing is ever made from it alone.
import { filmInFragment } from '../core/film-link.ts';
import { filmDefaults } from '../../models/pack.ts';
import { words } from './messages.ts';
import type { PageState } from './page-state.svelte.ts';

/** Takes the film of a fragment into the form, or shows what is wrong with it. */
export async function openLink(page: PageState, fragment: string): Promise<void> {
  // Consent to a download was asked for another film.
  if (page.phase === 'asking') page.cancel();
  page.fault.clear();
  try {
    const { pack } = await page.loadPack();
    page.draft.load(await filmInFragment(fragment, filmDefaults(pack)));
    page.draft.isFromLink = true;
    page.say(words.fromLink);
  } catch (thrown) {
    page.fault.show(thrown);
  }
}
