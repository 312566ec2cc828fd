// Which shards make up which files of a pack, and where a range of a file's bytes lies in them.
// Files may share shards, so bytes to come are counted by shard, never by file.
import type { ModelPack, PackShard } from '../../models/pack.ts';
import { studioError } from '../core/errors.ts';

/** A part of one shard. */
export interface ShardRange {
  shard: PackShard;
  /** First byte, counted from the shard's own start. */
  start: number;
  /** One past the last byte. */
  end: number;
}

/**
 * The shards of one file, in order.
 * @throws StudioError call-misused for a file that the pack does not have
 */
export function shardsOfFile(pack: ModelPack, fileName: string): readonly PackShard[] {
  if (!Object.hasOwn(pack.files, fileName)) {
    throw studioError('call-misused', {
      call: `file ${fileName}`,
      state: `pack ${pack.id}`,
      expected: Object.keys(pack.files).join(', '),
    });
  }
  return pack.files[fileName]?.shards ?? [];
}

/** The shards of several files, each once, in the order in which they are first needed. */
export function shardsOf(pack: ModelPack, fileNames: readonly string[]): PackShard[] {
  const shards = fileNames.flatMap((name) => shardsOfFile(pack, name));
  return [...new Map(shards.map((shard) => [shard.sha256, shard])).values()];
}

/** All shards of a pack, each once. */
export function allShardsOf(pack: ModelPack): PackShard[] {
  return shardsOf(pack, Object.keys(pack.files));
}

/** Bytes of these shards together. */
export function byteLengthOf(shards: readonly PackShard[]): number {
  return shards.reduce((sum, shard) => sum + shard.byteLength, 0);
}

/** The parts of shards that hold bytes `start` to `end` (exclusive) of a file, none longer than asked. */
export function* rangesOf(
  shards: readonly PackShard[],
  { start, end }: { start: number; end: number },
  maxByteLength = Infinity,
): Generator<ShardRange, undefined> {
  let shardStart = 0;
  for (const shard of shards) {
    const last = Math.min(end - shardStart, shard.byteLength);
    let first = Math.max(0, start - shardStart);
    while (first < last) {
      const next = Math.min(last, first + maxByteLength);
      yield { shard, start: first, end: next };
      first = next;
    }
    shardStart += shard.byteLength;
  }
}
