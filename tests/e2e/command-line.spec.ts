// The real command in a process of its own, from the words typed to the file, its streams and its exit code.
import { readFileSync } from 'node:fs';
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

test('Ctrl+C in a film without end keeps what there is of it', async () => {
  const path = test.info().outputPath('film.mp4');
  const words = ['a fox', '--seconds', 'endless', '--out', path, '--json', ...TINY];
  const { exitCode, stdout, stderr } = await runCommand(words, {
    interruptAt: 'step 101',
  });
  expect(exitCode, stderr).toBe(130);
  expect(stderr).toContain('Stopped. The first');
  const facts = JSON.parse(stdout) as { frameCount: number; isStopped: boolean };
  expect(facts.isStopped).toBe(true);
  expect(facts.frameCount).toBeGreaterThan(0);
  expect(probeMp4(path).frameCount).toBe(facts.frameCount);
  expect(await readdir(dirname(path))).toEqual(['film.mp4']);
});

test('--from makes the film that an MP4 holds', async () => {
  const first = test.info().outputPath('first.mp4');
  const words = ['a fox', '--seconds', '2', '--camera', 'static shot', '--seed', '9', ...TINY];
  await runCommand([...words, '--store-film', '--out', first]);
  const again = test.info().outputPath('again.mp4');
  const { exitCode, stderr } = await runCommand([
    '--from',
    first,
    '--store-film',
    '--device',
    'wasm',
    '--out',
    again,
  ]);
  expect(exitCode, stderr).toBe(0);
  expect(readFileSync(again).equals(readFileSync(first))).toBe(true);
  const plain = test.info().outputPath('plain.mp4');
  await runCommand([...words, '--out', plain]);
  const refused = await runCommand(['--from', plain]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("no film's document in this MP4");
});

for (const [words, expected] of [
  [['a fox', '--seed', '-1'], '--seed "-1": expected a whole number'],
  [['a fox', '--sede', '1'], 'Did you mean --seed?'],
  [['a', 'fox'], 'in quotes'],
  [[], 'No prompt.'],
  [['--from', '/nonexistent/film.json'], '--from /nonexistent/film.json'],
  [['a fox', '--out', '/nonexistent/film.mp4'], '--out /nonexistent/film.mp4'],
  [['a fox', '--size', '63x64'], '63 × 64 pixels'],
  [['a fox', '--seconds', '10000'], '--seconds "10000": expected a number of seconds'],
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
