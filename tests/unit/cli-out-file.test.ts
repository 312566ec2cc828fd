import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openOutFile } from '../../src/cli/out-file.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zoetrope-out-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function keep(outPath: string | undefined, fileName: string, bytes: string) {
  const out = await openOutFile(outPath, fileName);
  await writeFile(out.partPath, bytes);
  return out.keep();
}

describe('openOutFile', () => {
  it('never takes the name of a file that is there', async () => {
    const name = join(folder, 'a-fox-0.mp4');
    const files = [];
    for (const bytes of ['1', '22', '333']) files.push(await keep(undefined, name, bytes));
    expect(files).toEqual([
      { file: name, byteLength: 1 },
      { file: join(folder, 'a-fox-0-2.mp4'), byteLength: 2 },
      { file: join(folder, 'a-fox-0-3.mp4'), byteLength: 3 },
    ]);
    expect(await readFile(name, 'utf8')).toBe('1');
  });

  it('replaces the file that a person names', async () => {
    const path = join(folder, 'film.mp4');
    await keep(path, 'ignored.mp4', 'old');
    await keep(path, 'ignored.mp4', 'new');
    expect(await readdir(folder)).toEqual(['film.mp4']);
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('leaves nothing before the end, and nothing after it is given up', async () => {
    const out = await openOutFile(join(folder, 'film.mp4'), 'ignored.mp4');
    expect(await readdir(folder)).toEqual([]);
    await writeFile(out.partPath, 'half');
    await out.discard();
    await out.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('finds out first that a place cannot be written to', async () => {
    await writeFile(join(folder, 'file'), '');
    for (const path of [folder, join(folder, 'none/film.mp4'), join(folder, 'file/film.mp4')]) {
      const opening = openOutFile(path, 'ignored.mp4');
      await expect(opening).rejects.toThrow(UsageError);
      await expect(opening).rejects.toThrow(`--out ${path}: expected`);
    }
  });
});
