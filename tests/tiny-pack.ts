// The tiny pack, built by the real builder into a folder that stands in for a site's packs/.
// Small shards, so that tests meet files of several shards.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPack } from '../models/build-pack.ts';
import { TINY_PACKS_FOLDER } from './tiny-packs-folder.ts';

const SOURCE = join(import.meta.dirname, 'fixtures/tiny');

/** Builds the folder; vitest and Playwright call it once before their suites. */
export async function setup(): Promise<void> {
  await mkdir(TINY_PACKS_FOLDER, { recursive: true });
  await buildPack({
    sourceFolder: SOURCE,
    descriptionPath: join(SOURCE, 'pack-source.json'),
    outFolder: join(TINY_PACKS_FOLDER, 'tiny'),
    shardByteLength: 64 * 1024,
  });
  await writeFile(join(TINY_PACKS_FOLDER, 'catalogue.json'), '{ "packs": ["tiny/pack.json"] }');
}
