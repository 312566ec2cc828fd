// A prompt becomes what a model will hear in it: the phrases it was taught, in any regular form, and the words left over.
// A match is a place in the prompt, so that other words can be written there.
import { stemOf } from './word-stem.ts';

/** In the order in which a sentence says them. */
export const WORD_KINDS = ['cast', 'actions', 'places', 'times', 'weathers', 'cameras'] as const;

export type WordKind = (typeof WORD_KINDS)[number];

/** What a model was taught to draw, in its own phrases. */
export type WordLists = Readonly<Record<WordKind, readonly string[]>>;

/** A phrase that a model was taught. */
export interface KnownPhrase {
  kind: WordKind;
  phrase: string;
}

/** A place in a prompt that means a known phrase. */
export interface Match extends KnownPhrase {
  /** As it is written there. */
  text: string;
  start: number;
  end: number;
  /** `whole` says all of the phrase, `part` its verb alone, `alike` another word with that meaning. */
  by: 'whole' | 'part' | 'alike';
}

/** A prompt as a model hears it. */
export interface Reading {
  /** In the order of the prompt. */
  matches: readonly Match[];
  /** Words that nobody has looked up yet, each once, in lower case. */
  open: readonly string[];
  /** Words that were looked up, and mean nothing that the model knows. */
  unknown: readonly string[];
}

/** Meanings of words that are in no list, by the word in lower case; undefined for a word without one. */
export type Meanings = ReadonlyMap<string, KnownPhrase | undefined>;

export const NO_MEANINGS: Meanings = new Map();

/** What was looked up before with what was looked up now. */
export function joined(before: Meanings, now: Meanings): Meanings {
  return new Map([...before, ...now]);
}

/** Reads prompts. */
export type Reader = (prompt: string, meanings?: Meanings) => Reading;

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that hold others together; phrases are the same with and without them. */
export const GLUE = setOf(
  'a an the this that its his her their my some in on at to of into onto from is are be and or with by near ' +
    'while as it through over front during then there where who which',
);
/** Words about how many, how large and how fast: heard with what they stand beside. */
const QUIET = setOf(
  'one two three pair several many big small tiny giant little large huge slowly quickly fast slow quick very ' +
    'clip video film movie scene photo picture cartoon animation footage view we see here',
);
/** Verbs that mean nothing without what follows. */
const LIGHT_VERBS = setOf('get is do make');

interface Token {
  text: string;
  lower: string;
  stem: string;
  start: number;
  end: number;
  /** Whether a comma or the like stands before it. */
  isApart: boolean;
}

interface Pattern extends KnownPhrase {
  stems: readonly string[];
  /** Glue behind its last stem, as in "zooms in". */
  tail: readonly string[];
  by: 'whole' | 'part';
}

/**
 * Makes a reader for the phrases of a model.
 * @param examples prompts of the model; their words are known to it too
 */
export function readerOf(lists: WordLists, examples: readonly string[] = []): Reader {
  const patterns = WORD_KINDS.flatMap((kind) =>
    lists[kind].flatMap((phrase) => patternsOf({ kind, phrase })),
  ).sort(
    (a, b) =>
      b.stems.length - a.stems.length ||
      Number(b.by < a.by) - Number(a.by < b.by) ||
      b.tail.length - a.tail.length,
  );
  const taught = [...WORD_KINDS.flatMap((kind) => lists[kind]), ...examples];
  const heard = new Set(taught.flatMap((phrase) => tokensOf(phrase).map(({ stem }) => stem)));

  return (prompt, meanings = NO_MEANINGS) => {
    const tokens = tokensOf(prompt).filter(({ lower }) => !GLUE.has(lower));
    const taken = new Set<Token>();
    const literal = patterns.flatMap((pattern) => matchesOf(pattern, prompt, tokens, taken));
    const left = tokens.filter(
      (token) => !taken.has(token) && !heard.has(token.stem) && isWorthAsking(token),
    );
    const alike = left.flatMap(({ lower, text, start, end }): Match[] => {
      const known = meanings.get(lower);
      return known ? [{ ...known, text, start, end, by: 'alike' }] : [];
    });
    const words = [...new Set(left.map(({ lower }) => lower))];
    return {
      matches: [...literal, ...alike].sort((a, b) => a.start - b.start),
      open: words.filter((word) => !meanings.has(word)),
      unknown: words.filter((word) => meanings.has(word) && !meanings.get(word)),
    };
  };
}

