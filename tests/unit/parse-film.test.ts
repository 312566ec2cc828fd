import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { StudioError } from '../../src/core/errors.ts';
import type { FilmDefaults } from '../../src/core/film.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { pngSize } from '../../src/core/png-size.ts';
import { DEFAULTS } from './films.ts';

/** A PNG of one clear pixel, and its first bytes with another size written into them. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
function pngOf(widthPx: number, heightPx: number): string {
  const bytes = Buffer.from(PIXEL.split(',')[1]!, 'base64');
  bytes.writeUInt32BE(widthPx, 16);
  bytes.writeUInt32BE(heightPx, 20);
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

function failureFor(json: unknown, offered: FilmDefaults = DEFAULTS) {
  try {
    parseFilm(json, offered);
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown.failure;
    throw thrown;
  }
  throw new Error('was accepted');
}

describe('parseFilm', () => {
  it('reads a prompt as a film of one window, and trims it', () => {
    expect(parseFilm({ prompt: '  a fox \n' }, DEFAULTS)).toEqual({
      version: 2,
      seed: 0,
      stepCount: 24,
      guidance: 4,
      negativePrompt: '',
      loops: false,
      widthPx: 128,
      heightPx: 128,
      rows: [{ prompt: 'a fox', camera: '', seconds: 17 / 12, transition: 'cut', retakes: [] }],
    });
  });

  it('fills in what a storyboard leaves out', () => {
    const { rows } = parseFilm({ rows: [{ prompt: 'a' }, { prompt: 'b' }] }, DEFAULTS);
    expect(rows.map(({ transition }) => transition)).toEqual(['cut', 'continue']);
    const separate = { ...DEFAULTS, conditioning: [] };
    const cuts = parseFilm({ rows: [{ prompt: 'a' }, { prompt: 'b' }] }, separate);
    expect(cuts.rows.map(({ transition }) => transition)).toEqual(['cut', 'cut']);
  });

  it('keeps a guidance of 0', () => {
    expect(parseFilm({ prompt: 'a fox', guidance: 0 }, DEFAULTS).guidance).toBe(0);
  });

  it('gives back what it gave', () => {
    const rows = [
      { prompt: 'a fox', seconds: 2.5, startPicture: pngOf(128, 64), retakes: [{ seed: 4 }] },
      { prompt: 'a dog', camera: 'static shot', transition: 'cross-fade', seed: 9 },
      { prompt: 'a cat', seconds: 'endless' },
    ];
    const film = parseFilm({ rows, seed: 5, heightPx: 64, negativePrompt: 'rain' }, DEFAULTS);
    expect(parseFilm(JSON.parse(JSON.stringify(film)), DEFAULTS)).toEqual(film);
  });

  it.each([
    [{ prompt: '   ' }, { code: 'prompt-empty', facts: { row: undefined } }],
    [{ rows: [{ prompt: 'a' }, { prompt: ' ' }] }, { code: 'prompt-empty', facts: { row: 2 } }],
    [
      { prompt: '🦊'.repeat(1001) },
      {
        code: 'prompt-too-long',
        facts: {
          row: undefined,
          place: 'prompt',
          characterCount: 1001,
          maxCharacterCount: 1000,
        },
      },
    ],
    [
      { prompt: 'a', widthPx: 100 },
      {
        code: 'size-unavailable',
        facts: { widthPx: 100, heightPx: 128, sizes: '128x128, 128x64' },
      },
    ],
    [
      { prompt: 'a', seed: NaN },
      {
        code: 'request-invalid',
        facts: {
          row: undefined,
          place: 'seed',
          value: 'NaN',
          expected: { kind: 'whole-number', min: 0, max: 4294967295 },
        },
      },
    ],
    [
      { prompt: 'a', version: 3 },
      { code: 'film-version', facts: { found: '3', supported: 2 } },
    ],
  ])('refuses %j with the facts', (json, failure) => {
    expect(failureFor(json)).toEqual(failure);
  });

  it.each([
    ['prompt', { prompt: 5 }],
    ['prompt', {}],
    ['seed', { prompt: 'a', seed: -1 }],
    ['seed', { prompt: 'a', seed: 2 ** 32 }],
    ['seed', { prompt: 'a', seed: '7' }],
    ['stepCount', { prompt: 'a', stepCount: 0 }],
    ['stepCount', { prompt: 'a', stepCount: 1.5 }],
    ['guidance', { prompt: 'a', guidance: Infinity }],
    ['colour', { prompt: 'a', colour: 'red' }],
    ['prompt', { prompt: 'a', rows: [{ prompt: 'a' }] }],
    ['rows', { rows: [] }],
    ['rows', { rows: 'all' }],
    ['rows', { rows: Array.from({ length: 101 }, () => ({ prompt: 'a' })) }],
    ['rows', { rows: Array.from({ length: 7 }, () => ({ prompt: 'a', seconds: 600 })) }],
    ['loops', { prompt: 'a', loops: 1 }],
    ['loops', { prompt: 'a', seconds: 'endless', loops: true }],
    ['negativePrompt', { prompt: 'a', guidance: 1, negativePrompt: 'rain' }],
    ['film', null],
    ['film', ['a fox']],
    ['film', 'a fox'],
  ])('names the place %s', (place, json) => {
    expect(failureFor(json)).toMatchObject({ code: 'request-invalid', facts: { place } });
  });

  const shot = { prompt: 'a', seconds: 2 };
  it.each<[string, number, unknown]>([
    ['seconds', 2, { ...shot, seconds: 0 }],
    ['seconds', 2, { ...shot, seconds: 10_000 }],
    ['seconds', 2, { ...shot, seconds: 'long' }],
    ['camera', 2, { ...shot, camera: 3 }],
    ['transition', 2, { ...shot, transition: 'wipe' }],
    ['transition', 2, { ...shot, seconds: 0.5, transition: 'cross-fade' }],
    ['seed', 2, { ...shot, seed: 1.5 }],
    ['startPicture', 2, { ...shot, transition: 'cut', startPicture: 'picture.png' }],
    ['startPicture', 2, { ...shot, transition: 'cut', startPicture: pngOf(64, 64) }],
    ['startPicture', 2, { ...shot, startPicture: pngOf(128, 128) }],
    ['endPicture', 2, { ...shot, seconds: 0.5, endPicture: pngOf(128, 128) }],
    ['retakes', 2, { ...shot, retakes: 'again' }],
    ['retakes', 2, { ...shot, retakes: Array.from({ length: 51 }, (_, seed) => ({ seed })) }],
    ['startSeconds', 2, { ...shot, retakes: [{ startSeconds: 3, endSeconds: 4, seed: 1 }] }],
    ['row', 2, 'a dog'],
    ['speed', 2, { ...shot, speed: 2 }],
  ])('names %s of row %d', (place, row, json) => {
    const failure = failureFor({ rows: [shot, json, shot] });
    expect(failure).toMatchObject({ code: 'request-invalid', facts: { row, place } });
  });

  it('lets only the last row go on without end', () => {
    const endless = { prompt: 'a', seconds: 'endless' };
    expect(parseFilm({ rows: [shot, endless] }, DEFAULTS).rows[1]!.seconds).toBe('endless');
    expect(failureFor({ rows: [endless, shot] })).toMatchObject({
      facts: { row: 1, place: 'seconds', value: '"endless"' },
    });
    expect(failureFor({ ...endless, endPicture: pngOf(128, 128) })).toMatchObject({
      facts: { place: 'endPicture' },
    });
  });
});

describe('a model that cannot', () => {
  const cannot = (...missing: string[]): FilmDefaults => ({
    ...DEFAULTS,
    conditioning: DEFAULTS.conditioning.filter((it) => !missing.includes(it)),
  });

  it.each<[string, FilmDefaults, object]>([
    ['length', cannot('continuation'), { prompt: 'a', seconds: 2 }],
    ['startPicture', cannot('start-frame'), { prompt: 'a', startPicture: pngOf(128, 128) }],
    ['endPicture', cannot('end-frame'), { prompt: 'a', endPicture: pngOf(128, 128) }],
    [
      'endPicture',
      { ...DEFAULTS, takesPictures: false },
      { prompt: 'a', endPicture: pngOf(128, 128) },
    ],
    ['loop', cannot('end-frame'), { prompt: 'a', loops: true }],
    ['retake', cannot('end-frame'), { rows: [{ prompt: 'a', retakes: [{ seed: 1 }] }] }],
  ])('refuses %s', (asked, offered, json) => {
    expect(failureFor(json, offered)).toEqual({
      code: 'conditioning-missing',
      facts: { row: undefined, asked },
    });
  });

  it('names the row', () => {
    const json = { rows: [{ prompt: 'a' }, { prompt: 'b', transition: 'continue' }] };
    expect(failureFor(json, cannot('continuation'))).toEqual({
      code: 'conditioning-missing',
      facts: { row: 2, asked: 'continue' },
    });
  });

  it('refuses guidance', () => {
    const unguided = { ...DEFAULTS, guidance: 1, canGuide: false };
    expect(parseFilm({ prompt: 'a fox' }, unguided).guidance).toBe(1);
    expect(failureFor({ prompt: 'a fox', guidance: 4 }, unguided)).toMatchObject({
      code: 'request-invalid',
      facts: { place: 'guidance', value: '4' },
    });
  });
});

it('never throws anything but its own errors', () => {
  const row = fc.record(
    Object.fromEntries(
      ['prompt', 'camera', 'seconds', 'transition', 'seed', 'startPicture', 'retakes'].map(
        (name) => [
          name,
          fc.oneof(fc.jsonValue(), fc.constantFrom('a', 2, 'cut', 'endless', pngOf(128, 128))),
        ],
      ),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ rows: fc.array(row) })), (json) => {
      try {
        parseFilm(json, DEFAULTS);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(StudioError);
      }
    }),
  );
});

describe('pngSize', () => {
  it('reads the size from the header alone', () => {
    expect(pngSize(PIXEL)).toEqual({ widthPx: 1, heightPx: 1 });
    expect(pngSize(pngOf(70_000, 3).slice(0, 80))).toEqual({ widthPx: 70_000, heightPx: 3 });
  });

  it('knows no size of anything else', () => {
    for (const text of [
      '',
      'data:image/png;base64,',
      'data:image/jpeg;base64,/9j/',
      `${PIXEL.slice(0, 40)}!${PIXEL.slice(41)}`,
    ]) {
      expect(pngSize(text)).toBeUndefined();
    }
  });
});
