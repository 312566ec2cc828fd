// Step 0: a pack's description becomes its files, verified and kept.
// What is stored is never fetched again: not after a reload, not by a second tab, not for a newer pack that shares it.
import type { LocatedPack } from '../../models/catalogue.ts';
import type { ModelPack, PackShard } from '../../models/pack.ts';
import { throwIfCancelled } from '../core/cancel.ts';
import type { Emit } from '../core/event.ts';
import { fetchShard } from './fetch-shard.ts';
import { browserLibrary, missingShards } from './library.ts';
import { ObtainProgress } from './obtain-progress.ts';
import { openPackFiles } from './pack-files.ts';
import type { PackFiles } from './pack-files.ts';
import { byteLengthOf, shardsOf } from './pack-shards.ts';
import { whileOnlyWriter } from './write-lock.ts';

// Measured over 100 MB: one connection 50 MB/s, two 71, four 60 with half as much memory again.
const LANE_COUNT = 2;

/** The total of the obtain stage: bytes of the shards of these files, each once. */
export function obtainByteLength(pack: ModelPack, fileNames: readonly string[]): number {
  return byteLengthOf(shardsOf(pack, fileNames));
}

/** How many of those bytes would have to come from the network now. */
export async function missingByteLength(
  pack: ModelPack,
  fileNames: readonly string[],
): Promise<number> {
  return byteLengthOf(await missingShards(browserLibrary, shardsOf(pack, fileNames)));
}

/**
 * Brings the files of a pack, from the store where it has them and from the network where it has not.
 * Says how many bytes are there, `obtainByteLength` in the end.
 * @throws StudioError shard-unreachable, shard-corrupt, cancelled; what was stored by then stays
 */
export async function obtain(
  located: LocatedPack,
  fileNames: readonly string[],
  signal: AbortSignal,
  emit: Emit,
  library = browserLibrary,
): Promise<PackFiles> {
  const shards = shardsOf(located.pack, fileNames);
  await obtainShards({ packUrl: located.url, shards }, signal, emit, library);
  const kept = library.store.keptInMemory(shards);
  if (kept) emit({ type: 'notice', notice: { code: 'kept-in-memory', facts: kept } });
  return openPackFiles(located, library);
}

/** Brings shards of a pack, as `obtain` brings files. */
export async function obtainShards(
  { packUrl, shards }: { packUrl: string; shards: readonly PackShard[] },
  signal: AbortSignal,
  emit: Emit,
  library = browserLibrary,
): Promise<void> {
  const { store, fetch } = library;
  const progress = new ObtainProgress(emit);

  const findMissing = async () => {
    const missing = await missingShards(library, shards);
    progress.found(shards.filter((shard) => !missing.includes(shard)));
    return missing;
  };
  const bring = async (shard: PackShard, laneSignal: AbortSignal) => {
    const onBytes = (byteLength: number) => progress.received(shard, byteLength);
    const request = { shard, packUrl, fetch, onBytes };
    await store.put(shard, await fetchShard(request, laneSignal));
    progress.found([shard]);
  };
  // Looked up again here: another tab may have stored some of them while this one waited.
  const bringMissing = async () => inLanes(await findMissing(), bring, signal);

  if ((await findMissing()).length > 0) {
    await (store.isDenied ? bringMissing() : whileOnlyWriter(bringMissing, signal, emit));
  }
  throwIfCancelled(signal);
}

/** Brings shards in several lanes; the first failure stops them all, and is thrown when all stand still. */
async function inLanes(
  shards: readonly PackShard[],
  bring: (shard: PackShard, laneSignal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const laneSignal = AbortSignal.any([signal, stop.signal]);
  const queue = shards.values();
  const runLane = async () => {
    for (const shard of queue) await bring(shard, laneSignal);
  };
  const lanes = Array.from({ length: LANE_COUNT }, () =>
    runLane().catch((thrown: unknown) => stop.abort(thrown)),
  );
  await Promise.all(lanes);
  stop.signal.throwIfAborted();
}
