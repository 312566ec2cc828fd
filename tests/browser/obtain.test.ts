import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import type { ModelPack, PackShard } from '../../models/pack.ts';
import type { Notice, StageEvent } from '../../src/core/event.ts';
import { sha256Of } from '../../src/core/sha256.ts';
import { FallbackStore } from '../../src/library/fallback-store.ts';
import type { Library } from '../../src/library/library.ts';
import { missingByteLength, obtain, obtainByteLength } from '../../src/library/obtain.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { indexedDbStore } from '../../src/library/store.ts';
import type { ShardStore } from '../../src/library/store.ts';
import { dropUnusedShards, removeWeights, storedByteLength } from '../../src/library/weights.ts';
import { FaultyFetch } from '../fakes/faulty-fetch.ts';
import type { ChooseFault } from '../fakes/faulty-fetch.ts';
import { FullStore, deniedStore } from '../fakes/refusing-store.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

// Three shards, the last one shorter.
const WEIGHTS = 'denoise.onnx.data';

let pack: LocatedPack;
let fileNames: string[];
let shards: PackShard[];
let totalByteLength: number;

beforeAll(async () => {
  pack = await fetchFirstPack(new URL(`/${TINY_PACKS_FOLDER}/catalogue.json`, location.href).href);
  fileNames = Object.keys(pack.pack.files);
  shards = uniqueShards(fileNames);
  totalByteLength = obtainByteLength(pack.pack, fileNames);
});

beforeEach(() => removeWeights());

const openTabs: AbortController[] = [];

// A test that fails half-way must not leave its lock to the next.
afterEach(() => openTabs.forEach((controller) => controller.abort()));

function uniqueShards(names: readonly string[]): PackShard[] {
  const all = names.flatMap((name) => pack.pack.files[name]!.shards);
  return all.filter((shard, index) => all.findIndex((s) => s.sha256 === shard.sha256) === index);
}

/** One tab: its own connection to the same database, its own view of the network. */
function openTab(choose?: ChooseFault, store: ShardStore = indexedDbStore()) {
  const network = new FaultyFetch(choose);
  const library: Library = { store: new FallbackStore(store), fetch: network.fetch };
  const events: StageEvent[] = [];
  const controller = new AbortController();
  openTabs.push(controller);
  return {
    network,
    library,
    events,
    cancel: () => controller.abort(),
    obtain: (names: readonly string[] = fileNames): Promise<PackFiles> =>
      obtain(pack, names, controller.signal, (e) => events.push(e), library),
    notices: (): Notice[] => events.flatMap((e) => (e.type === 'notice' ? [e.notice] : [])),
    done: (): number[] => events.flatMap((e) => (e.type === 'advance' ? [e.done] : [])),
  };
}

function expectSteadyProgress(done: readonly number[]): void {
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(totalByteLength);
}

