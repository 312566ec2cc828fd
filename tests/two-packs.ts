// A packs folder with two tiny packs that share most shards: the second has another title and a tokenizer of its own.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPack } from '../models/build-pack.ts';

const SOURCE = join(import.meta.dirname, 'fixtures/tiny');

/** Builds both into a folder that stands in for a site's packs/. */
export async function buildTwoPacks(folder: string): Promise<void> {
  const build = async (name: string, sourceFolder: string, descriptionPath: string) =>
    buildPack({
      ...{ sourceFolder, descriptionPath, outFolder: join(folder, name) },
      shardByteLength: 64 * 1024,
    });
  await build('tiny', SOURCE, join(SOURCE, 'pack-source.json'));
  const source = join(folder, 'source');
  await mkdir(source, { recursive: true });
  await cp(SOURCE, source, { recursive: true });
  const tokenizer = await readFile(join(SOURCE, 'tokenizer.json'), 'utf8');
  await writeFile(join(source, 'tokenizer.json'), `${tokenizer}\n`);
  const text = await readFile(join(SOURCE, 'pack-source.json'), 'utf8');
  const changed = { ...(JSON.parse(text) as object), id: 'second', title: 'Second pack for tests' };
  const descriptionPath = join(source, 'pack-source.json');
  await writeFile(descriptionPath, JSON.stringify(changed));
  await build('second', source, descriptionPath);
  await writeFile(
    join(folder, 'catalogue.json'),
    '{ "packs": ["tiny/pack.json", "second/pack.json"] }',
  );
}
