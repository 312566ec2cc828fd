// The real command in a process of its own, from the words typed to the file, its streams and its exit code.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';

import { runCommand } from './command.ts';
import { probeMp4 } from './mp4.ts';

const TINY = ['--size', '64x64', '--steps', '2', '--device', 'wasm'];
const TINY_FILM = { codec: 'h264', widthPx: 64, heightPx: 64, frameCount: 9 };

test('a prompt becomes an MP4, and standard output is its path', async () => {
  const path = test.info().outputPath('film.mp4');
  const { exitCode, stdout, stderr } = await runCommand(['a fox jumps', '--out', path, ...TINY]);
  expect(stderr).toContain('Denoising — step 1 of 2');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${path}\n` });
  expect(probeMp4(path)).toMatchObject(TINY_FILM);
  expect(await readdir(dirname(path))).toEqual(['film.mp4']);
});

test('--json tells about the film, and --from takes what was saved', async () => {
  const saved = test.info().outputPath('film.json');
  const path = test.info().outputPath('film.mp4');
  await mkdir(dirname(saved), { recursive: true });
  await writeFile(saved, JSON.stringify({ prompt: 'a fox jumps', seed: 3, guidance: 0 }));
  const words = ['--from', saved, '--seed', '5', '--out', path, '--json', ...TINY];
  const { exitCode, stdout, stderr } = await runCommand(words);
  expect(exitCode, stderr).toBe(0);
  expect(stdout.trimEnd()).not.toContain('\n');
  expect(JSON.parse(stdout)).toMatchObject({
    file: path,
    film: { rows: [{ prompt: 'a fox jumps' }], seed: 5, guidance: 0, stepCount: 2 },
    isStopped: false,
    codec: expect.stringMatching(/^avc1\./),
    widthPx: 64,
    heightPx: 64,
    frameCount: TINY_FILM.frameCount,
    framesPerSecond: 12,
    byteLength: expect.any(Number),
    device: 'wasm',
    seconds: expect.any(Number),
  });
});

test('Ctrl+C before the first frame keeps nothing', async () => {
  const folder = test.info().outputPath('films');
  await mkdir(folder, { recursive: true });
  const words = ['a fox', '--out', join(folder, 'film.mp4'), '--device', 'wasm', '--steps', '100'];
  const { exitCode, stdout, stderr } = await runCommand(words, { interruptAt: 'Denoising' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
  expect(stderr).toContain('Cancelled.');
  expect(stderr).not.toContain('Muxing');
  expect(await readdir(folder)).toEqual([]);
});

for (const [words, expected] of [
  [['a fox', '--seed', '-1'], '--seed "-1": expected a whole number'],
  [['a fox', '--sede', '1'], 'Did you mean --seed?'],
  [['a', 'fox'], 'in quotes'],
  [[], 'No prompt.'],
  [['--from', '/nonexistent/film.json'], '--from /nonexistent/film.json'],
  [['a fox', '--out', '/nonexistent/film.mp4'], '--out /nonexistent/film.mp4'],
  [['a fox', '--size', '63x64'], '63 × 64 pixels'],
] as const) {
  test(`input that cannot be used ends with 2: ${words.join(' ')}`, async () => {
    const { exitCode, stdout, stderr } = await runCommand(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
}

test('a browser that is not there ends with 3 and says how to set it', async () => {
  const environment = { ZOETROPE_BROWSER: '/nonexistent' };
  const { exitCode, stdout, stderr } = await runCommand(['a fox'], { environment });
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('ZOETROPE_BROWSER is "/nonexistent"');
});

test('a pack that is broken ends with 1 and says what and where', async () => {
  const packs = test.info().outputPath('packs');
  await mkdir(packs, { recursive: true });
  await writeFile(join(packs, 'catalogue.json'), '{ "packs": ["none/pack.json"] }');
  const { exitCode, stdout, stderr } = await runCommand(
    ['a fox', '--out', test.info().outputPath('film.mp4')],
    {
      environment: { ZOETROPE_PACKS: packs },
    },
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('none/pack.json');
});

test('--help goes to standard output', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const word of ['--seed N', 'ZOETROPE_PACKS', 'Exit codes']) expect(stdout).toContain(word);
});
