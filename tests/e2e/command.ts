// The command line in a process of its own.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { PROJECT_FOLDER } from '../../src/cli/site.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

// As npm runs it; npx would answer a signal with its own end instead of the command's exit code.
const TSX = join(PROJECT_FOLDER, 'node_modules/.bin/tsx');
/** How a run ended. */
export interface CommandRun {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  environment?: NodeJS.ProcessEnv;
  /** Interrupts the command, as Ctrl+C does, when this stands on standard error. */
  interruptAt?: string;
}

/** Runs the command that `npm run generate` runs, with the tiny pack. */
export function runCommand(
  words: readonly string[],
  { environment, interruptAt }: CommandOptions = {},
): Promise<CommandRun> {
  const packs = resolve(PROJECT_FOLDER, TINY_PACKS_FOLDER);
  const child = spawn(TSX, ['src/cli/generate.ts', ...words], {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, ZOETROPE_PACKS: packs, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl+C goes to the whole group, so the command gets one of its own.
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  let isInterrupted = false;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (isInterrupted || interruptAt === undefined || !stderr.includes(interruptAt)) return;
    isInterrupted = true;
    process.kill(-child.pid!, 'SIGINT');
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
}
