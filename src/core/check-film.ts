// What must hold between the parts of a film whose fields are each right, and between the film and the model.
import { studioError } from './errors.ts';
import type { AskedConditioning } from './errors.ts';
import {
  MAX_FILM_SECONDS,
  MIN_JOINED_SECONDS,
  PICTURE_PLACES,
  filmSeconds,
  isSameSize,
  secondsOf,
} from './film.ts';
import type { Conditioning, Film, FilmDefaults, FilmRow } from './film.ts';
import { frameCountOf } from './frame-math.ts';
import { invalidFilm, misplaced } from './invalid-film.ts';
import type { RowNumber } from './invalid-film.ts';
import { pngSize } from './png-size.ts';

/**
 * Checks a film as a whole.
 * @throws StudioError request-invalid, conditioning-missing
 */
export function checkFilm(film: Film, defaults: FilmDefaults): void {
  film.rows.forEach((row, index) => {
    // Errors do not name the row of a film that has only one.
    const number = film.rows.length === 1 ? undefined : index + 1;
    checkAbilities(row, number, defaults);
    checkPictures(row, number, film);
    checkLength(row, number, film.rows[index - 1], index === film.rows.length - 1);
  });
  checkLoop(film, defaults);
  const plannedSeconds = filmSeconds({
    rows: film.rows.filter(({ seconds }) => seconds !== 'endless'),
  });
  if (plannedSeconds > MAX_FILM_SECONDS) {
    const expected = { kind: 'seconds-in-all', maxSeconds: MAX_FILM_SECONDS } as const;
    throw invalidFilm(undefined, 'rows', plannedSeconds, expected);
  }
  if (film.negativePrompt !== '' && film.guidance === 1) {
    const expected = { kind: 'guidance-to-avoid' } as const;
    throw invalidFilm(undefined, 'negativePrompt', film.negativePrompt, expected);
  }
}

function checkAbilities(row: FilmRow, number: RowNumber, defaults: FilmDefaults): void {
  const { grid } = defaults;
  const needs = (asked: AskedConditioning, ability: Conditioning) => {
    requireAbility(defaults, ability, number, asked);
  };
  const windowFrameCount = frameCountOf(grid.latentFrameCount, grid.pictureCount);
  if (secondsOf(row.seconds) * grid.framesPerSecond > windowFrameCount) {
    needs('length', 'continuation');
  }
  if (row.transition === 'continue') needs('continue', 'continuation');
  if (row.retakes.length > 0) needs('retake', 'end-frame');
  for (const place of PICTURE_PLACES) {
    if (row[place] === undefined) continue;
    needs(place, place === 'startPicture' ? 'start-frame' : 'end-frame');
    if (!defaults.takesPictures) {
      throw studioError('conditioning-missing', { row: number, asked: place });
    }
  }
}

function requireAbility(
  { conditioning }: FilmDefaults,
  ability: Conditioning,
  row: RowNumber,
  asked: AskedConditioning,
): void {
  if (!conditioning.includes(ability)) throw studioError('conditioning-missing', { row, asked });
}

function checkPictures(row: FilmRow, number: RowNumber, film: Film): void {
  for (const place of PICTURE_PLACES) {
    const size = row[place] === undefined ? undefined : pngSize(row[place]);
    if (size && !isSameSize(size, film)) {
      const { widthPx, heightPx } = film;
      const expected = { kind: 'film-size', widthPx, heightPx } as const;
      throw invalidFilm(number, place, `${size.widthPx}x${size.heightPx}`, expected);
    }
  }
  if (row.startPicture !== undefined && row.transition === 'continue') {
    throw misplaced(number, 'startPicture', { kind: 'cut-before-picture' });
  }
  if (row.endPicture !== undefined && secondsOf(row.seconds) < MIN_JOINED_SECONDS) {
    const expected = { kind: 'row-to-arrive', minSeconds: MIN_JOINED_SECONDS } as const;
    throw misplaced(number, 'endPicture', expected);
  }
}

function checkLength(
  row: FilmRow,
  number: RowNumber,
  before: FilmRow | undefined,
  isLast: boolean,
): void {
  if (row.seconds === 'endless') {
    if (!isLast) {
      throw invalidFilm(number, 'seconds', row.seconds, { kind: 'end-of-row' });
    }
    for (const place of ['endPicture', 'retakes'] as const) {
      if ((row[place] ?? []).length > 0) {
        throw misplaced(number, place, { kind: 'no-end' });
      }
    }
  }
  if (row.transition !== 'cross-fade' || !before) return;
  const shorterSeconds = Math.min(secondsOf(row.seconds), secondsOf(before.seconds));
  if (shorterSeconds < MIN_JOINED_SECONDS) {
    const expected = { kind: 'row-to-fade', minSeconds: MIN_JOINED_SECONDS } as const;
    throw invalidFilm(number, 'transition', row.transition, expected);
  }
}

function checkLoop(film: Film, defaults: FilmDefaults): void {
  if (!film.loops) return;
  requireAbility(defaults, 'end-frame', undefined, 'loop');
  requireAbility(defaults, 'continuation', undefined, 'loop');
  const last = film.rows.at(-1)!;
  if (last.seconds === 'endless' || last.endPicture !== undefined) {
    throw invalidFilm(undefined, 'loops', true, { kind: 'own-end-of-film' });
  }
}
