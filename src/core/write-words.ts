// A phrase is written into a prompt where a sentence has it, in place of the one of its kind that stands there.
// "a fox dances at sunset" + "on the beach" → "a fox dances on the beach at sunset".
import { GLUE, WORD_KINDS } from './understand.ts';
import type { KnownPhrase, Match, Reading } from './understand.ts';

const PREPOSITION = /^(?:in|on|at|of|into|from|by|near|while|during|through|over|front)$/;
/** What a verb of motion takes with it. */
const WAY = /^(?:\s+\w+ly)?\s+to the (?:left|right)\b/i;
/** Adjectives between a preposition and its noun. */
const MAX_BETWEEN_COUNT = 2;

interface Span {
  start: number;
  end: number;
}

/** Puts "a" or "an" before a noun. */
export function withArticle(noun: string): string {
  return `${/^(?:[aeio]|u(?!fo|ni))/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/**
 * A prompt with a phrase in it: at the place of the first of its kind, else where a sentence has that kind.
 * Words for the camera are not for it: a row has a field of its own for them.
 */
export function withPhrase(prompt: string, known: KnownPhrase, { matches }: Reading): string {
  const { kind, phrase } = known;
  const old = matches.find((match) => match.kind === kind);
  if (!old) return inserted(prompt, known, matches);
  if (kind === 'cast') return recast(prompt, old, phrase);
  const { start, end } = spanOf(prompt, old, matches);
  return prompt.slice(0, start) + phrase + prompt.slice(end);
}

/** A prompt without a phrase that it says, and without what held it there. */
export function withoutPhrase(prompt: string, old: Match, { matches }: Reading): string {
  const { start, end } = spanOf(prompt, old, matches);
  return `${prompt.slice(0, start).trimEnd()} ${prompt.slice(end).trimStart()}`
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/^[\s,;:]+|[\s,;:]+$/g, '');
}

function inserted(
  prompt: string,
  { kind, phrase }: KnownPhrase,
  matches: readonly Match[],
): string {
  const rank = WORD_KINDS.indexOf(kind);
  const text = kind === 'cast' ? withArticle(phrase) : phrase;
  const rankOf = (match: Match) => WORD_KINDS.indexOf(match.kind);
  const before = matches.filter((match) => rankOf(match) < rank);
  const after = matches.filter((match) => rankOf(match) > rank);
  const ends = before.map((match) => spanOf(prompt, match, matches).end);
  const starts = after.map((match) => spanOf(prompt, match, matches).start);
  const isBeginning = ends.length === 0 && starts.length > 0;
  const at = isBeginning
    ? kind === 'cast'
      ? 0
      : Math.min(...starts)
    : Math.max(...ends, ends.length === 0 ? prompt.length : 0);
  const head = prompt.slice(0, at).trimEnd();
  const tail = prompt.slice(at).trimStart();
  const gap = tail === '' || /^[,.;:!?]/.test(tail) ? '' : ' ';
  return `${head}${head === '' ? '' : ' '}${text}${gap}${tail}`;
}

/** Another noun in the place of one, with the article and the number of the old one. */
function recast(prompt: string, { start, end, text, phrase: old }: Match, phrase: string): string {
  const isPlural = /s$/i.test(text) && !/s$/i.test(old);
  const noun = isPlural ? pluralOf(phrase) : phrase;
  const head = prompt.slice(0, start);
  const article = /\ban?\s+$/i.exec(head);
  if (!article || isPlural) return head + noun + prompt.slice(end);
  const isCapital = head[article.index] === 'A';
  const right = withArticle(noun);
  return (
    head.slice(0, article.index) + (isCapital ? `A${right.slice(1)}` : right) + prompt.slice(end)
  );
}

function pluralOf(noun: string): string {
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun.replace(/(?<![aeiou])y$/, 'ie')}s`;
}

/** A match with the words that belong to it: its preposition or article, and the way it goes. */
function spanOf(prompt: string, match: Match, matches: readonly Match[]): Span {
  const { kind, start, end } = match;
  const before = wordsBefore(prompt, start, matches);
  const rest = prompt.slice(end);
  if (kind === 'actions') {
    const way = match.by === 'whole' ? undefined : WAY.exec(rest)?.[0];
    const helper = before[0] && /^(?:is|are)$/i.test(before[0].word) ? before[0].start : start;
    return { start: helper, end: end + (way?.length ?? 0) };
  }
  if (kind === 'cast' || kind === 'cameras') {
    const article = before[0] && /^(?:an?|the)$/i.test(before[0].word) ? before[0].start : start;
    return { start: article, end };
  }
  return { start: startOfAdverbial(start, before), end };
}

/** Where "in front of a big castle" begins. */
function startOfAdverbial(
  start: number,
  before: readonly { word: string; start: number }[],
): number {
  let first = start;
  let betweenCount = 0;
  for (const { word, start: at } of before) {
    const lower = word.toLowerCase();
    if (PREPOSITION.test(lower)) first = at;
    else if (first !== start) {
      if (!GLUE.has(lower)) break;
    } else if (!GLUE.has(lower) && ++betweenCount > MAX_BETWEEN_COUNT) break;
  }
  return first;
}

/** The words before a place, nearest first, up to a comma or another match. */
function wordsBefore(
  prompt: string,
  start: number,
  matches: readonly Match[],
): { word: string; start: number }[] {
  const floor = Math.max(0, ...matches.filter((m) => m.end <= start).map((m) => m.end));
  const clause = /[^,.;:!?]*$/.exec(prompt.slice(floor, start))!;
  return Array.from(clause[0].matchAll(/\S+/g), (found) => ({
    word: found[0],
    start: floor + clause.index + found.index,
  })).reverse();
}
