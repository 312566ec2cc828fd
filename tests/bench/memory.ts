// How much memory a browser's processes hold at their peak, sampled while something runs; Linux only.
import { readFileSync, readdirSync } from 'node:fs';

const SAMPLE_MS = 50;

/** Runs something and gives the peak of the browser's memory above what it held before, in bytes. */
export async function peakAbove<T>(
  rootPid: number,
  run: () => Promise<T>,
): Promise<{ value: T; peakByteLength: number | undefined }> {
  const before = heldByteLength(rootPid);
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, heldByteLength(rootPid))), SAMPLE_MS);
  try {
    const value = await run();
    return { value, peakByteLength: process.platform === 'linux' ? peak - before : undefined };
  } finally {
    clearInterval(timer);
  }
}

/** Watches the browser's memory: its peak until a mark, and its peak after it. */
export function watchMemory(rootPid: number): {
  mark: () => void;
  stop: () => { beforeByteLength: number; afterByteLength: number };
} {
  const peaks = { before: 0, after: 0 };
  let isMarked = false;
  const timer = setInterval(() => {
    const held = heldByteLength(rootPid);
    if (isMarked) peaks.after = Math.max(peaks.after, held);
    else peaks.before = Math.max(peaks.before, held);
  }, SAMPLE_MS);
  return {
    mark: () => (isMarked = true),
    stop: () => {
      clearInterval(timer);
      return { beforeByteLength: peaks.before, afterByteLength: peaks.after };
    },
  };
}

/** Anonymous and shared memory of a process and everything below it. */
function heldByteLength(rootPid: number): number {
  if (process.platform !== 'linux') return 0;
  const parents = new Map<number, number>();
  const held = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const kibibytes = (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      parents.set(pid, kibibytes('PPid'));
      held.set(pid, (kibibytes('RssAnon') + kibibytes('RssShmem')) * 1024);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  const isBelowRoot = (pid: number): boolean =>
    pid === rootPid || (parents.has(pid) && pid > 1 && isBelowRoot(parents.get(pid)!));
  return [...held].reduce((sum, [pid, bytes]) => sum + (isBelowRoot(pid) ? bytes : 0), 0);
}
