// The one way in which work stops early.
import { studioError } from './errors.ts';

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw studioError('cancelled', {});
}
