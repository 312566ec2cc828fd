// Kept clips in the browser's own IndexedDB, and in one that is full.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MadeFilm } from '../../src/core/clip.ts';
import type { KeptClip } from '../../src/core/kept-clip.ts';
import { ClipStore } from '../../src/library/clips.ts';
import type { ClipDatabases } from '../../src/library/clips.ts';
import { clearDatabases, countRecords, indexedDbRecords } from '../../src/library/store.ts';
import { failureFrom, formatOf } from './bars.ts';
import { filmOf } from './make-film.ts';

const PART_BYTE_LENGTH = 16 * 1024 * 1024;
const NEVER = new Promise<never>(() => undefined);

function clipOf(prompt: string, byteLength = 100): MadeFilm {
  const bytes = new Uint8Array(byteLength).map((_, index) => (index * 31) % 251);
  const mp4 = new Blob([bytes], { type: 'video/mp4' });
  return { film: filmOf({ prompt }), mp4, codec: 'avc1.64000d', format: formatOf(64) };
}

const names = async (store = new ClipStore()) => (await store.list()).map(({ name }) => name);

beforeEach(() => clearDatabases('zoetrope-clips'));
afterEach(() => clearDatabases('zoetrope-clips'));

describe('a kept clip', () => {
  test('is listed newest first with all that is said of it, in every tab', async () => {
    const store = new ClipStore();
    const fox = await store.keep(clipOf('a fox'));
    await new Promise((resolve) => setTimeout(resolve, 2));
    await store.keep(clipOf('a dog'));
    const list = await new ClipStore().list();
    expect(list.map(({ name }) => name)).toEqual(['a dog', 'a fox']);
    expect(list[1]).toEqual(fox);
    expect(fox).toMatchObject({ isStarred: false, byteLength: 100, codec: 'avc1.64000d' });
    expect(fox.film.rows[0]!.prompt).toBe('a fox');
  });

  test('has its bytes again, cut into records of at most 16 MiB', async () => {
    const store = new ClipStore();
    const made = clipOf('long', PART_BYTE_LENGTH + 7);
    const clip = await store.keep(made);
    const parts = indexedDbRecords<ArrayBuffer>('zoetrope-clips-bytes');
    const byteLengths = (await parts.all()).map(({ byteLength }) => byteLength);
    expect(byteLengths.toSorted((a, b) => a - b)).toEqual([7, PART_BYTE_LENGTH]);
    const mp4 = await store.mp4(clip);
    expect(mp4.type).toBe('video/mp4');
    const [again, before] = [await mp4.bytes(), await made.mp4.bytes()];
    expect(again.length).toBe(before.length);
    expect(again.every((byte, index) => byte === before[index])).toBe(true);
  });

  test('can be renamed and starred by two tabs at once', async () => {
    const clip = await new ClipStore().keep(clipOf('a fox'));
    await Promise.all([
      new ClipStore().mark(clip, { name: 'my fox' }),
      new ClipStore().mark(clip, { isStarred: true }),
    ]);
    expect(await new ClipStore().list()).toMatchObject([{ name: 'my fox', isStarred: true }]);
  });

  test('has a poster once one is made', async () => {
    const store = new ClipStore();
    const clip = await store.keep(clipOf('a fox'));
    expect(await store.poster(clip)).toBeUndefined();
    await store.setPoster(clip, new Blob(['picture'], { type: 'image/webp' }));
    const poster = await store.poster(clip);
    expect([poster?.type, await poster?.text()]).toEqual(['image/webp', 'picture']);
    expect(await store.list()).toMatchObject([{ hasPoster: true }]);
  });

  test('that has lost a part says so', async () => {
    const store = new ClipStore();
    const clip = await store.keep(clipOf('a fox'));
    await indexedDbRecords('zoetrope-clips-bytes').deleteMany([`${clip.id}:0`]);
    const missing = { code: 'clip-missing', facts: { name: 'a fox' } };
    expect(await failureFrom(store.mp4(clip))).toEqual(missing);
  });
});

