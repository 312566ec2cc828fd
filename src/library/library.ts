// Where shards come from and where they are kept, for everything in this folder.
import type { PackShard } from '../../models/pack.ts';
import { FallbackStore } from './fallback-store.ts';
import type { Fetch } from './fetch-shard.ts';
import { indexedDbStore } from './store.ts';

/** The seam at which tests put a faulty network or a full store. */
export interface Library {
  store: FallbackStore;
  fetch: Fetch;
}

/** The library of this thread; what its store refuses lives as long as the thread. */
export const browserLibrary: Library = {
  store: new FallbackStore(indexedDbStore()),
  fetch: (url, init) => fetch(url, init),
};

/** Which of these shards are not kept. */
export async function missingShards(
  { store }: Library,
  shards: readonly PackShard[],
): Promise<PackShard[]> {
  const kept = new Set((await store.shards()).map(({ sha256 }) => sha256));
  return shards.filter(({ sha256 }) => !kept.has(sha256));
}
