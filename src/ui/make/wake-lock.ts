// A screen that goes dark stops the work on many devices, so it is kept lit while a film is made.

/** Keeps the screen lit, where the browser lets a page do that, until the function that it gives is called. */
export function keepAwake(): () => void {
  const released = new AbortController();
  const { signal } = released;
  let lock: WakeLockSentinel | undefined;
  const take = async () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const taken = await navigator.wakeLock.request('screen');
      if (signal.aborted) await taken.release();
      else lock = taken;
    } catch (thrown) {
      // A device that saves power refuses; the film is made all the same.
      if (!(thrown instanceof DOMException && thrown.name === 'NotAllowedError')) throw thrown;
    }
  };
  // The browser takes the lock back from a page that is hidden.
  document.addEventListener('visibilitychange', () => void take(), { signal });
  void take();
  return () => {
    released.abort();
    void lock?.release();
  };
}
