import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseArguments } from '../../src/cli/arguments.ts';
import type { GenerateCommand } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { MAX_GUIDANCE, MAX_SEED, MAX_STEP_COUNT } from '../../src/core/film.ts';

function parsed(...argv: string[]): GenerateCommand {
  const command = parseArguments(argv);
  if (command.kind !== 'generate') throw new Error('help');
  return command;
}

function refusal(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

describe('parseArguments', () => {
  it('reads every option', () => {
    const line =
      'x --seconds 2.5 --camera pan --loop --seed 7 --steps 12 --guidance 0 --negative rain ' +
      '--size 64x32 --device wasm --out a.mp4 --store-film --json';
    expect(parsed(...line.split(' '))).toEqual({
      kind: 'generate',
      fields: {
        prompt: 'x',
        seconds: 2.5,
        camera: 'pan',
        loops: true,
        seed: 7,
        stepCount: 12,
        guidance: 0,
        negativePrompt: 'rain',
        widthPx: 64,
        heightPx: 32,
      },
      fromPath: undefined,
      device: 'wasm',
      outPath: 'a.mp4',
      storesFilm: true,
      json: true,
    });
  });

  it('leaves out what was not typed, so that file and pack can decide', () => {
    expect(parsed('--from', 'r.json', '--seed=0')).toMatchObject({
      fields: { seed: 0 },
      fromPath: 'r.json',
      device: undefined,
      json: false,
    });
    expect(Object.keys(parsed('x').fields)).toEqual(['prompt']);
  });

  it('keeps every seed, step count, guidance and size in range', () => {
    const side = fc.integer({ min: 1, max: 8192 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_SEED }),
        fc.integer({ min: 1, max: MAX_STEP_COUNT }),
        fc.integer({ min: 0, max: MAX_GUIDANCE * 100 }).map((hundredths) => hundredths / 100),
        fc.tuple(side, side),
        (seed, stepCount, guidance, [widthPx, heightPx]) => {
          const typed = `x --seed ${seed} --steps=${stepCount} --guidance ${guidance} --size ${widthPx}x${heightPx}`;
          expect(parsed(...typed.split(' ')).fields).toEqual({
            prompt: 'x',
            seed,
            stepCount,
            guidance,
            widthPx,
            heightPx,
          });
        },
      ),
    );
  });

  it('keeps any prompt as it is', () => {
    const prompt = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '');
    fc.assert(fc.property(prompt, (text) => parsed('--', text).fields.prompt === text));
  });

  it('throws nothing but the usage error, whatever is typed', () => {
    const flag = fc.constantFrom('--seed', '--steps', '--size', '--out', '--json', '-h', '--', '-');
    const word = fc.oneof(
      flag,
      fc.string({ unit: 'binary' }),
      fc.string().map((s) => `--${s}`),
    );
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        expect(refusal(...argv)).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['--seconds', ['0', '-1', '3601', 'NaN', '1e1', 'forever']],
    ['--seed', ['-1', '1.5', 'NaN', '1e3', '0x1', ' 1', String(MAX_SEED + 1), 'Infinity']],
    ['--steps', ['0', '101', '2.5', '-3', 'many']],
    ['--guidance', ['-1', '20.01', 'NaN', '1e1', '.', '1,5']],
    ['--size', ['64', '64x', '0x64', '64x0', '64*64', '64.5x64', 'x']],
    ['--device', ['gpu', 'WASM']],
  ])('names %s, the value and what is expected', (flag, values) => {
    for (const value of values) {
      const message = refusal('x', flag, value);
      expect(message).toContain(`${flag} ${JSON.stringify(value)}: expected `);
    }
  });

  it.each([
    [['x', '--sed', '3'], 'Did you mean --seed?'],
    [['x', '-seed', '3'], 'Did you mean --seed?'],
    [['x', '--output=a'], 'Did you mean --out?'],
    [['x', '--wurst'], '--wurst: there is no such option.'],
    [['x', '--__proto__'], '--__proto__: there is no such option.'],
    [['x', '--json=yes'], 'without a value'],
    [['x', '--seed'], '--seed: nothing follows'],
    [['x', '--out', '--json'], '--out: nothing follows'],
    [[], 'No prompt.'],
    [['  '], 'No prompt.'],
    [['red', 'fox'], 'Put the whole sentence in quotes: "red fox"'],
    [['x', '--from', 'r.json'], 'expected one of them'],
  ])('refuses %j', (argv, expected) => {
    expect(refusal(...argv)).toContain(expected);
  });

  it('gives help whenever it is asked for', () => {
    expect(parseArguments(['a', 'b', '--seed', 'x', '--help'])).toEqual({ kind: 'help' });
    expect(parseArguments(['-h'])).toEqual({ kind: 'help' });
  });
});
