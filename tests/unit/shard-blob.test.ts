import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackShard } from '../../models/pack.ts';
import { rangesOf } from '../../src/library/pack-shards.ts';
import { ShardBlob } from '../../src/library/shard-blob.ts';

/** Bytes of a file of these shard lengths, no two neighbours alike, as shards and as a real Blob. */
function fileOf(byteLengths: readonly number[]) {
  const total = byteLengths.reduce((sum, length) => sum + length, 0);
  const bytes = Uint8Array.from({ length: total }, (_, index) => (index * 7 + (index >> 8)) % 251);
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  let start = 0;
  const shards: PackShard[] = byteLengths.map((byteLength, index) => {
    contents.set(`${index}`, bytes.slice(start, start + byteLength));
    start += byteLength;
    return { sha256: `${index}`, byteLength };
  });
  const read = ({ sha256 }: PackShard) => Promise.resolve(contents.get(sha256)!);
  return { shards, whole: new Blob([bytes]), cut: new ShardBlob(shards, read) };
}

async function streamed(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await new Response(blob.stream()).arrayBuffer());
}

const anyLengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
const anyPosition = fc.option(fc.integer({ min: -300, max: 300 }), { nil: undefined });

describe('ShardBlob', () => {
  it('gives what a Blob of the whole file gives, for every slice and slice of a slice', async () => {
    const anySlice = fc.tuple(anyPosition, anyPosition);
    const property = fc.asyncProperty(
      anyLengths,
      anySlice,
      anySlice,
      async (lengths, outer, inner) => {
        const { whole, cut } = fileOf(lengths);
        const expected = whole.slice(...outer).slice(...inner);
        const found = cut.slice(...outer).slice(...inner);
        expect(found.size).toBe(expected.size);
        const bytes = new Uint8Array(await expected.arrayBuffer());
        expect(await streamed(found)).toEqual(bytes);
        expect(new Uint8Array(await found.arrayBuffer())).toEqual(bytes);
        expect(await found.bytes()).toEqual(bytes);
        expect(await found.text()).toBe(await expected.text());
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('takes a type as a Blob does', () => {
    expect(fileOf([3]).cut.slice(0, 1, 'text/plain').type).toBe('text/plain');
  });

  it('streams chunks of at most 1 MiB that the reader may keep and change', async () => {
    const { whole, cut } = fileOf([3 * 1024 * 1024 + 5]);
    const expected = await streamed(whole);
    let byteLength = 0;
    for await (const chunk of cut.stream() as unknown as AsyncIterable<Uint8Array>) {
      expect(chunk.byteLength).toBeLessThanOrEqual(1024 * 1024);
      byteLength += chunk.byteLength;
      chunk.fill(0);
    }
    expect(byteLength).toBe(expected.byteLength);
    expect(Buffer.compare(await streamed(cut), expected)).toBe(0);
  });
});

describe('rangesOf', () => {
  it('covers the asked bytes once, in order, and touches no other shard', () => {
    const anyCase = {
      lengths: anyLengths,
      a: fc.nat(240),
      b: fc.nat(240),
      max: fc.integer({ min: 1, max: 50 }),
    };
    const property = fc.property(fc.record(anyCase), ({ lengths, a, b, max }) => {
      const { shards } = fileOf(lengths);
      const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((x, y) => x + y, 0));
      const total = lengths.reduce((x, y) => x + y, 0);
      const [start, end] = [Math.min(a, b, total), Math.min(Math.max(a, b), total)];
      let position = start;
      for (const range of rangesOf(shards, { start, end }, max)) {
        expect(starts[Number(range.shard.sha256)]! + range.start).toBe(position);
        expect(range.end - range.start).toBeGreaterThan(0);
        expect(range.end - range.start).toBeLessThanOrEqual(max);
        expect(range.end).toBeLessThanOrEqual(range.shard.byteLength);
        position += range.end - range.start;
      }
      expect(position).toBe(end);
    });
    fc.assert(property);
  });
});
