// One tab at a time writes to the weight store; the others wait, and find done what they wanted to do.
// The browser passes the lock on when a tab closes or crashes.
import { studioError } from '../core/errors.ts';
import type { Emit } from '../core/event.ts';

const LOCK = 'zoetrope-weights';

/**
 * Does work while no other tab writes, with a notice when it has to wait for that.
 * @throws StudioError cancelled when the signal aborts; what `work` throws
 */
export async function whileOnlyWriter(
  work: () => Promise<void>,
  signal: AbortSignal,
  emit: Emit,
): Promise<void> {
  const hasWorked = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
  if (hasWorked) return;
  emit({ type: 'notice', notice: { code: 'waiting-for-other-tab', facts: {} } });
  try {
    await navigator.locks.request(LOCK, { signal }, work);
  } catch (thrown) {
    throw signal.aborted ? studioError('cancelled', {}, { cause: thrown }) : thrown;
  }
}
