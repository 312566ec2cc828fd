// Packs on this device, on a real IndexedDB: damage is found and mended, and what is shared stays.
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { LocatedPack } from '../../models/catalogue.ts';
import type { ModelPack, PackShard } from '../../models/pack.ts';
import { sha256Of } from '../../src/core/sha256.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { dropDamaged } from '../../src/library/drop-damaged.ts';
import { FallbackStore } from '../../src/library/fallback-store.ts';
import { obtain, obtainShards } from '../../src/library/obtain.ts';
import { allShardsOf, byteLengthOf } from '../../src/library/pack-shards.ts';
import { indexedDbStore } from '../../src/library/store.ts';
import { removePack, removeWeights } from '../../src/library/weights.ts';
import { SiteModels } from '../../src/studio/site-models.ts';
import { SitePacks } from '../../src/studio/site-packs.ts';
import { FaultyFetch } from '../fakes/faulty-fetch.ts';
import { fetchFirstPack } from '../first-pack.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

const CATALOGUE_URL = new URL(`/${TINY_PACKS_FOLDER}/catalogue.json`, location.href).href;
const store = indexedDbStore();

let located: LocatedPack;
let shards: PackShard[];

beforeAll(async () => {
  located = await fetchFirstPack(CATALOGUE_URL);
  shards = allShardsOf(located.pack);
});

beforeEach(() => removeWeights());

const never = () => new AbortController().signal;

async function install(): Promise<void> {
  await obtain(located, Object.keys(located.pack.files), never(), () => undefined);
}

/** Changes one bit of a shard where it lies. */
async function damage(shard: PackShard): Promise<void> {
  const bytes = (await store.get(shard))!;
  const view = new Uint8Array(bytes);
  view[view.length >> 1]! ^= 1;
  await store.put(shard, bytes);
}

async function storedNames(): Promise<string[]> {
  return (await store.shards()).map(({ sha256 }) => sha256).toSorted();
}

/** Another tab's library: its own connection, its own network. */
function openLibrary() {
  const network = new FaultyFetch();
  return { network, library: { store: new FallbackStore(indexedDbStore()), fetch: network.fetch } };
}

it('finds a flipped bit, drops the shard and fetches it alone', async () => {
  await install();
  const bad = shards[2]!;
  await damage(bad);
  const { network, library } = openLibrary();
  const done: number[] = [];
  const hear = (event: StageEvent) => {
    if (event.type === 'advance') done.push(event.done);
  };
  const found = await dropDamaged(located.pack, never(), hear, library);
  expect(found).toEqual({ checkedCount: shards.length, damaged: [bad] });
  expect(done.at(-1)).toBe(byteLengthOf(shards));
  expect(await storedNames()).not.toContain(bad.sha256);
  const request = { packUrl: located.url, shards: found.damaged };
  await obtainShards(request, never(), () => undefined, library);
  expect(network.asked.map(({ sha256 }) => sha256)).toEqual([bad.sha256]);
  expect(await sha256Of((await store.get(bad))!)).toBe(bad.sha256);
});

it('checks what is here of an interrupted download, and fetches nothing of the rest', async () => {
  await install();
  await store.deleteMany(shards.slice(3));
  const { network, library } = openLibrary();
  const found = await dropDamaged(located.pack, never(), () => undefined, library);
  expect(found).toEqual({ checkedCount: 3, damaged: [] });
  expect(network.asked).toEqual([]);
});

it('drops what it found before it was stopped', async () => {
  await install();
  await damage(shards[0]!);
  const { library } = openLibrary();
  const stop = new AbortController();
  const found = await dropDamaged(located.pack, stop.signal, () => stop.abort(), library);
  expect(found).toEqual({ checkedCount: 1, damaged: [shards[0]] });
  expect(await storedNames()).not.toContain(shards[0]!.sha256);
});

it('leaves a removed pack’s shards that another kept pack has', async () => {
  await install();
  const { files } = located.pack;
  const shared = 'encode-text.onnx.data';
  const own = 'decode.onnx.data';
  const one: ModelPack = { ...located.pack, files: { [shared]: files[shared]! } };
  const ours = Object.fromEntries(Object.entries(files).filter(([name]) => name !== own));
  const two: ModelPack = { ...located.pack, files: ours };
  await removePack(two, [two, { ...one, files: { ...one.files, [own]: files[own]! } }]);
  const kept = [...files[shared]!.shards, ...files[own]!.shards].map(({ sha256 }) => sha256);
  expect(await storedNames()).toEqual([...new Set(kept)].toSorted());
});

it('lets go of a loaded model when it was damaged or is removed, and only then', async () => {
  const unload = vi.fn();
  const models = new SiteModels(new SitePacks(CATALOGUE_URL, undefined), {
    expectIdle: () => undefined,
    exclusively: (_call, work) => work(),
    unload,
  });
  const { url } = located;
  await models.install(url, never(), () => undefined);
  expect((await models.list())[0]).toMatchObject({ presence: 'whole', isInUse: true });
  const checkedCount = shards.length;
  const verify = () => models.verify(url, never(), () => undefined);
  expect(await verify()).toEqual({ checkedCount, mendedCount: 0 });
  expect(unload).not.toHaveBeenCalled();
  await damage(shards[1]!);
  await damage(shards[4]!);
  expect(await verify()).toEqual({ checkedCount, mendedCount: 2 });
  expect(unload).toHaveBeenCalledTimes(1);
  expect(await verify()).toEqual({ checkedCount, mendedCount: 0 });
  await models.remove(url);
  expect(unload).toHaveBeenCalledTimes(2);
  expect(await storedNames()).toEqual([]);
});
