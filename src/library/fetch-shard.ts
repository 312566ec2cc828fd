// An address becomes the verified bytes of one shard, in three attempts at most.
// From the second attempt the browser's HTTP cache is passed over: it may hold the very bytes that were wrong.
import type { PackShard } from '../../models/pack.ts';
import { throwIfCancelled } from '../core/cancel.ts';
import { reasonOf, studioError } from '../core/errors.ts';
import type { StudioError } from '../core/errors.ts';
import { sha256Of } from '../core/sha256.ts';

/** The part of `fetch` that is used here: the seam at which tests put a faulty network. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One shard to fetch. */
export interface ShardRequest {
  shard: PackShard;
  /** Address of the pack.json beside which the shard lies. */
  packUrl: string;
  fetch: Fetch;
  /** Hears how many bytes of the present attempt have come; each attempt starts from none. */
  onBytes?: (byteLength: number) => void;
}

const MAX_ATTEMPT_COUNT = 3;
const FIRST_PAUSE_MS = 250;

/**
 * Fetches one shard and checks its length and SHA-256.
 * @throws StudioError shard-unreachable or shard-corrupt, as the last attempt ended; cancelled
 */
export async function fetchShard(request: ShardRequest, signal: AbortSignal): Promise<ArrayBuffer> {
  for (let attemptCount = 1; ; attemptCount++) {
    throwIfCancelled(signal);
    const outcome = await attempt(request, attemptCount, signal);
    if (outcome instanceof ArrayBuffer) return outcome;
    if (attemptCount === MAX_ATTEMPT_COUNT) throw outcome;
    await pause(FIRST_PAUSE_MS * 4 ** (attemptCount - 1), signal);
  }
}

async function attempt(
  request: ShardRequest,
  attemptCount: number,
  signal: AbortSignal,
): Promise<ArrayBuffer | StudioError> {
  const { sha256, byteLength } = request.shard;
  const url = new URL(`${sha256}.bin`, request.packUrl).href;
  let received: Received;
  try {
    const cache = attemptCount === 1 ? 'default' : 'reload';
    received = await receive(await request.fetch(url, { signal, cache }), request);
  } catch (thrown) {
    throwIfCancelled(signal);
    const reason = reasonOf(thrown);
    return studioError('shard-unreachable', { url, reason, attemptCount }, { cause: thrown });
  }
  if (received.byteLength !== byteLength) {
    const [expected, found] = [`${byteLength} bytes`, `${received.byteLength} bytes`];
    return studioError('shard-corrupt', { url, expected, found, attemptCount });
  }
  const found = await sha256Of(received.bytes);
  if (found !== sha256) {
    return studioError('shard-corrupt', { url, expected: sha256, found, attemptCount });
  }
  return received.bytes;
}

interface Received {
  bytes: ArrayBuffer;
  /** How many bytes came; reading stops at the first chunk that goes beyond the shard's length. */
  byteLength: number;
}

async function receive(response: Response, { shard, onBytes }: ShardRequest): Promise<Received> {
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const bytes = new Uint8Array(shard.byteLength);
  const reader = response.body.getReader();
  let byteLength = 0;
  for (;;) {
    const { value: chunk } = await reader.read();
    if (!chunk) break;
    const start = byteLength;
    byteLength += chunk.byteLength;
    if (byteLength > shard.byteLength) {
      await reader.cancel();
      break;
    }
    bytes.set(chunk, start);
    onBytes?.(byteLength);
  }
  return { bytes: bytes.buffer, byteLength };
}

/** Resolves after the pause, or at once when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const onAbort = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
