// Kept shards become sound ones: each is read and hashed again, and what does not match its name is dropped.
// The hashing is the browser's own and runs on no thread of ours, so a page stays quick meanwhile.
import type { ModelPack, PackShard } from '../../models/pack.ts';
import type { Emit } from '../core/event.ts';
import { sha256Of } from '../core/sha256.ts';
import { browserLibrary, missingShards } from './library.ts';
import { ObtainProgress } from './obtain-progress.ts';
import { allShardsOf } from './pack-shards.ts';
import { whileOnlyWriter } from './write-lock.ts';

/** What came of a check. */
export interface ShardCheck {
  checkedCount: number;
  /** Dropped, or found to be gone. */
  damaged: readonly PackShard[];
}

/**
 * Checks every kept shard of a pack and drops the damaged ones; says how many bytes are checked.
 * An abort ends it early: what was found by then is dropped.
 * @throws StudioError cancelled when it is aborted while another tab writes
 */
export async function dropDamaged(
  pack: ModelPack,
  signal: AbortSignal,
  emit: Emit,
  library = browserLibrary,
): Promise<ShardCheck> {
  const { store } = library;
  const damaged: PackShard[] = [];
  let checkedCount = 0;
  const work = async () => {
    const progress = new ObtainProgress(emit);
    const all = allShardsOf(pack);
    const missing = await missingShards(library, all);
    for (const shard of all) {
      if (signal.aborted) break;
      if (missing.includes(shard)) continue;
      const bytes = await store.get(shard);
      if (!bytes || (await sha256Of(bytes)) !== shard.sha256) {
        damaged.push(shard);
        await store.deleteMany([shard]);
      }
      checkedCount++;
      progress.found([shard]);
    }
  };
  await (store.isDenied ? work() : whileOnlyWriter(work, signal, emit));
  return { checkedCount, damaged };
}
