// The one way in which work stops early.
import { studioError } from './errors.ts';

/** The signal of what nobody stops; a new one each time, as listeners stay on it. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw studioError('cancelled', {});
}

/** Settles as the promise does, or rejects with `cancelled` as soon as the signal is aborted. */
export async function orCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const onAbort = () => {
    reject(studioError('cancelled', {}));
  };
  signal.addEventListener('abort', onAbort);
  try {
    throwIfCancelled(signal);
    return await Promise.race([promise, cancelled]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
