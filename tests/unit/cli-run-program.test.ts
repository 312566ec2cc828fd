import { describe, expect, it } from 'vitest';

import { runProgram } from '../../src/cli/run-program.ts';

const node = (script: string, silenceSeconds: number, signal?: AbortSignal) =>
  runProgram(process.execPath, ['-e', script], { silenceSeconds, signal });

/** Starts a program of its own that sleeps and holds our pipes open: the run ends when both have ended. */
const PARENT = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' });
`;

describe('runProgram', () => {
  it('gives what the program said, on both streams', async () => {
    const end = await node('console.log(1); console.error(2)', 30);
    expect(end.failure).toBeUndefined();
    expect(end.output.split('\n').sort()).toEqual(['', '1', '2']);
  });

  it('names the exit code and the line that says most', async () => {
    const script = 'console.error("Error: no disk\\n    at x.js:1\\nbye"); process.exitCode = 7';
    expect((await node(script, 30)).failure).toBe('ended with 7: Error: no disk');
  });

  it('fails without throwing when there is no such program', async () => {
    const { failure } = await runProgram('/nonexistent/program', [], { silenceSeconds: 30 });
    expect(failure).toContain('ENOENT');
  });

  it('stops a silent program and all that it started', async () => {
    expect((await node(PARENT, 1)).failure).toBe('stopped after 1 s without a sign of life');
  });

  it('lets a slow program live as long as it speaks', async () => {
    const script =
      'let i = 0; const t = setInterval(() => { console.log(i); if (++i > 7) clearInterval(t); }, 250)';
    expect((await node(script, 1)).failure).toBeUndefined();
  });

  it('is cancelled by its signal, before and during', async () => {
    const cancelled = { code: 'cancelled' };
    await expect(node('', 30, AbortSignal.abort())).rejects.toMatchObject(cancelled);
    await expect(node(PARENT, 30, AbortSignal.timeout(300))).rejects.toMatchObject(cancelled);
  });
});
