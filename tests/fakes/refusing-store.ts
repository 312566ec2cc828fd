// Stores that refuse as IndexedDB does on a full disk and where storage is blocked.
// They stand behind a FallbackStore.
import type { ShardStore } from '../../src/library/store.ts';

/** The given store with room for so many bytes more; counts the writes that it refuses. */
export class FullStore implements ShardStore {
  refusalCount = 0;
  readonly #store: ShardStore;
  #roomByteLength: number;

  constructor(store: ShardStore, roomByteLength: number) {
    this.#store = store;
    this.#roomByteLength = roomByteLength;
  }

  shards: ShardStore['shards'] = () => this.#store.shards();
  get: ShardStore['get'] = (shard) => this.#store.get(shard);
  deleteMany: ShardStore['deleteMany'] = (shards) => this.#store.deleteMany(shards);

  async put(...[shard, bytes]: Parameters<ShardStore['put']>): Promise<void> {
    this.#roomByteLength -= bytes.byteLength;
    if (this.#roomByteLength < 0) {
      this.refusalCount++;
      throw new DOMException('the disk is full', 'QuotaExceededError');
    }
    await this.#store.put(shard, bytes);
  }
}

/** A store whose every call fails as `indexedDB.open` does in a sandboxed frame. */
export function deniedStore(): ShardStore {
  const deny = () => Promise.reject(new DOMException('access is denied', 'SecurityError'));
  return { shards: deny, get: deny, put: deny, deleteMany: deny };
}
