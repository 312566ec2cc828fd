// What a click writes into the form: a phrase, a sentence, a film from before. Each can be taken back.
import type { Film } from '../../core/film.ts';
import { parseFilm } from '../../core/parse-film.ts';
import { surprise } from '../../core/surprise.ts';
import type { KnownPhrase, Reading } from '../../core/understand.ts';
import { withPhrase, withoutPhrase } from '../../core/write-words.ts';
import { filmDefaults } from '../../../models/pack.ts';
import type { ModelPack } from '../../../models/pack.ts';
import type { DraftRow } from './draft-row.svelte.ts';
import { words } from '../messages.ts';
import { newSeed } from '../new-seed.ts';
import type { PageState } from '../page-state.svelte.ts';

/** Whether a row says a phrase in the model's own words. */
export function says({ kind, phrase }: KnownPhrase, row: DraftRow, reading: Reading): boolean {
  if (kind === 'cameras' && row.camera === phrase) return true;
  return matchOf({ kind, phrase }, reading) !== undefined;
}

/** Writes a phrase into a row, or takes it out where it stands there already. */
export function togglePhrase(
  page: PageState,
  row: DraftRow,
  known: KnownPhrase,
  reading: Reading,
): void {
  page.draft.beforeReplaced();
  const { kind, phrase } = known;
  const old = matchOf(known, reading);
  if (kind === 'cameras') {
    const isSaid = says(known, row, reading);
    const inPrompt = reading.matches.filter((match) => match.kind === kind);
    // From the last to the first, so that the places of those before stay right.
    row.prompt = inPrompt.reduceRight(
      (text, match) => withoutPhrase(text, match, reading),
      row.prompt,
    );
    row.camera = isSaid ? '' : phrase;
  } else {
    row.prompt = old
      ? withoutPhrase(row.prompt, old, reading)
      : withPhrase(row.prompt, known, reading);
  }
}

/** Writes a sentence that nobody thought of into a row. */
export function writeSurprise(page: PageState, row: DraftRow, pack: ModelPack): void {
  page.draft.beforeReplaced();
  Object.assign(row, surprise(pack.words, pack.fits ?? {}, newSeed()));
}

/** Makes the film of an example, in place of all that stands in the form. */
export function runExample(page: PageState, prompt: string): void {
  page.draft.beforeReplaced();
  page.draft.begin(prompt);
  void page.generate();
}

/** Takes the film of a clip that was made before into the form. */
export function takeFilm(page: PageState, film: Film): void {
  page.fault.clear();
  page.draft.load(film);
  page.say(words.statusTaken);
}

/** Takes a film that was ordered before into the form. */
export function takeEarlier(page: PageState, film: Film, pack: ModelPack): void {
  try {
    takeFilm(page, parseFilm(film, filmDefaults(pack)));
  } catch (thrown) {
    page.fault.show(thrown);
  }
}

function matchOf({ kind, phrase }: KnownPhrase, { matches }: Reading) {
  return matches.find(
    (match) => match.by === 'whole' && match.kind === kind && match.phrase === phrase,
  );
}
