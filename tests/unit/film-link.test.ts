// Films in addresses: what goes out comes back, and what anybody else puts in is refused in one clear way.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { StudioError } from '../../src/core/errors.ts';
import {
  MAX_FRAGMENT_CHARACTER_COUNT,
  MAX_LINKED_BYTE_LENGTH,
  filmFragment,
  filmInFragment,
} from '../../src/core/film-link.ts';
import type { Film } from '../../src/core/film.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { DEFAULTS, film, films } from './films.ts';

/** A fragment as somebody else would write it. */
function fragmentOf(content: string | Uint8Array): string {
  return `#film=${deflateRawSync(content).toString('base64url')}`;
}

async function failureFor(fragment: string) {
  try {
    await filmInFragment(fragment, DEFAULTS);
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown.failure;
    throw thrown;
  }
  throw new Error('was accepted');
}

function withoutPictures({ rows, ...rest }: Film): Film {
  return {
    ...rest,
    rows: rows.map(({ startPicture: _start, endPicture: _end, ...row }) => row),
  };
}

/** The film that parsing gives, or the failure. */
async function outcomeOf(read: () => Film | Promise<Film>): Promise<unknown> {
  try {
    return await read();
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown;
    const { failure } = thrown;
    return failure.code === 'link-refused' ? failure.facts.refusal : failure;
  }
}

describe('filmFragment', () => {
  it('gives back what it was given but the pictures, or refuses what parseFilm refuses', async () => {
    await fc.assert(
      fc.asyncProperty(films, async (whole) => {
        const linked = await outcomeOf(async () =>
          filmInFragment(await filmFragment(whole), DEFAULTS),
        );
        expect(linked).toEqual(await outcomeOf(() => parseFilm(withoutPictures(whole), DEFAULTS)));
      }),
    );
  });

  it('takes any words, and every field of a film', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
          .filter((it) => it.trim() !== ''),
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        fc.nat(2 ** 32 - 1),
        async (prompt, words, seed) => {
          const rows = [
            { prompt: prompt.trim(), camera: words.trim(), seed },
            { seconds: 'endless' as const },
          ];
          const whole = film(rows, {
            seed,
            negativePrompt: words.trim(),
            guidance: 0,
            stepCount: 1,
          });
          expect(await filmInFragment(await filmFragment(whole), DEFAULTS)).toEqual(whole);
        },
      ),
    );
  });

  it('consists of letters that every program leaves alone, and is short for a clip', async () => {
    const fragment = await filmFragment(film([{ prompt: 'a panda dances in the snow' }]));
    expect(fragment).toMatch(/^#film=[\w-]+$/);
    expect(fragment.length).toBeLessThan(220);
  });

  it('says the same of a film under other defaults', async () => {
    const asked = film([{ seconds: 1 }], {
      stepCount: DEFAULTS.stepCount,
      guidance: DEFAULTS.guidance,
    });
    const others = { ...DEFAULTS, stepCount: 8, guidance: 1, sizes: DEFAULTS.sizes.toReversed() };
    expect(await filmInFragment(await filmFragment(asked), others)).toEqual(asked);
  });

  it('refuses a film that is too long', async () => {
    const words = fc.sample(fc.string({ unit: 'grapheme', minLength: 900, maxLength: 900 }), 30);
    const long = film(words.map((prompt) => ({ prompt })));
    await expect(filmFragment(long)).rejects.toMatchObject({
      failure: {
        code: 'link-too-long',
        facts: { maxCharacterCount: MAX_FRAGMENT_CHARACTER_COUNT },
      },
    });
  });
});

