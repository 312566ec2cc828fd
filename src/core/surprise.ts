// A seed becomes a sentence of the form that models are taught: who does what, where, and now and then when,
// in which weather and seen how. Only phrases of the model's own lists, and only those that go together.
import { philox4x32 } from './random.ts';
import { isComplete } from './understand.ts';
import type { WordKind, WordLists } from './understand.ts';
import { withArticle } from './write-words.ts';

/** Phrases that go only with some of another kind: phrase → those it goes with; kinds that it does not name are free. */
export type Fits = Readonly<Record<string, readonly string[]>>;

/** A row in words. */
export interface Sentence {
  prompt: string;
  /** Words for the camera; empty for none. */
  camera: string;
}

const TIME_CHANCE = 0.4;
const WEATHER_CHANCE = 0.2;
const CAMERA_CHANCE = 0.3;

/**
 * A sentence of known words, the same for the same seed.
 * @param seed unsigned 32-bit integer
 */
export function surprise(lists: WordLists, fits: Fits, seed: number): Sentence {
  const [who, what, where, when] = philox4x32([0, 0, 0, 0], [seed, 0]);
  const [weather, view, timeDraw, weatherDraw] = philox4x32([1, 0, 0, 0], [seed, 0]);
  const [cameraDraw] = philox4x32([2, 0, 0, 0], [seed, 0]);
  const said: string[] = [];
  const say = (kind: WordKind, draw: number) => {
    const phrase = pick(fitting(lists, kind, said, fits), draw);
    if (phrase !== undefined) said.push(phrase);
    return phrase;
  };
  const cast = say('cast', who);
  const action = say('actions', what);
  const place = say('places', where);
  const time = share(timeDraw) < TIME_CHANCE ? say('times', when) : undefined;
  const rain = share(weatherDraw) < WEATHER_CHANCE ? say('weathers', weather) : undefined;
  const camera = share(cameraDraw) < CAMERA_CHANCE ? say('cameras', view) : undefined;
  const parts = [cast === undefined ? undefined : withArticle(cast), action, place, time, rain];
  return {
    prompt: parts.filter((part) => part !== undefined).join(' '),
    camera: camera ?? '',
  };
}

/** The phrases of a kind that go with all that has been said. */
export function fitting(
  lists: WordLists,
  kind: WordKind,
  said: readonly string[],
  fits: Fits,
): readonly string[] {
  const kindOf = (phrase: string) =>
    (Object.keys(lists) as WordKind[]).find((other) => lists[other].includes(phrase));
  const admits = (phrase: string, other: string) => {
    const partners = (fits[phrase] ?? []).filter((partner) => kindOf(partner) === kindOf(other));
    return partners.length === 0 || partners.includes(other);
  };
  return lists[kind]
    .filter(isComplete)
    .filter((phrase) => said.every((other) => admits(phrase, other) && admits(other, phrase)));
}

function pick(phrases: readonly string[], draw: number): string | undefined {
  return phrases[Math.floor(share(draw) * phrases.length)];
}

/** A random word as a share, 0..1. */
function share(draw: number): number {
  return draw / 2 ** 32;
}
