import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { buildPack, cutIntoShards } from '../../models/build-pack.ts';
import { denoiseGraphOf, filesFor, filmDefaults } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';
import { parsePack } from '../../models/parse-pack.ts';
import { StudioError } from '../../src/core/errors.ts';

const TINY = join(import.meta.dirname, '../fixtures/tiny');
const SHARD_BYTE_LENGTH = 64 * 1024;

let outFolder: string;
let pack: ModelPack;

beforeAll(async () => {
  outFolder = await mkdtemp(join(tmpdir(), 'pack-'));
  pack = await buildPack({
    descriptionPath: join(TINY, 'pack-source.json'),
    sourceFolder: TINY,
    outFolder,
    shardByteLength: SHARD_BYTE_LENGTH,
  });
});

/** The tiny pack with one place changed. */
function changed(place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(pack);
  const path = place.split('.');
  const last = path.pop() ?? '';
  const parent = path.reduce((node, key) => (node as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[last] = value;
  return copy;
}

function failureFor(json: unknown) {
  try {
    parsePack(json, 'pack.json');
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown.failure;
    throw thrown;
  }
  throw new Error('was accepted');
}

describe('buildPack', () => {
  it('cuts files into shards that make them up again', async () => {
    for (const [name, file] of Object.entries(pack.files)) {
      const shards = await Promise.all(
        file.shards.map((shard) => readFile(join(outFolder, `${shard.sha256}.bin`))),
      );
      expect(shards.every((shard) => shard.byteLength <= SHARD_BYTE_LENGTH)).toBe(true);
      expect(Buffer.concat(shards).equals(await readFile(join(TINY, name)))).toBe(true);
    }
    expect(pack.files['denoise.onnx.data']?.shards).toHaveLength(3);
  });

  it('leaves nothing of an earlier build', async () => {
    const before = await readdir(outFolder);
    await buildPack({
      descriptionPath: join(TINY, 'pack-source.json'),
      sourceFolder: TINY,
      outFolder,
    });
    const after = await readdir(outFolder);
    expect(after.length).toBeLessThan(before.length);
    expect(after).toContain('pack.json');
  });

  it('cuts at the border', () => {
    expect(cutIntoShards(new Uint8Array(10), 5).map((s) => s.length)).toEqual([5, 5]);
    expect(cutIntoShards(new Uint8Array(11), 5).map((s) => s.length)).toEqual([5, 5, 1]);
  });
});

describe('parsePack', () => {
  it('gives back what the builder wrote', () => {
    expect(parsePack(JSON.parse(JSON.stringify(pack)), 'pack.json')).toEqual(pack);
  });

  it.each([undefined, null, 7, 'pack', [], {}, { format: 2 }])(
    'refuses another format: %j',
    (json) => {
      expect(failureFor(json)).toMatchObject({ code: 'pack-format', facts: { supported: 1 } });
    },
  );

  it.each([
    ['id', 'Tiny!', '"Tiny!"'],
    ['title', '', '""'],
    ['parts', [], '[]'],
    ['parts.0.licence', undefined, 'nothing'],
    ['tokenizer.kind', 'sentencepiece', '"sentencepiece"'],
    ['schedule.kind', 'ddpm', '"ddpm"'],
    ['schedule.stepCount', 0, '0'],
    ['window.framesPerSecond', 'fast', '"fast"'],
    ['sizes', [], '[]'],
    ['sizes.0.widthPx', 63, '63'],
    ['sizes.0.denoise.file', '../denoise.onnx', '"../denoise.onnx"'],
    ['sizes.0.denoise.inputs.latents.shape', [1, 47, 32], '[1,47,32]'],
    ['sizes.1.denoiseGuided.inputs.text.shape', [1, 16, 32], '[1,16,32]'],
    ['sizes.0.decode.outputs.pictures.shape', [4, 3, 64, 32], '[4,3,64,32]'],
    ['files.decode-64x64.onnx.shards.0.sha256', 'abc', '"abc"'],
  ])('names the place %s and the value', (place, value, shown) => {
    // File names hold dots, so the changed place is reached by hand there.
    const json = place.startsWith('files.') ? withFirstSha(String(value)) : changed(place, value);
    expect(failureFor(json)).toMatchObject({
      code: 'pack-invalid',
      facts: { place, value: shown },
    });
  });

  function withFirstSha(sha256: string): unknown {
    const copy = structuredClone(pack);
    const shard = copy.files['decode-64x64.onnx']?.shards[0];
    if (shard) shard.sha256 = sha256;
    return copy;
  }

  it('refuses a file whose shards do not add up, one without a licence, and one that is not there', () => {
    const lengths = structuredClone(pack);
    (lengths.files['tokenizer.json'] ?? { byteLength: 0 }).byteLength += 1;
    expect(failureFor(lengths)).toMatchObject({
      facts: { place: 'files.tokenizer.json.byteLength' },
    });

    const unlicensed = structuredClone(pack);
    for (const part of unlicensed.parts)
      part.files = part.files.filter((f) => f !== 'tokenizer.json');
    expect(failureFor(unlicensed)).toMatchObject({ facts: { place: 'files.tokenizer.json' } });

    const files = Object.entries(pack.files).filter(([name]) => name !== 'tokenizer.json');
    expect(failureFor({ ...pack, files: Object.fromEntries(files) })).toMatchObject({
      facts: { place: 'files.tokenizer.json', value: 'nothing' },
    });
  });
});

describe('filmDefaults', () => {
  it('says whether every size can be guided', () => {
    expect(filmDefaults(pack).canGuide).toBe(true);
    const [first, ...others] = structuredClone(pack.sizes);
    delete first?.denoiseGuided;
    const sizes = first ? [first, ...others] : [];
    expect(filmDefaults({ ...pack, sizes }).canGuide).toBe(false);
  });
});

describe('filesFor', () => {
  it('takes the plain graph only where guidance is 1', () => {
    const size = pack.sizes[0];
    if (!size) throw new Error('no size');
    expect(denoiseGraphOf(size, 1)).toBe(size.denoise);
    expect(denoiseGraphOf(size, 0)).toBe(size.denoiseGuided);
    const needs = { widthPx: 64, heightPx: 32, guidance: 4, hasPictures: false };
    const files = filesFor(pack, needs);
    expect(files).toContain('denoise-guided-64x32.onnx');
    expect(files).not.toContain('encode-frames-64x32.onnx');
    const withPictures = filesFor(pack, { ...needs, hasPictures: true });
    expect(withPictures).toContain('encode-frames-64x32.onnx');
    expect(new Set(files).size).toBe(files.length);
  });
});
