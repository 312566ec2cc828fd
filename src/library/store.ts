// Shards, records and single values in IndexedDB, and the promise that any other place for shards makes.
// Byte values are ArrayBuffers: Blobs in IndexedDB read faster but lose data in WebKit (PR 47700).
import { createStore, del, delMany, get, keys, promisifyRequest, set, values } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';

import type { PackShard } from '../../models/pack.ts';

/** The object store of records in their database. */
const RECORDS = 'records';
/** The name of a single record and of the object store that it is alone in. */
const RECORD = 'record';

/** A place that keeps shards. */
export interface ShardStore {
  /** What is here, without reading any of it. */
  shards(): Promise<PackShard[]>;
  /** The shard's bytes; undefined when it is not here, which can happen at any time: browsers evict. */
  get(shard: PackShard): Promise<ArrayBuffer | undefined>;
  /** Keeps the whole shard or, with an error, none of it. */
  put(shard: PackShard, bytes: ArrayBuffer): Promise<void>;
  deleteMany(shards: readonly PackShard[]): Promise<void>;
}

/**
 * The browser's store, shared by every tab of the site.
 * @throws DOMException as IndexedDB names it: QuotaExceededError, SecurityError, InvalidStateError, UnknownError
 */
export function indexedDbStore(database = 'zoetrope-weights', name = 'shards'): ShardStore {
  const withStore = rebuildingOnce(() => createStore(database, name));
  return {
    shards: async () => (await withStore((store) => keys<string>(store))).map(shardOf),
    get: (shard) => withStore((store) => get<ArrayBuffer>(keyOf(shard), store)),
    put: (shard, bytes) => withStore((store) => set(keyOf(shard), bytes, store)),
    deleteMany: (shards) => withStore((store) => delMany(shards.map(keyOf), store)),
  };
}

/** One value in a database of its own, shared by every tab of the site. */
export interface StoredRecord<T> {
  get(): Promise<T | undefined>;
  set(value: T): Promise<void>;
  delete(): Promise<void>;
}

/**
 * The record of a database; its value is anything that structured clone copies.
 * @throws DOMException as IndexedDB names it
 */
export function indexedDbRecord<T>(database: string): StoredRecord<T> {
  const withStore = rebuildingOnce(() => createStore(database, RECORD));
  return {
    get: () => withStore((store) => get<T>(RECORD, store)),
    set: (value) => withStore((store) => set(RECORD, value, store)),
    delete: () => withStore((store) => del(RECORD, store)),
  };
}

/** Values of one kind in a database of their own, each under a key, shared by every tab of the site. */
export interface RecordStore<T> {
  keys(): Promise<string[]>;
  /** Every value, read at once: for small ones. */
  all(): Promise<T[]>;
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
  /** Changes a value where it lies, whatever another tab does meanwhile; false where there is none. */
  change(key: string, edit: (value: T) => T): Promise<boolean>;
  deleteMany(keys: readonly string[]): Promise<void>;
}

/**
 * The records of a database; a value is anything that structured clone copies.
 * @throws DOMException as IndexedDB names it
 */
export function indexedDbRecords<T>(database: string): RecordStore<T> {
  const withStore = rebuildingOnce(() => createStore(database, RECORDS));
  return {
    keys: () => withStore((store) => keys<string>(store)),
    all: () => withStore((store) => values<T>(store)),
    get: (key) => withStore((store) => get<T>(key, store)),
    set: (key, value) => withStore((store) => set(key, value, store)),
    change: (key, edit) =>
      withStore((store) =>
        store('readwrite', async (records) => {
          const value = (await promisifyRequest(records.get(key))) as T | undefined;
          if (value === undefined) return false;
          await promisifyRequest(records.put(edit(value), key));
          return true;
        }),
      ),
    deleteMany: (names) => withStore((store) => delMany([...names], store)),
  };
}

/** How many values lie in the databases whose names begin so. */
export async function countRecords(prefix: string): Promise<number> {
  let count = 0;
  await eachObjectStore(prefix, 'readonly', async (store) => {
    count += await promisifyRequest(store.count());
  });
  return count;
}

/** Empties the databases whose names begin so, whichever part of the program made them. */
export async function clearDatabases(prefix: string): Promise<void> {
  await eachObjectStore(prefix, 'readwrite', (store) => promisifyRequest(store.clear()));
}

// Emptied and not deleted: a database cannot go while a worker or another tab has it open.
async function eachObjectStore(
  prefix: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<unknown>,
): Promise<void> {
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith(prefix)) continue;
    const database = await promisifyRequest(indexedDB.open(name));
    try {
      for (const storeName of database.objectStoreNames) {
        await work(database.transaction(storeName, mode).objectStore(storeName));
      }
    } finally {
      database.close();
    }
  }
}

// The length is part of the key, so that what is stored can be added up without reading gigabytes.
function keyOf({ sha256, byteLength }: PackShard): string {
  return `${sha256}:${byteLength}`;
}

function shardOf(key: string): PackShard {
  const [sha256 = '', byteLength] = key.split(':');
  return { sha256, byteLength: Number(byteLength) };
}

// WebKit loses the connection to its database process and says so only at the next call:
// https://bugs.webkit.org/show_bug.cgi?id=197050 and https://bugs.webkit.org/show_bug.cgi?id=277615.
// The retry may go when both are fixed in every Safari that has WebGPU.
const CONNECTION_LOST = ['UnknownError', 'InvalidStateError'];

function rebuildingOnce(open: () => UseStore) {
  let store = open();
  return async <T>(call: (store: UseStore) => Promise<T>): Promise<T> => {
    const used = store;
    try {
      return await call(used);
    } catch (thrown) {
      if (!(thrown instanceof Error && CONNECTION_LOST.includes(thrown.name))) throw thrown;
      if (store === used) store = open();
      return await call(store);
    }
  };
}
