// The films that were ordered last, without their pictures, in this browser's storage: newest first, each once.
// What is read from there may be anything; a film is checked when it is taken into the form.
import type { Film } from '../../core/film.ts';
import { putBackValue, removeValue, storeValue, storedValue } from '../stored-value.ts';

const KEY = 'zoetrope.history';
const MAX_FILM_COUNT = 50;

/** Orders of earlier visits and of this one. */
export class PromptHistory {
  films = $state.raw<readonly Film[]>(storedFilms());
  #cleared = $state.raw<readonly Film[]>();
  readonly #keeps: () => boolean;

  /** @param keeps whether what is ordered now may be kept */
  constructor(keeps: () => boolean) {
    this.#keeps = keeps;
  }

  /** Whether a clearing can be taken back. */
  readonly canRestore = $derived(this.#cleared !== undefined);

  /** Puts a film in front; one of the same words and settings goes, whatever its seed was. */
  add(film: Film): void {
    if (!this.#keeps()) return;
    const added = withoutPictures(film);
    const others = storedFilms().filter((other) => withoutSeed(other) !== withoutSeed(added));
    this.#cleared = undefined;
    this.films = [added, ...others].slice(0, MAX_FILM_COUNT);
    storeValue(KEY, JSON.stringify(this.films));
  }

  /** Forgets them all; `restore` brings them back until something new is ordered or the page is left. */
  clear(): void {
    this.#cleared = this.films;
    this.films = [];
    removeValue(KEY);
  }

  restore(): void {
    if (!this.#cleared) return;
    this.films = this.#cleared;
    this.#cleared = undefined;
    putBackValue(KEY, JSON.stringify(this.films));
  }
}

function withoutPictures(film: Film): Film {
  const rows = film.rows.map(({ startPicture: _start, endPicture: _end, ...row }) => row);
  return { ...film, rows };
}

function withoutSeed(film: Film): string {
  return JSON.stringify({ ...film, seed: 0 });
}

function storedFilms(): Film[] {
  try {
    const stored: unknown = JSON.parse(storedValue(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(hasPrompt) : [];
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
}

function hasPrompt(value: unknown): value is Film {
  const rows: unknown = (value as Partial<Film> | null)?.rows;
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return typeof (first as { prompt?: unknown } | null | undefined)?.prompt === 'string';
}