describe('a list of hundreds', () => {
  test('reads no bytes and no posters', async () => {
    const databases: ClipDatabases = {
      clips: indexedDbRecords('zoetrope-clips'),
      bytes: unreadable(),
      posters: unreadable(),
    };
    const clips = Array.from({ length: 400 }, (_, index) => ({
      id: String(index),
      createdAtMs: index,
    }));
    for (const clip of clips) await databases.clips.set(clip.id, clip as KeptClip);
    const list = await new ClipStore(databases).list();
    expect(list.map(({ createdAtMs }) => createdAtMs)).toEqual(
      Array.from({ length: 400 }, (_, index) => 399 - index),
    );
  });
});

describe('a deleted clip', () => {
  test('is off the list at once, and its bytes go only when it cannot be brought back', async () => {
    const store = new ClipStore();
    const fox = await store.keep(clipOf('a fox'));
    await store.keep(clipOf('a dog'));
    const undo = Promise.withResolvers<undefined>();
    await store.delete(fox, undo.promise);
    expect(await names()).toEqual(['a dog']);
    // Another tab opens, which drops what nobody can bring back.
    await new ClipStore().sweep();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await store.mp4(fox)).size).toBe(100);

    undo.resolve(undefined);
    await expect.poll(() => countRecords('zoetrope-clips')).toBe(2);
    expect((await failureFrom(store.mp4(fox)))?.code).toBe('clip-missing');
  });

  test('can be brought back until then', async () => {
    const store = new ClipStore();
    const fox = await store.keep(clipOf('a fox'));
    const undo = Promise.withResolvers<undefined>();
    await store.delete(fox, undo.promise);
    await store.mark(fox, { isDeleted: false });
    undo.resolve(undefined);
    await store.sweep();
    expect(await names()).toEqual(['a fox']);
    expect((await store.mp4(fox)).size).toBe(100);
  });

  test('cannot be marked any more', async () => {
    const store = new ClipStore();
    const fox = await store.keep(clipOf('a fox'));
    await store.delete(fox, Promise.resolve());
    await expect.poll(() => countRecords('zoetrope-clips')).toBe(0);
    expect((await failureFrom(store.mark(fox, { name: 'x' })))?.code).toBe('clip-missing');
    expect((await failureFrom(store.delete(fox, NEVER)))?.code).toBe('clip-missing');
    expect(await countRecords('zoetrope-clips')).toBe(0);
  });
});

describe('on a full disk', () => {
  const full = new DOMException('the disk is full', 'QuotaExceededError');

  test.each(['bytes', 'clips'] as const)(
    'a clip whose %s find no room leaves nothing',
    async (place) => {
      const databases: ClipDatabases = {
        clips: indexedDbRecords('zoetrope-clips'),
        bytes: indexedDbRecords('zoetrope-clips-bytes'),
        posters: indexedDbRecords('zoetrope-clips-posters'),
      };
      databases[place].set = () => Promise.reject(full);
      await expect(new ClipStore(databases).keep(clipOf('a fox'))).rejects.toBe(full);
      expect(await countRecords('zoetrope-clips')).toBe(0);
    },
  );

  test('what a tab left that closed in the middle is swept', async () => {
    await indexedDbRecords('zoetrope-clips-bytes').set('gone:0', new ArrayBuffer(8));
    const store = new ClipStore();
    const fox = await store.keep(clipOf('a fox'));
    await store.sweep();
    expect(await countRecords('zoetrope-clips')).toBe(2);
    expect((await store.mp4(fox)).size).toBe(100);
  });
});

function unreadable() {
  const refuse = () => Promise.reject(new Error('nobody may read this'));
  return {
    keys: refuse,
    all: refuse,
    get: refuse,
    set: refuse,
    change: refuse,
    deleteMany: refuse,
  };
}
