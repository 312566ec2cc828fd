import { describe, expect, it } from 'vitest';

import { extended, retaken, steered, stoppedAt } from '../../src/core/film-edit.ts';
import { film } from './films.ts';

const board = film([{ seconds: 2 }, { seconds: 4, endPicture: 'end' }, { transition: 'cut' }]);

describe('film edits', () => {
  it('steers by making one row two', () => {
    const { rows } = steered(board, { rowIndex: 1, seconds: 1.5 }, 'a storm');
    expect(rows.map(({ prompt, seconds }) => [prompt, seconds])).toEqual([
      ['prompt 0', 2],
      ['prompt 1', 1.5],
      ['a storm', 2.5],
      ['prompt 2', 3],
    ]);
    expect(rows.map(({ endPicture }) => endPicture)).toEqual([
      undefined,
      undefined,
      'end',
      undefined,
    ]);
    expect(rows[2]!.transition).toBe('continue');
    expect(steered(board, { rowIndex: 2, seconds: 0 }, 'a storm').rows).toMatchObject([
      {},
      {},
      { prompt: 'a storm', transition: 'cut' },
    ]);
  });

  it('stops between and inside rows', () => {
    expect(stoppedAt(board, 2).rows).toHaveLength(1);
    const { rows, loops } = stoppedAt({ ...board, loops: true }, 3);
    expect(rows.map(({ seconds }) => seconds)).toEqual([2, 1]);
    expect(rows[1]).not.toHaveProperty('endPicture');
    expect(loops).toBe(false);
    expect(stoppedAt(board, 9)).toBe(board);
  });

  it('extends with the same words', () => {
    expect(extended(film([{ camera: 'pan', seed: 5 }]), 3).rows[1]).toEqual({
      prompt: 'prompt 0',
      camera: 'pan',
      seconds: 3,
      transition: 'continue',
      seed: 5,
      retakes: [],
    });
  });

  it('retakes what others go on from by a retake, and what nothing follows by its seed', () => {
    expect(retaken(board, 0, 9).rows[0]!.retakes).toEqual([
      { startSeconds: 0, endSeconds: 2, seed: 9 },
    ]);
    expect(retaken(board, 1, 9).rows[1]).toMatchObject({ seed: 9, retakes: [] });
    const part = { startSeconds: 1, endSeconds: 2 };
    expect(retaken(board, 1, 9, part).rows[1]!.retakes).toEqual([{ ...part, seed: 9 }]);
    const tail = retaken(board, 2, 9, { startSeconds: 1, endSeconds: 3 }).rows;
    expect(tail.slice(2)).toMatchObject([
      { seconds: 1, transition: 'cut' },
      { seconds: 2, transition: 'continue', seed: 9 },
    ]);
    expect(retaken({ ...board, loops: true }, 2, 9).rows[2]!.retakes).toHaveLength(1);
  });
});
