// The weights on this device as a whole: how much there is, and how it goes away.
import type { ModelPack, PackShard } from '../../models/pack.ts';
import { neverAborted } from '../core/cancel.ts';
import { shardsToRemove } from './kept-packs.ts';
import { browserLibrary } from './library.ts';
import type { Library } from './library.ts';
import { allShardsOf, byteLengthOf } from './pack-shards.ts';
import { whileOnlyWriter } from './write-lock.ts';

/** Bytes of weights that the browser keeps for this site. */
export async function storedByteLength({ store } = browserLibrary): Promise<number> {
  return byteLengthOf(await store.shards());
}

/** Deletes all weights; waits until no tab is obtaining. */
export async function removeWeights(library = browserLibrary): Promise<void> {
  await dropUnusedShards([], library);
}

/** Deletes the shards that none of these packs has; waits until no tab is obtaining. */
export async function dropUnusedShards(
  packs: readonly ModelPack[],
  library = browserLibrary,
): Promise<void> {
  const used = new Set(packs.flatMap((pack) => allShardsOf(pack).map(({ sha256 }) => sha256)));
  await dropChosen(library, (stored) => stored.filter(({ sha256 }) => !used.has(sha256)));
}

/**
 * Deletes the shards of a pack but for those that another kept pack needs; waits until no tab is obtaining.
 * @param packs all packs of the site
 */
export async function removePack(
  pack: ModelPack,
  packs: readonly ModelPack[],
  library = browserLibrary,
): Promise<void> {
  await dropChosen(library, (stored) => shardsToRemove(pack, packs, stored));
}

async function dropChosen(
  { store }: Library,
  choose: (stored: readonly PackShard[]) => PackShard[],
): Promise<void> {
  const chosen = async () => choose(await store.shards());
  const drop = async () => store.deleteMany(await chosen());
  if ((await chosen()).length === 0) return;
  await (store.isDenied ? drop() : whileOnlyWriter(drop, neverAborted(), () => undefined));
}
