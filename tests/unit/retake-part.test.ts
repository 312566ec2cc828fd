import { describe, expect, it } from 'vitest';

import type { Film, FilmRow } from '../../src/core/film.ts';
import { partRetaken } from '../../src/ui/watch/retake-part.ts';

const row = (prompt: string, seconds: number, transition: FilmRow['transition']): FilmRow => ({
  prompt,
  camera: '',
  seconds,
  transition,
  retakes: [],
});

const film: Film = {
  version: 2,
  widthPx: 128,
  heightPx: 128,
  seed: 1,
  stepCount: 4,
  guidance: 1,
  negativePrompt: '',
  loops: false,
  rows: [row('a', 3, 'cut'), row('b', 2, 'continue'), row('c', 4, 'cut')],
};

/** The retakes and seeds of each row after a retake. */
function rowsAfter(startSeconds: number, endSeconds: number) {
  return partRetaken(film, { startSeconds, endSeconds }, 9).rows;
}

describe('partRetaken', () => {
  it('touches only the row that the part lies in', () => {
    const rows = rowsAfter(5.5, 7);
    expect(rows[2]?.retakes).toEqual([{ startSeconds: 0.5, endSeconds: 2, seed: 9 }]);
    expect(rows.slice(0, 2)).toEqual(film.rows.slice(0, 2));
  });

  it('keeps what follows when the part reaches the end of a row that goes on', () => {
    const rows = rowsAfter(1, 3);
    expect(rows[0]?.retakes).toEqual([{ startSeconds: 1, endSeconds: 3, seed: 9 }]);
    expect(rows.slice(1)).toEqual(film.rows.slice(1));
  });

  it('goes over the border of rows, splitting where nothing must be arrived at', () => {
    const rows = rowsAfter(2, 6);
    expect(rows.map(({ prompt, seconds, seed }) => [prompt, seconds, seed])).toEqual([
      ['a', 3, undefined],
      ['b', 2, 9],
      ['c', 4, undefined],
    ]);
    expect(rows[0]?.retakes).toEqual([{ startSeconds: 2, endSeconds: 3, seed: 9 }]);
    expect(rows[2]?.retakes).toEqual([{ startSeconds: 0, endSeconds: 1, seed: 9 }]);
  });
});
