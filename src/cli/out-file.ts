// Where the film goes: a path that can be written to, known before the work starts, filled in one move at its end.
import { existsSync, statSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

import { reasonOf } from '../core/errors.ts';
import { NOT_THERE, outUnwritable, OUT_IS_FOLDER, systemSays } from './text.ts';
import { UsageError } from './usage-error.ts';

/** A file that does not exist before `keep`. */
export interface OutFile {
  /** Where unfinished bytes may go; beside the final place, so that the last move stays on one disk. */
  partPath: string;
  /**
   * Moves the finished part to its place.
   * @returns the path of the film and its size
   */
  keep(): Promise<{ file: string; byteLength: number }>;
  /** Removes what is unfinished, if there is anything. */
  discard(): Promise<void>;
}

/**
 * Finds a place for a film and tries that it can be written to.
 * @param outPath where a person wants it, replacing what is there; undefined for a new file in this folder
 * @param fileName the name of a new file
 * @throws UsageError
 */
export async function openOutFile(outPath: string | undefined, fileName: string): Promise<OutFile> {
  const wanted = outPath ?? fileName;
  if (existsSync(wanted) && statSync(wanted).isDirectory()) {
    throw new UsageError(outUnwritable(wanted, OUT_IS_FOLDER));
  }
  const partPath = join(dirname(wanted), `.${basename(wanted)}.${process.pid}.part`);
  const discard = () => rm(partPath, { force: true });
  try {
    await writeFile(partPath, '');
    await discard();
  } catch (thrown) {
    throw new UsageError(outUnwritable(wanted, fileProblem(thrown)));
  }
  return {
    partPath,
    discard,
    async keep() {
      const file = outPath ?? freePath(fileName);
      const { size } = await stat(partPath);
      await rename(partPath, file);
      return { file, byteLength: size };
    },
  };
}

/** The name itself, or with the first of -2, -3 … that is free. */
function freePath(fileName: string): string {
  const extension = extname(fileName);
  const stem = fileName.slice(0, fileName.length - extension.length);
  let path = fileName;
  for (let copy = 2; existsSync(path); copy++) path = `${stem}-${copy}${extension}`;
  return path;
}

/** Why a file cannot be read or written, without the path, which the sentence around it has. */
export function fileProblem(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return NOT_THERE;
  return typeof code === 'string' ? systemSays(code) : reasonOf(thrown);
}
