// The weights on this device as a whole: how much there is, and how it goes away.
import type { ModelPack } from '../../models/pack.ts';
import { browserLibrary } from './library.ts';
import { byteLengthOf, shardsOf } from './pack-shards.ts';
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
  { store } = browserLibrary,
): Promise<void> {
  const used = new Set(
    packs.flatMap((pack) => shardsOf(pack, Object.keys(pack.files)).map(({ sha256 }) => sha256)),
  );
  const unused = async () => (await store.shards()).filter(({ sha256 }) => !used.has(sha256));
  const drop = async () => store.deleteMany(await unused());
  if ((await unused()).length === 0) return;
  const neverAborted = new AbortController().signal;
  await (store.isDenied ? drop() : whileOnlyWriter(drop, neverAborted, () => undefined));
}
