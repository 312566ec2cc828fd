// Bytes of shards as they come, told as advances of the obtain stage.
// A shard counts by the most that any attempt has brought, so a refetch adds nothing until it goes beyond.
import type { PackShard } from '../../models/pack.ts';
import { advanceOf } from '../core/event.ts';
import type { Emit } from '../core/event.ts';

// Chunks from the network are often 16 KiB; telling each would be 100,000 messages for a large model.
const MIN_ADVANCE_BYTE_LENGTH = 256 * 1024;

/** Tells how many bytes are there; never falls, though a store may lose what it had. */
export class ObtainProgress {
  readonly #emit: Emit;
  readonly #byteLengths = new Map<string, number>();
  #done = 0;
  #toldDone: number | undefined;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** These shards are there whole. */
  found(shards: readonly PackShard[]): void {
    for (const shard of shards) this.#raise(shard, shard.byteLength);
    if (this.#toldDone !== this.#done) this.#tell();
  }

  /** So many bytes of a shard have come in its present attempt. */
  received(shard: PackShard, byteLength: number): void {
    this.#raise(shard, byteLength);
    if (this.#done - (this.#toldDone ?? 0) >= MIN_ADVANCE_BYTE_LENGTH) this.#tell();
  }

  #raise(shard: PackShard, byteLength: number): void {
    const before = this.#byteLengths.get(shard.sha256) ?? 0;
    if (byteLength <= before) return;
    this.#byteLengths.set(shard.sha256, byteLength);
    this.#done += byteLength - before;
  }

  #tell(): void {
    this.#toldDone = this.#done;
    this.#emit(advanceOf('obtain', this.#done));
  }
}
