// A store in front, and memory behind it for what the store refuses because it is full or denied.
// Once it has refused it is not asked to keep anything more, so that a full disk costs one failed write.
import type { PackShard } from '../../models/pack.ts';
import type { StorageRefusal } from '../core/storage-refusal.ts';
import { byteLengthOf } from './pack-shards.ts';
import type { ShardStore } from './store.ts';

const REFUSALS: ReadonlyMap<string, StorageRefusal> = new Map([
  ['QuotaExceededError', 'full'],
  ['SecurityError', 'denied'], // a sandboxed frame, or cookies blocked
  ['InvalidStateError', 'denied'], // Firefox's private windows before 115
  ['UnknownError', 'denied'], // a database that does not open, not even when tried again
  ['ReferenceError', 'denied'], // no indexedDB at all
]);

/** What a store's error means; undefined when it is none that a store is known to refuse with. */
export function refusalOf(thrown: unknown): StorageRefusal | undefined {
  return thrown instanceof Error ? REFUSALS.get(thrown.name) : undefined;
}

/** Keeps shards in a store or, for as long as this object lives, in memory; no refusal gets out. */
export class FallbackStore implements ShardStore {
  readonly #store: ShardStore;
  readonly #memory = new Map<string, { shard: PackShard; bytes: ArrayBuffer }>();
  #refusal: StorageRefusal | undefined;

  constructor(store: ShardStore) {
    this.#store = store;
  }

  /** Whether everything is in memory, so that no other tab sees it. */
  get isDenied(): boolean {
    return this.#refusal === 'denied';
  }

  async shards(): Promise<PackShard[]> {
    const stored = (await this.#ask(() => this.#store.shards())) ?? [];
    return [...stored, ...Array.from(this.#memory.values(), ({ shard }) => shard)];
  }

  async get(shard: PackShard): Promise<ArrayBuffer | undefined> {
    return this.#memory.get(shard.sha256)?.bytes ?? (await this.#ask(() => this.#store.get(shard)));
  }

  async put(shard: PackShard, bytes: ArrayBuffer): Promise<void> {
    const keep = async () => {
      await this.#store.put(shard, bytes);
      return true;
    };
    const isStored = !this.#refusal && (await this.#ask(keep));
    if (!isStored) this.#memory.set(shard.sha256, { shard, bytes });
  }

  async deleteMany(shards: readonly PackShard[]): Promise<void> {
    for (const { sha256 } of shards) this.#memory.delete(sha256);
    await this.#ask(() => this.#store.deleteMany(shards));
  }

  /** How many bytes of these shards are in memory, and why; undefined when none are. */
  keptInMemory(
    shards: readonly PackShard[],
  ): { reason: StorageRefusal; byteLength: number } | undefined {
    const byteLength = byteLengthOf(shards.filter(({ sha256 }) => this.#memory.has(sha256)));
    return this.#refusal && byteLength > 0 ? { reason: this.#refusal, byteLength } : undefined;
  }

  async #ask<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (this.isDenied) return undefined;
    try {
      return await call();
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (!refusal) throw thrown;
      this.#refusal = refusal;
      return undefined;
    }
  }
}
