import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePack } from '../../models/parse-pack.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { openTokenizer } from '../../workers/generate/tokenize.ts';
import type { Tokenize } from '../../workers/generate/tokenize.ts';
import { builtinPackFolder } from '../builtin-pack.ts';
import reference from '../fixtures/reference/tokenizer-strings.json' with { type: 'json' };

const PACK_FOLDER = builtinPackFolder(join(import.meta.dirname, '../../public/packs'));

/** The files of the pack on disk, read without a browser's store. */
async function openTokenizerOnDisk(): Promise<Tokenize> {
  const json: unknown = JSON.parse(await readFile(join(PACK_FOLDER, 'pack.json'), 'utf8'));
  const pack = parsePack(json, 'pack.json');
  const bytes = async (fileName: string) => {
    const shards = pack.files[fileName]?.shards ?? [];
    const parts = shards.map(({ sha256 }) => readFile(join(PACK_FOLDER, `${sha256}.bin`)));
    return new Uint8Array(Buffer.concat(await Promise.all(parts)));
  };
  return openTokenizer(pack, { bytes } as PackFiles);
}

let tokenize: Tokenize;

beforeAll(async () => {
  tokenize = await openTokenizerOnDisk();
});

describe('tokenize', () => {
  it('agrees with the reference on every string', () => {
    expect(reference.strings.length).toBeGreaterThan(500);
    const wrong = reference.strings.filter(({ text, ids }) => {
      const tokens = tokenize(text);
      const actual = [...tokens.ids].slice(0, ids.length).map(Number);
      const padding = [...tokens.ids].slice(ids.length);
      return actual.join() !== ids.join() || padding.some((id) => id !== 0n);
    });
    expect(wrong.map(({ text }) => text.slice(0, 60))).toEqual([]);
  });

  it('masks the padding and nothing else', () => {
    for (const { text, ids } of reference.strings) {
      const { mask } = tokenize(text);
      expect(mask).toHaveLength(reference.tokenCount);
      expect(mask.every((value, index) => value === (index < ids.length ? 1 : 0))).toBe(true);
    }
  });

  it('says where a long prompt was cut', () => {
    expect(tokenize('a panda dances in the snow').cut).toBeUndefined();
    const words = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 'red' : 'fox'));
    expect(tokenize(words.join(' ')).cut).toEqual({
      tokenCount: 62,
      maxTokenCount: 40,
      lastWord: 'fox red fox',
    });
  });
});
