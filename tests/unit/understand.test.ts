import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPack } from '../../models/pack.ts';
import { MIN_LIKENESS, nearestPhrase } from '../../src/core/nearest-phrase.ts';
import { fitting, surprise } from '../../src/core/surprise.ts';
import { WORD_KINDS, gistOf, isComplete, readerOf } from '../../src/core/understand.ts';
import type { Meanings } from '../../src/core/understand.ts';
import { stemOf } from '../../src/core/word-stem.ts';
import { withPhrase, withoutPhrase } from '../../src/core/write-words.ts';
import { builtinPackFolder } from '../builtin-pack.ts';

const { words, examples, fits } = JSON.parse(
  readFileSync(join(builtinPackFolder('public/packs'), 'pack.json'), 'utf8'),
) as ModelPack;
const read = readerOf(words, examples);
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const kinds = WORD_KINDS.filter((kind) => kind !== 'cameras');
const chips = fc.constantFrom(
  ...kinds.flatMap((kind) => words[kind].filter(isComplete).map((phrase) => ({ kind, phrase }))),
);

const phrasesIn = (prompt: string, meanings?: Meanings) =>
  read(prompt, meanings).matches.map(({ phrase }) => phrase);

describe('stems', () => {
  it.each([
    ['dance', 'dances', 'dancing', 'danced'],
    ['fly', 'flies', 'flying'],
    ['spin', 'spins', 'spinning'],
    ['fox', 'foxes'],
    ['bus', 'buses'],
    ['bee', 'bees'],
    ['city', 'cities'],
    ['horse', 'horses'],
    ['beach', 'beaches', 'Beach'],
    ['dog', 'dogs', 'dog’s'],
  ])('are one for all forms of %s', (...forms) => {
    expect(new Set(forms.map(stemOf)).size).toBe(1);
  });

  it.each([
    ['bee', 'be'],
    ['car', 'cat'],
    ['king', 'kings and'],
    ['bus', 'bu'],
    ['sing', 's'],
  ])('of %s and %s differ', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });
});

describe('reading', () => {
  it.each([
    ['a fox dances on the beach at sunset', ['fox', 'dances', 'on the beach', 'at sunset'], []],
    ['two FOXES dancing at the beach', ['fox', 'dances', 'on the beach'], []],
    [
      'underwater, a whale is swimming to the left',
      ['under water', 'whale', 'swims to the left'],
      [],
    ],
    ['snow falls while a cat sleeps', ['while snow falls', 'cat'], ['sleeps']],
    ['a panda in the snow while snow falls', ['panda', 'in the snow', 'while snow falls'], []],
    [
      'a dog in front of a big castle, zooming in',
      ['dog', 'in front of a castle', 'the camera zooms in'],
      [],
    ],
    ['the camera zooms out', ['the camera zooms out'], []],
    ['a cat follows a dog', ['cat', 'dog'], []],
    ['a red car on a city street', ['car', 'in the city'], []],
    ['a soccer-ball rolls slowly to the left', ['soccer ball', 'rolls to the right'], []],
    ['3 dogs, 2 cats', ['dog', 'cat'], []],
    ['a kitten in Paris with a violin', [], ['kitten', 'paris', 'violin']],
    ['una volpe balla', [], ['una', 'volpe', 'balla']],
    ['ثعلب', [], ['ثعلب']],
    ['', [], []],
  ])('%s', (prompt, phrases, open) => {
    const reading = read(prompt);
    expect(reading.matches.map(({ phrase }) => phrase)).toEqual(phrases);
    expect(reading.open).toEqual(open);
    for (const { text, start, end } of reading.matches) expect(prompt.slice(start, end)).toBe(text);
  });

  it('takes what was looked up for what it means, and says what means nothing', () => {
    const meanings: Meanings = new Map([
      ['kitten', { kind: 'cast', phrase: 'cat' } as const],
      ['violin', undefined],
    ]);
    const reading = read('a Kitten in Paris with a violin', meanings);
    expect(reading.matches).toMatchObject([{ phrase: 'cat', text: 'Kitten', by: 'alike' }]);
    expect(reading.open).toEqual(['paris']);
    expect(reading.unknown).toEqual(['violin']);
  });

  it('understands every phrase that the model was taught, and nothing is left of it', () => {
    for (const kind of WORD_KINDS) {
      for (const phrase of words[kind]) {
        const { matches, open } = read(phrase);
        expect(matches).toMatchObject([{ kind, phrase, by: 'whole' }]);
        expect(open).toEqual([]);
      }
    }
  });

  it('hears what is done to somebody only where there is somebody', () => {
    const actions = ['jumps', 'jumps over …'];
    const spoken = (prompt: string) =>
      readerOf({ ...words, actions })(prompt).matches.map(({ phrase }) => phrase);
    expect(spoken('a fox jumps over a dog')).toEqual(['fox', 'jumps over …', 'dog']);
    expect(spoken('a fox jumps')).toEqual(['fox', 'jumps']);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const { matches } = read(text);
        for (const match of matches) expect(text.slice(match.start, match.end)).toBe(match.text);
        for (const [index, match] of matches.entries()) {
          if (index > 0) expect(match.start).toBeGreaterThanOrEqual(matches[index - 1]!.end);
        }
      }),
    );
  });

  it('says the gist of a phrase', () => {
    expect(
      ['in the city', 'under water', 'in front of a castle'].map((phrase) =>
        gistOf({ kind: 'places', phrase }),
      ),
    ).toEqual(['city', 'under water', 'castle']);
    expect(gistOf({ kind: 'actions', phrase: 'walks to the right' })).toBe('walks');
  });
});

