// Words that are in no list, by the text encoder of the model that comes with the site.
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { wordFilesOf } from '../../models/pack.ts';
import { nearestPhrase } from '../../src/core/nearest-phrase.ts';
import type { PlacedPhrase } from '../../src/core/nearest-phrase.ts';
import { WORD_KINDS, gistOf } from '../../src/core/understand.ts';
import { obtain } from '../../src/library/obtain.ts';
import { removeWeights } from '../../src/library/weights.ts';
import { WordEmbedder } from '../../workers/generate/embed-words.ts';

const never = new AbortController().signal;
// A test browser keeps no file as large as the engine.
const embedder = new WordEmbedder(() => Promise.resolve(true));
let located: LocatedPack;

beforeAll(async () => {
  located = await fetchFirstPack(new URL('/packs/catalogue.json', location.href).href);
});

it('fetches nothing of a model that is not on this device', async () => {
  await removeWeights();
  await expect(embedder.embed(located.url, ['kitten'], never)).rejects.toMatchObject({
    failure: {
      code: 'shard-unreachable',
      facts: { reason: 'Error: only what is on this device is used to look words up' },
    },
  });
  const elsewhere = new WordEmbedder(() => Promise.resolve(false));
  await expect(elsewhere.embed(located.url, ['kitten'], never)).rejects.toMatchObject({
    code: 'engine-unreachable',
  });
});

describe('with the model here', () => {
  let known: PlacedPhrase[];

  beforeAll(async () => {
    await obtain(located, wordFilesOf(located.pack), never, () => undefined);
    const phrases = WORD_KINDS.filter((kind) => kind !== 'cameras').flatMap((kind) =>
      located.pack.words[kind].map((phrase) => ({ kind, phrase })),
    );
    const embeddings = await embedder.embed(located.url, phrases.map(gistOf), never);
    known = phrases.map((phrase, index) => ({ ...phrase, embedding: embeddings[index]! }));
  });

  it.each([
    ['kitten', 'cat'],
    ['puppy', 'dog'],
    ['bunny', 'rabbit'],
    ['truck', 'car'],
    ['automobile', 'car'],
    ['Paris', 'in the city'],
    ['ocean', 'on the beach'],
    ['woods', 'in a forest'],
    ['dusk', 'at sunset'],
    ['storm', 'in the wind'],
    ['drizzle', 'in the rain'],
    ['leaps', 'jumps'],
    ['democracy', undefined],
    ['xqzt', undefined],
    ['violin', undefined],
    ['mortgage', undefined],
  ])('%s means %s', async (word, phrase) => {
    const [embedding] = await embedder.embed(located.url, [word], never);
    expect(nearestPhrase(embedding!, known)?.phrase).toBe(phrase);
  });

  it('stops between two words', async () => {
    const stop = new AbortController();
    const words = Array.from({ length: 2000 }, (_, index) => `word ${index}`);
    const embedding = embedder.embed(located.url, words, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(embedding).rejects.toMatchObject({ code: 'cancelled' });
  });
});
