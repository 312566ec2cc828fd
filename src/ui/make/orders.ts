// What a person can order: each order reads the form or the clip when it is carried out, not when it is given;
// of one that waits its turn the film is read when it begins to wait.
import { extended, retaken } from '../../core/film-edit.ts';
import type { Film, FilmDefaults } from '../../core/film.ts';
import { newSeed } from '../new-seed.ts';
import type { DraftRow } from '../write/draft-row.svelte.ts';
import type { FilmDraft } from '../write/film-draft.svelte.ts';

const filmParser = () => import('../../core/parse-film.ts');

// The page shows itself without, and the first order finds it here; where it did not come, that order asks again.
filmParser().catch(() => undefined);

export const EXTENSION_SECONDS = 3;
const VARIATION_COUNT = 4;

/** Something to be made. */
export interface Order {
  /**
   * Several films are variations to choose from.
   * @throws StudioError what `parseFilm` refuses
   */
  films: (defaults: FilmDefaults) => Promise<readonly Film[]>;
  /** Whether what is wrong with it is wrong in the form. */
  isFromForm: boolean;
  /** Whether the form takes on what was made. */
  changesForm: boolean;
}

/** The film of the form. */
export function formOrder(draft: FilmDraft): Order {
  const films = async (defaults: FilmDefaults) => [await parsed(draft.toJson(), defaults)];
  return { films, isFromForm: true, changesForm: false };
}

/** The film of the form from several seeds, its own first. */
export function variationsOrder(draft: FilmDraft): Order {
  const seeds = Array.from({ length: VARIATION_COUNT - 1 }, newSeed);
  const films = async (defaults: FilmDefaults) => {
    const film = await parsed(draft.toJson(), defaults);
    return [film, ...seeds.map((seed) => withOnlySeed(film, seed))];
  };
  return { films, isFromForm: true, changesForm: false };
}

/** The film of the form with one row made anew. */
export function retakeOrder(draft: FilmDraft, row: DraftRow): Order {
  const seed = newSeed();
  const films = async (defaults: FilmDefaults) => {
    const film = await parsed(draft.toJson(), defaults);
    return [retaken(film, draft.rows.indexOf(row), seed)];
  };
  return { films, isFromForm: true, changesForm: true };
}

/** A film that has waited, as it was when it was ordered. */
export function queuedOrder(film: Film): Order {
  return { films: () => Promise.resolve([film]), isFromForm: false, changesForm: false };
}

/** A film that there is, changed. */
export function changeOrder(film: Film, edit: (film: Film) => Film): Order {
  const films = async (defaults: FilmDefaults) => [await parsed(edit(film), defaults)];
  return { films, isFromForm: false, changesForm: true };
}

/** The film with some seconds more. */
export function extendedFilm(film: Film): Film {
  return extended(film, EXTENSION_SECONDS);
}

/** The film from another seed, which all of its rows then have. */
function withOnlySeed(film: Film, seed: number): Film {
  const rows = film.rows.map(({ seed: _own, ...row }) => ({ ...row, retakes: [] }));
  return { ...film, seed, rows };
}

async function parsed(json: unknown, defaults: FilmDefaults): Promise<Film> {
  const { parseFilm } = await filmParser();
  return parseFilm(json, defaults);
}