describe('filmInFragment', () => {
  it.each([
    ['nothing', '#film='],
    ['no base64url', '#film=a+b/'],
    ['spaces', '#film=abc def'],
    ['one letter too few', '#film=abcde'],
    ['nothing that was deflated', '#film=____'],
    ['no JSON', fragmentOf('a fox')],
    ['no UTF-8', fragmentOf(Uint8Array.of(0x22, 0xff, 0x22))],
  ])('calls %s damaged', async (_what, fragment) => {
    expect(await failureFor(fragment)).toEqual({
      code: 'link-unusable',
      facts: { cause: 'damaged' },
    });
  });

  it('calls every link damaged that ends too early', async () => {
    const fragment = await filmFragment(film([{}]));
    for (let length = '#film='.length; length < fragment.length; length++) {
      expect(await failureFor(fragment.slice(0, length))).toMatchObject({ code: 'link-unusable' });
    }
  });

  it.each([
    ['no film', '[]', { code: 'request-invalid' }],
    ['no words', '{"prompt":" "}', { code: 'prompt-empty' }],
    ['another version', '{"version":3,"prompt":"a"}', { code: 'film-version' }],
    ['what a film has not', '{"prompt":"a","__proto__":{"seed":1}}', { code: 'request-invalid' }],
    ['another size', '{"prompt":"a","widthPx":64}', { code: 'size-unavailable' }],
  ])('refuses %s, and says why', async (_what, json, refusal) => {
    expect(await failureFor(fragmentOf(json))).toMatchObject({
      code: 'link-refused',
      facts: { refusal },
    });
  });

  it('takes no pictures', async () => {
    const startPicture =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAIAAAACACAYAAADDPmHLAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const json = JSON.stringify({ prompt: 'a fox', startPicture });
    expect(parseFilm(JSON.parse(json), DEFAULTS).rows[0]!.startPicture).toBe(startPicture);
    expect(await failureFor(fragmentOf(json))).toEqual({
      code: 'link-unusable',
      facts: { cause: 'not-ours' },
    });
  });

  it('inflates no more than it may', async () => {
    const atLimit = JSON.stringify({ prompt: 'a' }).padEnd(MAX_LINKED_BYTE_LENGTH);
    expect(await filmInFragment(fragmentOf(atLimit), DEFAULTS)).toMatchObject({ seed: 0 });
    // 1 MB of spaces becomes 1 kB, 9 MB what just fits into a fragment.
    for (const byteLength of [MAX_LINKED_BYTE_LENGTH + 1, 1e6, 9e6]) {
      const fragment = fragmentOf(JSON.stringify({ prompt: 'a' }).padEnd(byteLength));
      expect(fragment.length).toBeLessThanOrEqual(MAX_FRAGMENT_CHARACTER_COUNT);
      expect(await failureFor(fragment)).toEqual({
        code: 'link-unusable',
        facts: { cause: 'not-ours' },
      });
    }
    const longer = '#film='.padEnd(MAX_FRAGMENT_CHARACTER_COUNT + 1, 'A');
    expect(await failureFor(longer)).toMatchObject({ facts: { cause: 'not-ours' } });
  });

  it('throws nothing but its own errors, and lets nothing pass that parseFilm would not', async () => {
    const base64Url = fc.string({
      unit: fc.constantFrom(...Array.from('ABCDEFabcdef0189-_')),
      maxLength: 80,
    });
    const json = fc.oneof(
      fc.json(),
      fc.record({ prompt: fc.jsonValue(), seed: fc.jsonValue() }).map((it) => JSON.stringify(it)),
    );
    const mutated = fc.tuple(fc.nat(), fc.nat(255)).map(([place, byte]) => {
      const bytes = deflateRawSync(JSON.stringify(film([{ prompt: 'a fox walks' }])));
      bytes[place % bytes.length] = byte;
      return `#film=${bytes.toString('base64url')}`;
    });
    const anything = fc.oneof(
      fc.string().map((text) => `#film=${text}`),
      base64Url.map((text) => `#film=${text}`),
      json.map(fragmentOf),
      mutated,
    );
    await fc.assert(
      fc.asyncProperty(anything, async (fragment) => {
        const read = await outcomeOf(() => filmInFragment(fragment, DEFAULTS));
        if (read instanceof Object && 'rows' in read) {
          expect(parseFilm(JSON.parse(JSON.stringify(read)), DEFAULTS)).toEqual(read);
        }
      }),
      { numRuns: 500 },
    );
  });
});