/** Whether a phrase can be said as it is: "chases …" lacks whom. */
export function isComplete(phrase: string): boolean {
  return !phrase.includes('…');
}

/** A phrase without what holds it together and says which way: "beach" of "on the beach", "walks" of "walks to the right". */
export function gistOf({ kind, phrase }: KnownPhrase): string {
  const words = tokensOf(phrase).filter(
    ({ lower }) => !GLUE.has(lower) && !(kind === 'actions' && /^(?:left|right)$/.test(lower)),
  );
  return words.map(({ text }) => text).join(' ');
}

function patternsOf(known: KnownPhrase): Pattern[] {
  const all = tokensOf(known.phrase);
  const isGlue = ({ lower }: Token) => GLUE.has(lower);
  const content = all.filter((token) => !isGlue(token));
  const stems = content.map(({ stem }) => stem);
  const tail = all.slice(all.findLastIndex((token) => !isGlue(token)) + 1).map((t) => t.lower);
  const whole = { ...known, stems, tail, by: 'whole' } as const;
  const [first = '', ...rest] = stems;
  const others: Pattern[] = [];
  if (rest.length > 0) {
    const joined = stemOf(content.map(({ lower }) => lower).join(''));
    others.push({ ...whole, stems: [joined], tail: [] });
  }
  if (known.kind === 'actions' && rest.length > 0 && !LIGHT_VERBS.has(first)) {
    others.push({ ...known, stems: [first], tail: [], by: 'part' });
  }
  // "zooming in" says it without the camera; "follows" alone is more often what somebody does.
  if (known.kind === 'cameras' && first === 'camera' && rest.length + tail.length > 1) {
    others.push({ ...whole, stems: rest });
  }
  return [whole, ...others];
}

function matchesOf(
  { kind, phrase, stems, tail, by }: Pattern,
  prompt: string,
  tokens: readonly Token[],
  taken: Set<Token>,
): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at + stems.length <= tokens.length; at++) {
    const run = tokens.slice(at, at + stems.length);
    const isMatch = run.every(
      (token, index) =>
        token.stem === stems[index] && !taken.has(token) && (index === 0 || !token.isApart),
    );
    if (!isMatch) continue;
    const { start } = run[0]!;
    const lastEnd = run.at(-1)!.end;
    const end = endOfTail(prompt, lastEnd, tail);
    // "jumps" is not "jumps over …".
    if (!isComplete(phrase) && tail.length > 0 && end === lastEnd) continue;
    for (const token of run) taken.add(token);
    matches.push({ kind, phrase, start, end, by, text: prompt.slice(start, end) });
  }
  return matches;
}

function endOfTail(prompt: string, end: number, tail: readonly string[]): number {
  const following = new RegExp(`^${tail.map((word) => `\\s+${word}\\b`).join('')}`, 'i');
  return end + (following.exec(prompt.slice(end))?.[0].length ?? 0);
}

function tokensOf(text: string): Token[] {
  let lastEnd = 0;
  return Array.from(text.matchAll(/\p{L}[\p{L}\p{M}\p{N}'’-]*/gu), (found) => {
    const start = found.index;
    const isApart = /[^\s]/.test(text.slice(lastEnd, start));
    lastEnd = start + found[0].length;
    const lower = found[0].toLowerCase();
    return { text: found[0], lower, stem: stemOf(lower), start, end: lastEnd, isApart };
  });
}

function isWorthAsking({ lower }: Token): boolean {
  return lower.length > 1 && !QUIET.has(lower);
}
