// What a first visit is, and what its first clip would bring down.
import { parseFilm } from '../core/parse-film.ts';
import { filmDefaults } from '../../models/pack.ts';
import type { Download } from '../studio/studio.ts';
import { words } from './messages.ts';
import type { PageState } from './page-state.svelte.ts';

/** Whether this device has no model yet and nothing has been made: the page has to say what is to come. */
export function isFirstVisit({ kept, clip, busy, variations }: PageState): boolean {
  return kept.isCounted && kept.storedByteLength === 0 && !clip && !busy && variations.count === 0;
}

/** What the first clip would bring down; undefined where it cannot be told now, or nothing is missing. */
export async function firstDownload(page: PageState): Promise<Download | undefined> {
  try {
    const { pack } = await page.model.load();
    const film = parseFilm({ prompt: words.promptPlaceholder }, filmDefaults(pack));
    const download = await page.consent.foresee(film);
    return download.missingByteLength > 0 ? download : undefined;
  } catch {
    // Nobody has asked for anything yet; whoever does is told what is wrong.
    return undefined;
  }
}
