// The pack that comes with the site is the first of its catalogue; tests and benchmarks know it by no other name.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of that pack in a folder of packs. */
export function builtinPackFolder(packsFolder: string): string {
  const catalogue = JSON.parse(readFileSync(join(packsFolder, 'catalogue.json'), 'utf8')) as {
    packs: string[];
  };
  return join(packsFolder, dirname(catalogue.packs[0]!));
}
