// What a person reads, in the language that is spoken now: codes and numbers in, sentences out.
import type { Failure } from '../core/errors.ts';
import type { Notice, Stage } from '../core/event.ts';
import { en } from './messages/en.ts';
import type { ErrorMessage, Messages, ModelAbilities } from './messages/en.ts';

export type { ErrorMessage, Messages, ModelAbilities };

let spoken = (): Messages => en;

/** The words of the language that is spoken now: to be read when they are shown, not kept. */
export const words: Messages = new Proxy(en, {
  get: (_english, name): unknown => Reflect.get(spoken(), name),
});

/**
 * Lets `words` be those of another language.
 * @param language asked at every reading, so that what reads through a rune follows it
 */
export function speak(language: () => Messages): void {
  spoken = language;
}

/** The words for a failure. */
export function errorMessage(failure: Failure): ErrorMessage {
  // TypeScript cannot see that the code picks the function that takes these facts.
  const write = words.errors[failure.code] as (facts: Failure['facts']) => ErrorMessage;
  const message = write(failure.facts);
  if (failure.code !== 'link-refused') return message;
  const { title, action } = errorMessage(failure.facts.refusal);
  return { ...message, action: `${message.action} ${title} ${action}` };
}

/** The words for something worth knowing while a job goes on. */
export function noticeMessage(notice: Notice): string {
  const write = words.notices[notice.code] as (facts: Notice['facts']) => string;
  return write(notice.facts);
}

/**
 * Where a stage stands; empty for stages of one unit. A stage without end counts without a total.
 * @param done finished units: the step in hand is the one after them
 */
export function stageStep(stage: Stage, done: number, total: number): string {
  const { bytes, bytesIn, count } = words.formats;
  if (stage === 'obtain') return words.bytesOf(bytesIn(done, total), bytes(total));
  if (total <= 1) return '';
  const number = count(Math.min(done + 1, total));
  return words.stepOf(stage, number, total === Infinity ? undefined : count(total));
}

/** Stage and step in one line. */
export function stageLine(stage: Stage, done: number, total: number): string {
  const step = stageStep(stage, done, total);
  return step === '' ? words.stages[stage] : `${words.stages[stage]} — ${step}`;
}

/** A model's title with its licences. */
export function modelText(title: string, licences: readonly string[]): string {
  return `${title} (${[...new Set(licences)].join(', ')})`;
}
