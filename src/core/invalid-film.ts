// How a film is refused: the row, the place in it, the value, and what is expected.
import { studioError } from './errors.ts';
import type { StudioError } from './errors.ts';
import type { PictureSize } from './film.ts';
import type { Expectation } from './expectation.ts';

/** A row as people count it; undefined where a film has only one, or for what belongs to the whole film. */
export type RowNumber = number | undefined;

/** The refusal of one field of a film. */
export function invalidFilm(
  row: RowNumber,
  place: string,
  value: unknown,
  expected: Expectation,
): StudioError {
  return studioError('request-invalid', { row, place, value: shownValue(value), expected });
}

/** The refusal of a size that is not on offer. */
export function sizeUnavailable(size: PictureSize, offered: readonly PictureSize[]): StudioError {
  const sizes = offered.map((s) => `${s.widthPx}x${s.heightPx}`).join(', ');
  return studioError('size-unavailable', { widthPx: size.widthPx, heightPx: size.heightPx, sizes });
}

/** The refusal of something that is right in itself, but not beside the rest of the film. */
export function misplaced(row: RowNumber, place: string, expected: Expectation): StudioError {
  return studioError('request-invalid', { row, place, value: undefined, expected });
}

/** A value of any kind as a short text. */
export function shownValue(value: unknown): string {
  // JSON has no NaN, Infinity or undefined, and a person must see which of them was given.
  const isPlain = typeof value === 'number' || value === undefined;
  return (isPlain ? String(value) : JSON.stringify(value)).slice(0, 80);
}
