// What obtain gives: the files of a pack, read from the store as they are asked for, one shard at a time.
// A shard that was evicted or damaged in the meantime is fetched and verified again when it is reached.
import type { LocatedPack } from '../../models/catalogue.ts';
import type { PackShard } from '../../models/pack.ts';
import { neverAborted } from '../core/cancel.ts';
import { failureOf } from '../core/errors.ts';
import type { Failure } from '../core/errors.ts';
import { sha256Of } from '../core/sha256.ts';
import { fetchShard } from './fetch-shard.ts';
import type { Library } from './library.ts';
import { shardsOfFile } from './pack-shards.ts';
import { ShardBlob } from './shard-blob.ts';

/** Files of one pack; they outlive the job that obtained them. */
export interface PackFiles {
  /** All bytes of a file: small graphs, the tokenizer. */
  bytes(fileName: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A file that is read as its stream is: weights. */
  blob(fileName: string): Blob;
  /** What the last read failed with, for readers that swallow it: onnxruntime says only that loading failed. */
  readFailure(): Failure | undefined;
}

/**
 * Opens the files of a pack whose shards a library has.
 * Reads reject with StudioError shard-unreachable or shard-corrupt when a shard is gone and does not come again.
 */
export function openPackFiles({ url, pack }: LocatedPack, { store, fetch }: Library): PackFiles {
  let failure: Failure | undefined;
  let last: { sha256: string; bytes: Promise<Uint8Array<ArrayBuffer>> } | undefined;

  const sound = new Set<string>();

  const load = async (shard: PackShard) => {
    const stored = await store.get(shard);
    if (stored && (sound.has(shard.sha256) || (await sha256Of(stored)) === shard.sha256)) {
      sound.add(shard.sha256);
      return new Uint8Array(stored);
    }
    const fetched = await fetchShard({ shard, packUrl: url, fetch }, neverAborted());
    await store.put(shard, fetched);
    return new Uint8Array(fetched);
  };

  // Consecutive tensors mostly lie in one shard, so the last one read is kept; a failed read is not.
  const read = async (shard: PackShard) => {
    if (last?.sha256 !== shard.sha256) last = { sha256: shard.sha256, bytes: load(shard) };
    const reading = last;
    try {
      const bytes = await reading.bytes;
      failure = undefined;
      return bytes;
    } catch (thrown) {
      if (last === reading) last = undefined;
      failure = failureOf(thrown);
      throw thrown;
    }
  };

  const blob = (fileName: string) => new ShardBlob(shardsOfFile(pack, fileName), read);
  return { bytes: async (fileName) => blob(fileName).bytes(), blob, readFailure: () => failure };
}
