// What of a pack is here, and what goes with it, where packs share shards.
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { ModelPack, PackShard } from '../../models/pack.ts';
import { keptPack, shardsToRemove } from '../../src/library/kept-packs.ts';

const shard = (name: string): PackShard => ({ sha256: name, byteLength: 10 });
const shards = (names: string) => Array.from(names, shard);
const names = (found: readonly PackShard[]) => found.map(({ sha256 }) => sha256).join('');

/** Of a pack nothing counts here but its files. */
function packOf(own: string): ModelPack {
  const file = { byteLength: 10 * own.length, shards: shards(own) };
  return { files: { weights: file } } as unknown as ModelPack;
}

/** `s` is in both. */
const one = packOf('sab');
const other = packOf('syz');
const packs = [one, other];

test.each([
  ['', 'absent', 0],
  ['a', 'partly', 10],
  ['sa', 'partly', 20],
  ['sab', 'whole', 30],
  // Nothing tells for which of the two it came.
  ['s', 'partly', 10],
  // Here only because the other is.
  ['sy', 'absent', 10],
  ['syz', 'absent', 10],
  ['syza', 'partly', 20],
  ['q', 'absent', 0],
])('of a pack with s, a and b, “%s” is %s', (stored, presence, keptByteLength) => {
  const totalByteLength = 30;
  const expected = { presence, keptByteLength, totalByteLength };
  expect(keptPack(one, packs, shards(stored))).toEqual(expected);
});

test('what another kept pack needs stays', () => {
  expect(names(shardsToRemove(one, packs, shards('sabyz')))).toBe('ab');
  expect(names(shardsToRemove(one, packs, shards('saby')))).toBe('ab');
  expect(names(shardsToRemove(one, packs, shards('sab')))).toBe('sab');
});

test('what is removed is gone, and no other pack has changed', () => {
  fc.assert(
    fc.property(fc.subarray(['s', 'a', 'b', 'y', 'z']), (stored) => {
      const removed = names(shardsToRemove(one, packs, shards(stored.join(''))));
      const left = stored.filter((name) => !removed.includes(name)).join('');
      expect(keptPack(one, packs, shards(left)).presence).toBe('absent');
      const before = keptPack(other, packs, shards(stored.join('')));
      if (before.presence === 'whole') {
        expect(keptPack(other, packs, shards(left))).toEqual(before);
      }
    }),
  );
});
