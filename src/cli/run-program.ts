// Runs another program to its end, keeps what it says, and stops it when it falls silent for too long.
// Its output never reaches our standard output, which belongs to the film's path.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

import { throwIfCancelled } from '../core/cancel.ts';
import { endedWith, silentFor } from './text.ts';

export interface ProgramOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** How long the program may say nothing before it is stopped. */
  silenceSeconds: number;
  signal?: AbortSignal | undefined;
}

/** How a program ended: well, or why not; with all it said. */
export interface ProgramEnd {
  failure: string | undefined;
  output: string;
}

/**
 * Runs a program without a shell.
 * @throws StudioError cancelled, once the program has been stopped
 */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  { cwd, env, silenceSeconds, signal }: ProgramOptions,
): Promise<ProgramEnd> {
  if (signal) throwIfCancelled(signal);
  // A group of its own on POSIX, so that the programs it starts end with it.
  const grouped = process.platform !== 'win32';
  const child = spawn(program, programArguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: grouped,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
  });
  let silent = false;
  const stop = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(grouped ? -child.pid : child.pid, 'SIGKILL');
    } catch {
      // It ended by itself in the meantime.
    }
  };
  const timer = setTimeout(() => {
    silent = true;
    stop();
  }, silenceSeconds * 1000);
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    timer.refresh();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  signal?.addEventListener('abort', stop, { once: true });
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, killedBy) => {
      if (silent) resolve(silentFor(silenceSeconds));
      else resolve(code === 0 ? undefined : endedWith(killedBy ?? code ?? 1, tellingLine(output)));
    });
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  if (signal) throwIfCancelled(signal);
  return { failure, output };
}

/** Whether there is a file at a path; false, too, where the path leads through something that is no folder. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** The line that says most about a failure: the last that calls itself an error, or the last of all. */
function tellingLine(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  return lines.findLast((line) => /^(E|error|failed)\b|\w+Error:/i.test(line)) ?? lines.at(-1);
}
