// How far the page's work is, for its bar and its line: one film, or one of several variations.
import { words } from '../messages.ts';
import type { PageState } from '../page-state.svelte.ts';

/** What stands beside the bar, and how full it is. */
export interface PageProgress {
  line: string;
  /** 0..1; undefined for a film that goes on until it is stopped. */
  fraction: number | undefined;
  /** Empty when it cannot be known. */
  timeLeft: string;
}

/** The progress of what the page is making. */
export function progressOf({ phase, canKeep, making, variations }: PageState): PageProgress {
  const { job, isEndless, timeText } = making;
  const { count, index } = variations;
  const fraction = (index + job.fraction) / Math.max(1, count);
  if (phase === 'stopping') {
    return { line: canKeep ? words.stopping : words.cancelling, fraction, timeLeft: '' };
  }
  return {
    line: count === 0 ? job.line : words.variationLine(index + 1, count, job.line),
    fraction: isEndless ? undefined : fraction,
    // The time that the variations to come will take is not in it.
    timeLeft: count === 0 ? timeText : '',
  };
}