async function sourceBytes(fileName: string): Promise<Uint8Array> {
  const response = await fetch(`/tests/fixtures/tiny/${fileName}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Compares byte by byte; `toEqual` takes a second for a file. */
function expectSameBytes(found: Uint8Array, expected: Uint8Array, name = 'bytes'): void {
  expect(found.length, name).toBe(expected.length);
  const differing = found.findIndex((byte, index) => byte !== expected[index]);
  expect(differing, `${name}: first byte that differs`).toBe(-1);
}

async function expectAllFiles(files: PackFiles): Promise<void> {
  for (const name of fileNames) {
    expectSameBytes(await files.bytes(name), await sourceBytes(name), name);
  }
}

async function storedShards(): Promise<Set<string>> {
  return new Set((await indexedDbStore().shards()).map(({ sha256 }) => sha256));
}

describe('obtain', () => {
  it('gives every file exactly as it was before it was cut into shards', async () => {
    const files = await obtain(pack, fileNames, new AbortController().signal, () => undefined);
    await expectAllFiles(files);
  });

  it('counts what is missing before and what is stored after', async () => {
    expect(await missingByteLength(pack.pack, fileNames)).toBe(totalByteLength);
    const tab = openTab();
    await tab.obtain();
    expect(await missingByteLength(pack.pack, fileNames)).toBe(0);
    expect(await storedByteLength()).toBe(totalByteLength);
    expect(tab.done()[0]).toBe(0);
    expectSteadyProgress(tab.done());
  });

  it('fetches nothing that is stored', async () => {
    await openTab().obtain([WEIGHTS]);
    const next = openTab();
    await next.obtain();
    const before = new Set(uniqueShards([WEIGHTS]).map(({ sha256 }) => sha256));
    const expected = shards.filter(({ sha256 }) => !before.has(sha256));
    expect(next.network.asked.map(({ sha256 }) => sha256).toSorted()).toEqual(
      expected.map(({ sha256 }) => sha256).toSorted(),
    );
    expect(next.done()[0]).toBe(obtainByteLength(pack.pack, [WEIGHTS]));
    expectSteadyProgress(next.done());
  });

  it('stops at once when cancelled and goes on from there later', async () => {
    const stuck = shards[Math.floor(shards.length / 2)]!.sha256;
    const tab = openTab((sha256) => (sha256 === stuck ? 'stalled' : undefined));
    const obtaining = tab.obtain();
    await tab.network.stalled;
    await vi.waitFor(async () => expect(await storedShards()).toHaveLength(shards.length - 1));
    tab.cancel();
    const cancelledAtMs = performance.now();
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - cancelledAtMs).toBeLessThan(200);

    const next = openTab();
    await expectAllFiles(await next.obtain());
    expect(next.network.asked.map(({ sha256 }) => sha256)).toEqual([stuck]);
  });

  it('asks for nothing when it is cancelled before it starts', async () => {
    const tab = openTab();
    tab.cancel();
    await expect(tab.obtain()).rejects.toMatchObject({ code: 'cancelled' });
    expect(tab.network.asked).toEqual([]);
  });
});

describe('obtain over a bad network', () => {
  it.each(['flipped', 'short', 'long', 'offline', 'not-found'] as const)(
    'gets over two %s answers',
    async (fault) => {
      const bad = shards[1]!.sha256;
      const tab = openTab((sha256, index) => (sha256 === bad && index < 2 ? fault : undefined));
      await expectAllFiles(await tab.obtain());
      const asked = tab.network.asked.filter(({ sha256 }) => sha256 === bad);
      expect(asked.map(({ cache }) => cache)).toEqual(['default', 'reload', 'reload']);
      expectSteadyProgress(tab.done());
    },
  );

  it.each([
    ['flipped', 'shard-corrupt'],
    ['short', 'shard-corrupt'],
    ['long', 'shard-corrupt'],
    ['offline', 'shard-unreachable'],
    ['not-found', 'shard-unreachable'],
  ] as const)('gives up after three %s answers: %s', async (fault, code) => {
    const bad = shards[1]!.sha256;
    const tab = openTab((sha256) => (sha256 === bad ? fault : undefined));
    await expect(tab.obtain()).rejects.toMatchObject({
      code,
      failure: { facts: { attemptCount: 3, url: new URL(`${bad}.bin`, pack.url).href } },
    });
    expect(tab.network.countOf(bad)).toBe(3);
    expect(await storedShards()).not.toContain(bad);
    expect(Math.max(...tab.done())).toBeLessThanOrEqual(totalByteLength);
  });

  it.each([
    ['flipped', /^[0-9a-f]{64}$/],
    ['short', /^\d+ bytes$/],
  ] as const)('says what came instead: %s', async (fault, found) => {
    const tab = openTab(() => fault);
    const facts = { found: expect.stringMatching(found) as string };
    await expect(tab.obtain([WEIGHTS])).rejects.toMatchObject({ failure: { facts } });
  });

  it('stops the other downloads when one gives up', async () => {
    const [bad, stuck] = [shards[0]!.sha256, shards[1]!.sha256];
    const tab = openTab((sha256) =>
      sha256 === bad ? 'offline' : sha256 === stuck ? 'stalled' : undefined,
    );
    await expect(tab.obtain()).rejects.toMatchObject({ code: 'shard-unreachable' });
  });
});

describe('obtain in two tabs', () => {
  it('fetches each shard once, one tab after the other', async () => {
    const tabs = [openTab(), openTab()];
    const files = await Promise.all(tabs.map((tab) => tab.obtain()));
    for (const { sha256 } of shards) {
      expect(
        tabs.reduce((sum, tab) => sum + tab.network.countOf(sha256), 0),
        sha256,
      ).toBe(1);
    }
    for (const tab of tabs) expectSteadyProgress(tab.done());
    const notices = tabs.flatMap((tab) => tab.notices());
    expect(notices).toEqual([{ code: 'waiting-for-other-tab', facts: {} }]);
    for (const each of files) await expectAllFiles(each);
  });

  it('can be cancelled while it waits', async () => {
    const first = openTab((sha256) => (sha256 === shards[0]!.sha256 ? 'stalled' : undefined));
    const obtaining = first.obtain();
    await first.network.stalled;
    const second = openTab();
    const waiting = second.obtain();
    await vi.waitFor(() => expect(second.notices()).toHaveLength(1));
    second.cancel();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(second.network.asked).toEqual([]);
    first.cancel();
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not wait for a tab when there is nothing to fetch', async () => {
    await openTab().obtain([WEIGHTS]);
    const first = openTab(() => 'stalled');
    const obtaining = first.obtain();
    await first.network.stalled;
    const second = openTab();
    await second.obtain([WEIGHTS]);
    expect(second.notices()).toEqual([]);
    first.cancel();
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('obtain without room', () => {
  it('keeps in memory what does not fit, says so, and fetches it once', async () => {
    const full = new FullStore(indexedDbStore(), shards[0]!.byteLength + shards[1]!.byteLength);
    const tab = openTab(undefined, full);
    await expectAllFiles(await tab.obtain());
    expectSteadyProgress(tab.done());
    const stored = await storedByteLength();
    expect(stored).toBeGreaterThan(0);
    const byteLength = totalByteLength - stored;
    const notice: Notice = { code: 'kept-in-memory', facts: { reason: 'full', byteLength } };
    expect(tab.notices()).toEqual([notice]);
    // The second lane may be writing when the first is refused.
    expect(full.refusalCount).toBeLessThanOrEqual(2);

    await expectAllFiles(await tab.obtain());
    expect(tab.network.asked).toHaveLength(shards.length);
    expect(tab.notices()).toEqual([notice, notice]);
  });

  it('keeps everything in memory where storage is denied, and waits for nobody', async () => {
    const other = openTab(() => 'stalled');
    const obtaining = other.obtain();
    await other.network.stalled;
    const tab = openTab(undefined, deniedStore());
    await expectAllFiles(await tab.obtain());
    await expectAllFiles(await tab.obtain());
    expect(tab.network.asked).toHaveLength(shards.length);
    const facts = { reason: 'denied', byteLength: totalByteLength };
    expect(tab.notices()[0]).toEqual({ code: 'kept-in-memory', facts });
    expect(await storedByteLength()).toBe(0);
    other.cancel();
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the files of a pack', () => {
  // As onnxruntime-web's loader for external data does it.
  async function readAsRuntime(data: Blob, start: number, end: number): Promise<Uint8Array> {
    const stream = data.slice(start, end).stream();
    let reader: ReadableStreamDefaultReader<Uint8Array>;
    try {
      reader = stream.getReader({ mode: 'byob' }) as never;
    } catch {
      reader = stream.getReader();
    }
    const all = new Uint8Array(end - start);
    let offset = 0;
    for (;;) {
      const { value: chunk } = await reader.read();
      if (!chunk) break;
      all.set(chunk, offset);
      offset += chunk.byteLength;
    }
    expect(offset).toBe(all.length);
    return all;
  }

  it('reads tensors across shard borders, each shard once while reading goes forward', async () => {
    const tab = openTab();
    const files = await tab.obtain();
    const get = vi.spyOn(tab.library.store, 'get');
    const source = await sourceBytes(WEIGHTS);
    const data = files.blob(WEIGHTS);
    expect(data).toBeInstanceOf(Blob);
    expect(data.size).toBe(source.length);
    const border = pack.pack.files[WEIGHTS]!.shards[0]!.byteLength;
    const ends = [0, 1, 333, border - 1, border, border + 1, 2 * border + 77, source.length];
    for (const [index, end] of ends.slice(1).entries()) {
      const start = ends[index]!;
      expectSameBytes(await readAsRuntime(data, start, end), source.subarray(start, end));
    }
    expect(get).toHaveBeenCalledTimes(pack.pack.files[WEIGHTS]!.shards.length);
    expectSameBytes(await readAsRuntime(data, 0, source.length), source);
  });

  it('reads no shard before a reader asks', async () => {
    const tab = openTab();
    const files = await tab.obtain();
    const get = vi.spyOn(tab.library.store, 'get');
    const reader = files.blob(WEIGHTS).stream().getReader();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(get).not.toHaveBeenCalled();
    await reader.read();
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('fetches again what the browser evicted meanwhile', async () => {
    const tab = openTab();
    const files = await tab.obtain();
    await indexedDbStore().deleteMany(uniqueShards([WEIGHTS]));
    expectSameBytes(await files.bytes(WEIGHTS), await sourceBytes(WEIGHTS));
    expect(await missingByteLength(pack.pack, fileNames)).toBe(0);
  });

  it('fetches again what was damaged meanwhile, and keeps it sound', async () => {
    const files = await openTab().obtain();
    const [shard] = uniqueShards([WEIGHTS]);
    const damaged = new Uint8Array((await indexedDbStore().get(shard!))!);
    damaged[damaged.length >> 1]! ^= 1;
    await indexedDbStore().put(shard!, damaged.buffer);
    expectSameBytes(await files.bytes(WEIGHTS), await sourceBytes(WEIGHTS));
    expect(await sha256Of((await indexedDbStore().get(shard!))!)).toBe(shard!.sha256);
  });

  it('tells what a read ran into that its reader swallows', async () => {
    const lost = uniqueShards([WEIGHTS])[1]!;
    const tab = openTab((sha256, index) =>
      sha256 === lost.sha256 && index > 0 ? 'flipped' : undefined,
    );
    const files = await tab.obtain();
    expect(files.readFailure()).toBeUndefined();
    await indexedDbStore().deleteMany([lost]);
    await expect(readAsRuntime(files.blob(WEIGHTS), 0, totalByteLength)).rejects.toThrow();
    expect(files.readFailure()).toMatchObject({ code: 'shard-corrupt' });
    await files.bytes('tokenizer.json');
    expect(files.readFailure()).toBeUndefined();
  });

  it('refuses a file that the pack does not have', async () => {
    const files = await openTab().obtain([WEIGHTS]);
    await expect(files.bytes('toString')).rejects.toMatchObject({ code: 'call-misused' });
  });
});

describe('the weights on this device', () => {
  it('loses only what no pack uses any more', async () => {
    await openTab().obtain();
    const newer: ModelPack = { ...pack.pack, files: { [WEIGHTS]: pack.pack.files[WEIGHTS]! } };
    await dropUnusedShards([newer]);
    expect(await storedShards()).toEqual(
      new Set(uniqueShards([WEIGHTS]).map(({ sha256 }) => sha256)),
    );
    await removeWeights();
    expect(await storedByteLength()).toBe(0);
  });

  it('is not removed under a tab that is obtaining', async () => {
    await openTab().obtain([WEIGHTS]);
    const tab = openTab(() => 'stalled');
    const obtaining = tab.obtain();
    await tab.network.stalled;
    const removing = removeWeights();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await storedByteLength()).toBe(obtainByteLength(pack.pack, [WEIGHTS]));
    tab.cancel();
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
    await removing;
    expect(await storedByteLength()).toBe(0);
  });

  it('survives a database connection that Safari has lost', async () => {
    const store = indexedDbStore();
    await store.put({ sha256: 'a', byteLength: 1 }, new ArrayBuffer(1));
    const lost = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
    });
    expect(await store.get({ sha256: 'a', byteLength: 1 })).toEqual(new ArrayBuffer(1));
    expect(lost).toHaveBeenCalledTimes(2);
    lost.mockRestore();
  });
});
