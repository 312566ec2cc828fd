// A folder of graphs and weights with its pack-source.json becomes a pack: shards named by their SHA-256, and pack.json.
// The same input gives the same bytes, so a pack that did not change is not a change.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ModelPack, PackShard } from './pack.ts';
import { MAX_SHARD_BYTE_LENGTH } from './pack-schema.ts';
import { parsePack, parsePackSource } from './parse-pack.ts';

export interface PackBuild {
  /** The pack-source.json. */
  descriptionPath: string;
  /** Where the files lie that it names. */
  sourceFolder: string;
  /** Where shards and pack.json go; shards of an earlier build are taken away. */
  outFolder: string;
  shardByteLength?: number;
}

/**
 * Builds a pack and reads it back.
 * @throws StudioError pack-invalid with the place and the value; the file system's own error for a missing file
 */
export async function buildPack(build: PackBuild): Promise<ModelPack> {
  const { descriptionPath, sourceFolder, outFolder } = build;
  const source = parsePackSource(
    JSON.parse(await readFile(descriptionPath, 'utf8')),
    descriptionPath,
  );
  const shardByteLength = build.shardByteLength ?? MAX_SHARD_BYTE_LENGTH;
  await mkdir(outFolder, { recursive: true });
  await removeShards(outFolder);
  const files: ModelPack['files'] = {};
  for (const name of source.parts.flatMap((part) => part.files)) {
    const bytes = await readFile(join(sourceFolder, name));
    const shards: PackShard[] = [];
    for (const shard of cutIntoShards(bytes, shardByteLength)) {
      const sha256 = createHash('sha256').update(shard).digest('hex');
      await writeFile(join(outFolder, `${sha256}.bin`), shard);
      shards.push({ sha256, byteLength: shard.byteLength });
    }
    files[name] = { byteLength: bytes.byteLength, shards };
  }
  const json = `${JSON.stringify({ ...source, files }, null, 2)}\n`;
  const pack = parsePack(JSON.parse(json), descriptionPath);
  await writeFile(join(outFolder, 'pack.json'), json);
  return pack;
}

/** Cuts bytes into pieces of at most a length, all but the last of exactly that length. */
export function cutIntoShards(bytes: Uint8Array, shardByteLength: number): Uint8Array[] {
  const shards: Uint8Array[] = [];
  for (let start = 0; start < bytes.byteLength; start += shardByteLength) {
    shards.push(bytes.subarray(start, start + shardByteLength));
  }
  return shards;
}

async function removeShards(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => name.endsWith('.bin')).map((name) => rm(join(folder, name))),
  );
}
