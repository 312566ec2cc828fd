// What a person does to a film after asking for it: a film in, another film out.
import { filmSeconds, secondsOf } from './film.ts';
import type { Film, FilmRow, Retake } from './film.ts';

/** Another prompt from some second of a row on; the row becomes two, unless that is its beginning. */
export function steered(
  film: Film,
  { rowIndex, seconds }: { rowIndex: number; seconds: number },
  prompt: string,
): Film {
  const [before, after] = splitRow(film.rows[rowIndex]!, seconds);
  const steeredRow = { ...after, prompt, camera: '', retakes: [] };
  return withRow(film, rowIndex, before ? [before, steeredRow] : [steeredRow]);
}

/** The film as far as it was made: what was planned behind that second goes. */
export function stoppedAt(film: Film, atSeconds: number): Film {
  if (atSeconds >= filmSeconds(film)) return film;
  const { index, seconds } = rowAt(film, atSeconds);
  const [before] = splitRow(film.rows[index]!, seconds);
  const rows = [...film.rows.slice(0, index), ...(before ? [before] : [])];
  return { ...film, rows, loops: false };
}

/** The film with another row behind its last, which goes on from it with the same words. */
export function extended(film: Film, seconds: number): Film {
  const { prompt, camera, seed } = film.rows.at(-1)!;
  const own = seed === undefined ? {} : { seed };
  const row: FilmRow = { prompt, camera, seconds, transition: 'continue', ...own, retakes: [] };
  return { ...film, rows: [...film.rows, row] };
}

/**
 * The film with a part of one row made anew from another seed; what stands before and after it stays.
 * @param part of the row, in seconds of it; the whole row where it is left out
 */
export function retaken(
  film: Film,
  rowIndex: number,
  seed: number,
  part: Pick<Retake, 'startSeconds' | 'endSeconds'> = { startSeconds: 0, endSeconds: Infinity },
): Film {
  const row = film.rows[rowIndex]!;
  const rowSeconds = secondsOf(row.seconds);
  const { startSeconds } = part;
  const endSeconds = Math.min(part.endSeconds, rowSeconds);
  const next = film.rows[rowIndex + 1];
  const isFollowed = next ? next.transition === 'continue' : film.loops;
  if (isFollowed || endSeconds < rowSeconds) {
    const retakes = [...row.retakes, { startSeconds, endSeconds, seed }];
    return withRow(film, rowIndex, [{ ...row, retakes }]);
  }
  // Nothing follows that it must arrive at, so the rest of the row simply gets another seed.
  const [before, after] = splitRow(row, startSeconds);
  const retakenRow = { ...after, seed, retakes: [] };
  return withRow(film, rowIndex, before ? [before, retakenRow] : [retakenRow]);
}

function rowAt(film: Film, atSeconds: number): { index: number; seconds: number } {
  let seconds = atSeconds;
  for (const [index, row] of film.rows.entries()) {
    if (seconds < secondsOf(row.seconds)) return { index, seconds };
    seconds -= secondsOf(row.seconds);
  }
  throw new RangeError(`no row at ${atSeconds} s of ${filmSeconds(film)} s`);
}

/** A row as two that go on into each other; nothing and the row itself where the second begins at its start. */
function splitRow(row: FilmRow, seconds: number): [FilmRow | undefined, FilmRow] {
  if (seconds === 0) return [undefined, row];
  const { startPicture, ...after } = row;
  const { endPicture, ...before } = row;
  const secondsLeft = row.seconds === 'endless' ? row.seconds : row.seconds - seconds;
  return [
    { ...before, seconds, retakes: row.retakes.flatMap((it) => cutRetake(it, 0, seconds)) },
    {
      ...after,
      seconds: secondsLeft,
      transition: 'continue',
      retakes: row.retakes.flatMap((it) => cutRetake(it, seconds, Infinity)),
    },
  ];
}

/** The part of a retake inside a part of its row, in seconds of that part. */
function cutRetake(retake: Retake, fromSeconds: number, toSeconds: number): Retake[] {
  const startSeconds = Math.max(retake.startSeconds, fromSeconds) - fromSeconds;
  const endSeconds = Math.min(retake.endSeconds, toSeconds) - fromSeconds;
  return startSeconds < endSeconds ? [{ ...retake, startSeconds, endSeconds }] : [];
}

function withRow(film: Film, index: number, rows: readonly FilmRow[]): Film {
  return { ...film, rows: film.rows.toSpliced(index, 1, ...rows) };
}
