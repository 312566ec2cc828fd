import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { StudioError } from '../../src/core/errors.ts';
import { parseRequest } from '../../src/core/request.ts';

const defaults = {
  stepCount: 24,
  guidance: 4,
  canGuide: true,
  sizes: [
    { widthPx: 128, heightPx: 128 },
    { widthPx: 128, heightPx: 64 },
  ],
};

function failureFor(json: unknown, offered = defaults) {
  try {
    parseRequest(json, offered);
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown.failure;
    throw thrown;
  }
  throw new Error('was accepted');
}

describe('parseRequest', () => {
  it('fills in what is missing and trims the prompt', () => {
    expect(parseRequest({ prompt: '  a fox \n' }, defaults)).toEqual({
      version: 1,
      prompt: 'a fox',
      seed: 0,
      stepCount: 24,
      guidance: 4,
      widthPx: 128,
      heightPx: 128,
    });
  });

  it('keeps a guidance of 0', () => {
    expect(parseRequest({ prompt: 'a fox', guidance: 0 }, defaults).guidance).toBe(0);
  });

  it('refuses guidance that the model cannot follow', () => {
    const unguided = { ...defaults, guidance: 1, canGuide: false };
    expect(parseRequest({ prompt: 'a fox' }, unguided).guidance).toBe(1);
    expect(failureFor({ prompt: 'a fox', guidance: 4 }, unguided)).toMatchObject({
      code: 'request-invalid',
      facts: { place: 'guidance', value: '4' },
    });
  });

  it('gives back what it gave', () => {
    const request = parseRequest({ prompt: 'a fox', seed: 5, heightPx: 64 }, defaults);
    expect(parseRequest(JSON.parse(JSON.stringify(request)), defaults)).toEqual(request);
  });

  it.each([
    [{ prompt: '   ' }, { code: 'prompt-empty', facts: {} }],
    [
      { prompt: '🦊'.repeat(1001) },
      { code: 'prompt-too-long', facts: { characterCount: 1001, maxCharacterCount: 1000 } },
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
        facts: { place: 'seed', value: 'NaN', expected: 'a whole number from 0 to 4294967295' },
      },
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
    ['version', { prompt: 'a', version: 2 }],
    ['colour', { prompt: 'a', colour: 'red' }],
    ['request', null],
    ['request', ['a fox']],
    ['request', 'a fox'],
  ])('names the place %s', (place, json) => {
    expect(failureFor(json)).toMatchObject({ code: 'request-invalid', facts: { place } });
  });

  it('never throws anything but its own errors', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          parseRequest(json, defaults);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(StudioError);
        }
      }),
    );
  });
});
