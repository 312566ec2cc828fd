// A stretch of a film, given by two times, becomes retakes of the rows that it lies in.
import { retaken } from '../../core/film-edit.ts';
import { secondsOf } from '../../core/film.ts';
import type { Film } from '../../core/film.ts';

/** A stretch of a film, in seconds of it. */
export interface FilmPart {
  startSeconds: number;
  endSeconds: number;
}

/** The film with a stretch of it made anew from another seed; what stands before and after it stays. */
export function partRetaken(film: Film, part: FilmPart, seed: number): Film {
  let retakenFilm = film;
  let endSeconds = film.rows.reduce((sum, { seconds }) => sum + secondsOf(seconds), 0);
  // From the last row on, since a retake may split its row into two.
  for (const [index, row] of [...film.rows.entries()].reverse()) {
    const startSeconds = endSeconds - secondsOf(row.seconds);
    const ofRow = {
      startSeconds: Math.max(part.startSeconds, startSeconds) - startSeconds,
      endSeconds: Math.min(part.endSeconds, endSeconds) - startSeconds,
    };
    if (ofRow.startSeconds < ofRow.endSeconds) {
      retakenFilm = retaken(retakenFilm, index, seed, ofRow);
    }
    endSeconds = startSeconds;
  }
  return retakenFilm;
}
