// Names of saved files: the beginning of a film's first prompt and its seed, in the letters of any language.
import type { FilmFormat } from './clip.ts';
import { sheetGridOf } from './conversion.ts';
import type { Conversion } from './conversion.ts';
import type { Film } from './film.ts';

const MAX_LENGTH = 60;

/** A file name for a film's clip: the beginning of its first prompt and its seed. */
export function clipFileName({ rows, seed }: FileNameFacts): string {
  return `${fileStem(rows[0]!.prompt)}${seed}.mp4`;
}

/** The same name for the film's document. */
export function filmFileName({ rows, seed }: FileNameFacts): string {
  return `${fileStem(rows[0]!.prompt)}${seed}.json`;
}

/** The same name for a file that the clip was turned into; a sheet's tells how many frames stand in which grid. */
export function convertedFileName(
  { rows, seed }: FileNameFacts,
  to: Exclude<Conversion, 'thumbnail'>,
  format: FilmFormat,
): string {
  const { columnCount, rowCount } = sheetGridOf(format);
  const end = {
    gif: '.gif',
    'png-frames': '-frames.zip',
    'sprite-sheet': `-sheet-${columnCount}x${rowCount}-${format.frameCount}-frames.png`,
    poster: '-poster.png',
  }[to];
  return `${fileStem(rows[0]!.prompt)}${seed}${end}`;
}

/** What names a file: the first prompt and the seed. */
export interface FileNameFacts {
  rows: readonly Pick<Film['rows'][number], 'prompt'>[];
  seed: number;
}

function fileStem(prompt: string): string {
  const words =
    prompt
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length >= MAX_LENGTH) break;
    name += `${word}-`;
  }
  return name === '' ? 'clip-' : name;
}