describe('writing', () => {
  it.each([
    ['', 'cast', 'astronaut', 'an astronaut'],
    ['a fox dances', 'cast', 'alien', 'an alien dances'],
    ['A fox dances', 'cast', 'alien', 'An alien dances'],
    ['two foxes dance', 'cast', 'bus', 'two buses dance'],
    ['a red car jumps', 'cast', 'bus', 'a red bus jumps'],
    ['a fox', 'actions', 'jumps', 'a fox jumps'],
    ['a fox is dancing on the beach', 'actions', 'jumps', 'a fox jumps on the beach'],
    ['a fox walks slowly to the left at night', 'actions', 'spins', 'a fox spins at night'],
    ['a fox dances at sunset', 'places', 'on the beach', 'a fox dances on the beach at sunset'],
    ['a fox dances on the sandy beach', 'places', 'in a forest', 'a fox dances in a forest'],
    ['a fox in front of a big castle', 'places', 'in space', 'a fox in space'],
    ['a fox dances', 'times', 'at night', 'a fox dances at night'],
    [
      'a violin dances in the rain',
      'places',
      'in a forest',
      'a violin dances in a forest in the rain',
    ],
  ] as const)('%s + %s %s', (prompt, kind, phrase, written) => {
    expect(withPhrase(prompt, { kind, phrase }, read(prompt))).toBe(written);
  });

  it('takes a phrase out with what held it there', () => {
    const prompt = 'a fox dances on the sandy beach, at night, zooming in';
    const reading = read(prompt);
    expect(reading.matches.map((match) => withoutPhrase(prompt, match, reading))).toEqual([
      'dances on the sandy beach, at night, zooming in',
      'a fox on the sandy beach, at night, zooming in',
      'a fox dances, at night, zooming in',
      'a fox dances on the sandy beach, zooming in',
      'a fox dances on the sandy beach, at night',
    ]);
  });

  it('says the phrase of a chip and leaves the other kinds alone, in any sentence of the model', () => {
    fc.assert(
      fc.property(seeds, chips, (seed, chip) => {
        const { prompt } = surprise(words, fits ?? {}, seed);
        const before = read(prompt);
        const written = withPhrase(prompt, chip, before);
        const others = phrasesIn(prompt).filter(
          (_, index) => before.matches[index]!.kind !== chip.kind,
        );
        expect(phrasesIn(written).filter((phrase) => phrase !== chip.phrase)).toEqual(others);
        expect(phrasesIn(written)).toContain(chip.phrase);
        expect(read(written).open).toEqual([]);
        // Twice is once, and out again leaves the others.
        expect(withPhrase(written, chip, read(written))).toBe(written);
        const match = read(written).matches.find(({ phrase }) => phrase === chip.phrase)!;
        expect(phrasesIn(withoutPhrase(written, match, read(written)))).toEqual(others);
      }),
    );
  });
});

describe('a surprise', () => {
  it('says who does what and where in known words that go together, the same for the same seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sentence = surprise(words, fits ?? {}, seed);
        expect(surprise(words, fits ?? {}, seed)).toEqual(sentence);
        const { matches, open } = read(sentence.prompt);
        expect(open).toEqual([]);
        expect(matches.every(({ by }) => by === 'whole')).toBe(true);
        expect(matches.slice(0, 3).map(({ kind }) => kind)).toEqual(['cast', 'actions', 'places']);
        expect(['', ...words.cameras]).toContain(sentence.camera);
        const said = matches.map(({ phrase }) => phrase);
        for (const { kind, phrase } of matches) {
          const rest = said.filter((other) => other !== phrase);
          expect(fitting(words, kind, rest, fits ?? {})).toContain(phrase);
        }
      }),
    );
  });

  it('lets nobody swim who cannot, and no rain fall under water', () => {
    const prompts = Array.from(
      { length: 3000 },
      (_, seed) => surprise(words, fits ?? {}, seed).prompt,
    );
    const swimmers = new RegExp(fits!['swims to the right']!.join('|'));
    expect(
      prompts.filter((prompt) => prompt.includes('swims')).every((p) => swimmers.test(p)),
    ).toBe(true);
    expect(prompts.filter((prompt) => /under water.*(rain|snow|night)/.test(prompt))).toEqual([]);
    expect(prompts.some((prompt) => prompt.includes('in the rain'))).toBe(true);
    expect(new Set(prompts).size).toBeGreaterThan(2000);
  });

  it('leaves out what needs another actor, and works without any list', () => {
    expect(isComplete('chases … to the left')).toBe(false);
    const lists = { ...words, actions: ['chases … to the left'] };
    expect(surprise(lists, {}, 1).prompt).not.toContain('…');
    const none = { cast: [], actions: [], places: [], times: [], weathers: [], cameras: [] };
    expect(surprise(none, {}, 1)).toEqual({ prompt: '', camera: '' });
  });
});

describe('the nearest phrase', () => {
  const at = (degrees: number) =>
    Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
  const placed = [
    { kind: 'cast', phrase: 'cat', embedding: at(0) },
    { kind: 'places', phrase: 'in the city', embedding: at(90).map((value) => 3 * value) },
  ] as const;

  it('is the one at the smallest angle, whatever the lengths', () => {
    expect(nearestPhrase(at(30), placed)).toEqual({ kind: 'cast', phrase: 'cat' });
    expect(nearestPhrase(at(50), placed)).toEqual({ kind: 'places', phrase: 'in the city' });
  });

  it('is none where all are far', () => {
    const limit = (Math.acos(MIN_LIKENESS) * 180) / Math.PI;
    expect(nearestPhrase(at(-limit + 0.5), placed)?.phrase).toBe('cat');
    expect(nearestPhrase(at(-limit - 0.5), placed)).toBeUndefined();
  });
});
