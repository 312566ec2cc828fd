// The form against the document: what is loaded comes out the same, and what is typed comes out as typed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Film, FilmDefaults } from '../../src/core/film.ts';
import { TRANSITIONS } from '../../src/core/film.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { FilmDraft } from '../../src/ui/write/film-draft.svelte.ts';
import { FormUndo } from '../../src/ui/write/form-undo.svelte.ts';

const defaults: FilmDefaults = {
  stepCount: 24,
  guidance: 4,
  canGuide: true,
  sizes: [
    { widthPx: 128, heightPx: 128 },
    { widthPx: 128, heightPx: 64 },
  ],
  grid: { framesPerSecond: 12, pictureCount: 4, latentFrameCount: 5, contextLatentFrameCount: 2 },
  conditioning: ['start-frame', 'end-frame', 'continuation'],
  takesPictures: true,
};

function draftFor(offered = defaults): FilmDraft {
  const draft = new FilmDraft();
  draft.offer(offered);
  return draft;
}

const made = (draft: FilmDraft, offered = defaults): Film => parseFilm(draft.toJson(), offered);

const anyFilm: fc.Arbitrary<Film> = fc
  .record({
    widthPx: fc.constant(128),
    heightPx: fc.constantFrom(128, 64),
    seed: fc.nat(),
    stepCount: fc.integer({ min: 1, max: 100 }),
    guidance: fc.constantFrom(0, 2.5, 4),
    negativePrompt: fc.constantFrom('', 'rain'),
    loops: fc.boolean(),
    rows: fc.array(
      fc.record(
        {
          prompt: fc.constantFrom('a fox jumps', 'a whale swims'),
          camera: fc.constantFrom('', 'the camera zooms in'),
          // Whole frames, as every film that was made has them.
          seconds: fc.integer({ min: 12, max: 60 }).map((count) => Math.round(count * 25) / 100),
          transition: fc.constantFrom(...TRANSITIONS),
          seed: fc.nat(),
          retakes: fc.constantFrom([], [{ startSeconds: 0, endSeconds: 2, seed: 3 }]),
        },
        { requiredKeys: ['prompt', 'camera', 'seconds', 'transition', 'retakes'] },
      ),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map((json) => parseFilm(json, defaults));

describe('FilmDraft', () => {
  it('gives back every film that it has loaded', () => {
    fc.assert(
      fc.property(anyFilm, (film) => {
        const draft = draftFor();
        draft.load(film);
        expect(made(draft)).toEqual(film);
      }),
    );
  });

  it('passes on what is no number as it was typed', () => {
    const draft = draftFor();
    draft.seedText = 'seven';
    draft.rows[0]!.secondsText = ' 4.5 ';
    expect(draft.toJson()).toMatchObject({ seed: 'seven', rows: [{ seconds: 4.5 }] });
  });

  it('asks for one window where the model cannot go on', () => {
    const plain = { ...defaults, conditioning: [], takesPictures: false };
    const draft = draftFor(plain);
    draft.rows[0]!.prompt = 'a fox';
    draft.add().prompt = 'a whale';
    const { rows } = made(draft, plain);
    expect(rows.map(({ seconds, transition }) => [seconds, transition])).toEqual([
      [17 / 12, 'cut'],
      [17 / 12, 'cut'],
    ]);
  });

  it('lets only the last row go on without end, wherever rows are moved', () => {
    const draft = draftFor();
    const [first] = draft.rows;
    first!.prompt = 'a fox';
    first!.isEndless = true;
    draft.add().prompt = 'a whale';
    draft.rows[1]!.isEndless = true;
    expect(draft.seconds).toBe(Infinity);
    expect(draft.move(first!, 1)).toBe(true);
    expect(draft.move(first!, 2)).toBe(false);
    expect(made(draft).rows.map(({ prompt, seconds }) => [prompt, seconds])).toEqual([
      ['a whale', 3],
      ['a fox', 3],
    ]);
  });

  it('rolls a seed for everything, unless it is locked', () => {
    const draft = draftFor();
    draft.load(
      parseFilm(
        { seed: 5, rows: [{ prompt: 'a', seed: 2, retakes: [{ endSeconds: 1, seed: 3 }] }] },
        defaults,
      ),
    );
    const locked = made(draft);
    draft.rollSeed();
    expect(made(draft)).toEqual(locked);
    draft.isSeedLocked = false;
    draft.rollSeed();
    const rolled = made(draft);
    expect(rolled.seed).not.toBe(5);
    expect(rolled.rows[0]).toEqual({ ...locked.rows[0]!, seed: undefined, retakes: [] });
    expect(rolled.rows[0]).not.toHaveProperty('seed');
  });

  it('drops retakes that lie behind a new end of their row', () => {
    const draft = draftFor();
    const retakes = [
      { startSeconds: 0, endSeconds: 1, seed: 3 },
      { startSeconds: 2, endSeconds: 3, seed: 4 },
    ];
    draft.load(parseFilm({ rows: [{ prompt: 'a', seconds: 3, retakes }] }, defaults));
    draft.rows[0]!.secondsText = '2';
    expect(made(draft).rows[0]!.retakes).toEqual(retakes.slice(0, 1));
  });
});

describe('another model', () => {
  const other: FilmDefaults = {
    ...defaults,
    stepCount: 8,
    guidance: 1,
    canGuide: false,
    sizes: [
      { widthPx: 96, heightPx: 96 },
      { widthPx: 192, heightPx: 96 },
    ],
  };

  it('replaces the size by the nearest in shape, and what nobody typed', () => {
    const draft = draftFor();
    draft.rows[0]!.prompt = 'a fox jumps';
    draft.size = { widthPx: 128, heightPx: 64 };
    draft.guidanceText = '7';
    draft.negativePrompt = 'rain';
    draft.offer(other);
    const film = made(draft, other);
    expect(film).toMatchObject({ widthPx: 192, heightPx: 96, stepCount: 8, guidance: 1 });
    expect(film).toMatchObject({ negativePrompt: '', rows: [{ prompt: 'a fox jumps' }] });
  });

  it('replaces the size of a film that is loaded, and of one that an undo brings back', () => {
    const draft = draftFor();
    const undo = new FormUndo(draft);
    draft.beforeReplaced = () => undo.keep();
    const wide = parseFilm({ prompt: 'a fox jumps', heightPx: 64 }, defaults);
    draft.load(wide);
    draft.beforeReplaced();
    draft.offer(other);
    undo.undo();
    expect(made(draft, other)).toMatchObject({ widthPx: 192, heightPx: 96 });
    draft.load(wide);
    expect(made(draft, other)).toMatchObject({ widthPx: 192, heightPx: 96 });
  });

  it('loses nothing that was typed for the model before', () => {
    const draft = draftFor();
    draft.rows[0]!.prompt = 'a fox jumps';
    draft.stepCountText = '12';
    draft.guidanceText = '7';
    draft.negativePrompt = 'rain';
    draft.offer(other);
    draft.offer(defaults);
    expect(made(draft)).toMatchObject({ stepCount: 12, guidance: 7, negativePrompt: 'rain' });
  });
});
