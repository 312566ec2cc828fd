// Every way in which the studio can refuse or fail, as a code with the facts of the case.
// Sentences for people stand in ui/messages/, keyed by the same codes.

import type { GpuRefusal } from './device.ts';
import type { Expectation } from './expectation.ts';

/** The facts that each error code carries; every language in `ui/messages/` must have a sentence for each. */
export interface ErrorFacts {
  /** In all of these `row` counts from 1 and is undefined where the film has only one. */
  'prompt-empty': { row: number | undefined };
  'prompt-too-long': {
    row: number | undefined;
    place: string;
    characterCount: number;
    maxCharacterCount: number;
  };
  'request-invalid': {
    row: number | undefined;
    place: string;
    /** Undefined where it is right in itself, but not beside the rest of the film. */
    value: string | undefined;
    expected: Expectation;
  };
  'conditioning-missing': { row: number | undefined; asked: AskedConditioning };
  'picture-unusable': { cause: PictureFault; detail: string };
  'film-version': { found: string; supported: number };
  /** Without a reason where the file is whole, but no film was written into it. */
  'film-unreadable': { name: string; reason: string | undefined };
  'link-unusable': { cause: LinkFault };
  'link-refused': { refusal: Failure };
  'link-too-long': { characterCount: number; maxCharacterCount: number };
  'size-unavailable': { widthPx: number; heightPx: number; sizes: string };
  'catalogue-invalid': { url: string; place: string; value: string; expected: string };
  'pack-format': { url: string; found: string; supported: number };
  'pack-invalid': { url: string; place: string; value: string; expected: string };
  'pack-unreachable': { url: string; reason: string };
  'offline-without-model': { missingByteLength: number };
  'shard-unreachable': { url: string; reason: string; attemptCount: number };
  'shard-corrupt': { url: string; expected: string; found: string; attemptCount: number };
  'engine-unreachable': { reason: string };
  'webgpu-missing': GpuRefusal;
  'webgpu-wrong': { relativeError: number };
  'webgpu-lost': { reason: string };
  'out-of-memory': { step: string };
  'graph-failed': { graph: string; reason: string };
  'encoder-missing': { widthPx: number; heightPx: number; tried: string };
  'encoder-failed': { codec: string; reason: string };
  'unfinished-lost': Record<string, never>;
  'clip-missing': { name: string };
  'clip-unreadable': { reason: string };
  'worker-died': { worker: string; cause: 'not-loaded' | 'threw' | 'stopped'; detail: string };
  'call-misused': { call: string; state: string; expected: string };
  'language-unreachable': { name: string; reason: string };
  cancelled: Record<string, never>;
  unexpected: { reason: string };
}

export type ErrorCode = keyof ErrorFacts;

/** What a film can ask of a model that not every model can do. */
export type AskedConditioning =
  'length' | 'continue' | 'startPicture' | 'endPicture' | 'loop' | 'retake';

/** Why a file cannot be a start or end picture; the detail is its kind, its size or what the browser said. */
export type PictureFault = 'not-a-picture' | 'too-large' | 'animated';

/** Why the film in an address cannot be read; `not-ours` is too long for a link of this page, or holds pictures. */
export type LinkFault = 'damaged' | 'not-ours';

/** One failure, as plain data: what crosses a thread and what a terminal event carries. */
export type Failure = { [C in ErrorCode]: { code: C; facts: ErrorFacts[C] } }[ErrorCode];

/** An error whose cause is known: a code and the facts of the case, no sentence. */
export class StudioError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code} ${JSON.stringify(failure.facts)}`, options);
    this.name = 'StudioError';
    this.failure = failure;
  }

  get code(): ErrorCode {
    return this.failure.code;
  }
}

/** Makes a `StudioError` with the facts that its code asks for. */
export function studioError<C extends ErrorCode>(
  code: C,
  facts: ErrorFacts[C],
  options?: ErrorOptions,
): StudioError {
  return new StudioError({ code, facts } as Failure, options);
}

/** The failure that any thrown value stands for; an aborted signal's reason counts as `cancelled`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof StudioError) return thrown.failure;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { code: 'cancelled', facts: {} };
  }
  return { code: 'unexpected', facts: { reason: reasonOf(thrown) } };
}

/** The plain reason inside any thrown value, for the `reason` fact of an error. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
