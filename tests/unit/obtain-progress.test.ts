import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackShard } from '../../models/pack.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { ObtainProgress } from '../../src/library/obtain-progress.ts';

const SHARD_BYTE_LENGTH = 8 * 1024 * 1024;
const shards: PackShard[] = ['a', 'b', 'c'].map((sha256) => ({
  sha256,
  byteLength: SHARD_BYTE_LENGTH,
}));

function record() {
  const events: StageEvent[] = [];
  const progress = new ObtainProgress((event) => events.push(event));
  return { progress, done: () => events.flatMap((e) => (e.type === 'advance' ? [e.done] : [])) };
}

describe('ObtainProgress', () => {
  it('never falls and ends at the total, whatever is fetched again', () => {
    const anyStep = fc.record({
      shard: fc.constantFrom(...shards),
      byteLength: fc.nat(SHARD_BYTE_LENGTH),
      isWhole: fc.boolean(),
    });
    const property = fc.property(fc.array(anyStep), (steps) => {
      const { progress, done } = record();
      progress.found([]);
      for (const { shard, byteLength, isWhole } of steps) {
        if (isWhole) progress.found([shard]);
        else progress.received(shard, byteLength);
      }
      progress.found(shards);
      expect(done()[0]).toBe(0);
      expect(done()).toEqual(done().toSorted((a, b) => a - b));
      expect(done().at(-1)).toBe(3 * SHARD_BYTE_LENGTH);
    });
    fc.assert(property);
  });

  it('starts with what is stored', () => {
    const { progress, done } = record();
    progress.found(shards.slice(0, 2));
    expect(done()).toEqual([2 * SHARD_BYTE_LENGTH]);
  });

  it('tells of bytes as they come, but not of every chunk', () => {
    const { progress, done } = record();
    progress.found([]);
    for (let byteLength = 0; byteLength <= SHARD_BYTE_LENGTH; byteLength += 16 * 1024) {
      progress.received(shards[0]!, byteLength);
    }
    expect(done().length).toBeGreaterThan(20);
    expect(done().length).toBeLessThan(40);
  });
});
