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
