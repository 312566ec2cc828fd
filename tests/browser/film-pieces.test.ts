// Pieces of films in IndexedDB, and the record of a film that is being made.
import { beforeEach, describe, expect, test } from 'vitest';
import { FallbackStore } from '../../src/library/fallback-store.ts';
import {
  dropPieces,
  filmPieces,
  keepUnfinished,
  sweepPieces,
  unfinished,
  whilePiecesStay,
} from '../../src/library/film-pieces.ts';
import type * as filmPiecesModule from '../../src/library/film-pieces.ts';
import type { UnfinishedRecord } from '../../src/library/film-pieces.ts';
import { indexedDbStore } from '../../src/library/store.ts';
import { deniedStore } from '../fakes/refusing-store.ts';

const RECORD: UnfinishedRecord = {
  filmJson: '{"version":2}',
  format: { widthPx: 64, heightPx: 64, framesPerSecond: 12, frameCount: Infinity },
  segments: [{ sha256: 'a', frameCount: 17 }],
};

beforeEach(async () => {
  await dropPieces();
  await keepUnfinished(undefined);
});

async function keep(...keys: string[]): Promise<void> {
  for (const sha256 of keys) {
    await filmPieces.put({ sha256, byteLength: 10 }, new ArrayBuffer(10));
  }
}

async function keys(pieces = filmPieces): Promise<string[]> {
  return (await pieces.shards()).map(({ sha256 }) => sha256).toSorted();
}

describe('pieces', () => {
  test('have a database of their own, which every tab sees', async () => {
    await keep('of a film');
    const otherTab = new FallbackStore(indexedDbStore('zoetrope-films', 'pieces'));
    expect(await keys(otherTab)).toEqual(['of a film']);
    expect(await keys(new FallbackStore(indexedDbStore()))).not.toContain('of a film');
  });

  test('are swept when there are too many of them, but those in use', async () => {
    await keep('a', 'b', 'c');
    await sweepPieces(new Set(['b']), 30);
    expect(await keys()).toEqual(['a', 'b', 'c']);
    await sweepPieces(new Set(['b']), 29);
    expect(await keys()).toEqual(['b']);
  });

  test('are not swept away from a film that is being made', async () => {
    await keep('a', 'b');
    const made = await whilePiecesStay(async () => {
      await sweepPieces(new Set(), 0);
      // Two films in two tabs do not wait for each other.
      return whilePiecesStay(() => keys());
    });
    expect(made).toEqual(['a', 'b']);
    await sweepPieces(new Set(), 0);
    expect(await keys()).toEqual([]);
  });

  test('all go, those in memory too', async () => {
    await keep('a');
    const inMemory = new FallbackStore(deniedStore());
    await inMemory.put({ sha256: 'b', byteLength: 10 }, new ArrayBuffer(10));
    expect(await keys(inMemory)).toEqual(['b']);
    await dropPieces(inMemory);
    await dropPieces();
    expect([...(await keys()), ...(await keys(inMemory))]).toEqual([]);
  });
});

describe('the record of an unfinished film', () => {
  test('is what was written last, until it is taken away', async () => {
    expect(await unfinished()).toBeUndefined();
    await keepUnfinished({ ...RECORD, segments: [] });
    await keepUnfinished(RECORD);
    expect(await unfinished()).toEqual(RECORD);
    await keepUnfinished(undefined);
    expect(await unfinished()).toBeUndefined();
  });

  test('is not left behind while a film is being made', async () => {
    await keepUnfinished(RECORD);
    expect(await whilePiecesStay(unfinished)).toBeUndefined();
    expect(await unfinished()).toEqual(RECORD);
  });

  test('is not kept where storage is refused, without a word', async () => {
    const { indexedDB } = globalThis;
    const deny = () => {
      throw new DOMException('access is denied', 'SecurityError');
    };
    // A module of its own, which has not opened its database yet.
    const url = '../../src/library/film-pieces.ts?denied';
    const denied = (await import(/* @vite-ignore */ url)) as typeof filmPiecesModule;
    Object.defineProperty(globalThis, 'indexedDB', { value: { open: deny }, configurable: true });
    try {
      await denied.keepUnfinished(RECORD);
      expect(await denied.unfinished()).toBeUndefined();
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true });
    }
    expect(await unfinished()).toBeUndefined();
  });
});
