// Films longer than a window on the built site: what is kept, what changes, and that every frame is there once.
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { extended, retaken } from '../../src/core/film-edit.ts';
import { readFilmJson } from '../../src/core/film-tags.ts';
import type { Film } from '../../src/core/film.ts';
import { runCommand } from './command.ts';
import { decodeLuma, frameSeconds, probeMp4, psnr } from './mp4.ts';
import { forgetFilms, makeFile, terminalEvents, test } from './studio-test.ts';
import type { Made } from './studio-test.ts';

const TINY = { widthPx: 64, heightPx: 64, stepCount: 2, seed: 5 };
const TINY_PIXEL_COUNT = 64 * 64;

const BOARD = {
  ...TINY,
  rows: [
    { prompt: 'a fox runs', seconds: 4 },
    { prompt: 'a fox jumps', seconds: 3, camera: 'the camera zooms in' },
    { prompt: 'a dog', seconds: 3, transition: 'cross-fade' },
  ],
};

/** One frame of decoded brightness. */
const frameOf = (luma: Buffer, index: number, pixelCount = TINY_PIXEL_COUNT) =>
  luma.subarray(index * pixelCount, (index + 1) * pixelCount);

/** Every frame stands at its time, with none twice and none missing. */
function expectEveryFrameOnce(path: string, frameCount: number): void {
  expect(probeMp4(path).frameCount).toBe(frameCount);
  const seconds = frameSeconds(path);
  expect(seconds).toHaveLength(frameCount);
  for (const [index, at] of seconds.entries()) expect(at).toBeCloseTo(index / 12, 4);
}

function windowsMade({ events }: Made): number {
  const done = events.flatMap((event) =>
    event.type === 'advance' && event.stage === 'denoise' ? [event.done] : [],
  );
  return Math.max(0, ...done) / TINY.stepCount;
}

test.beforeEach(async ({ page, tinySiteUrl }) => {
  await page.goto(`${tinySiteUrl}?device=wasm`);
});

/** Saves what a link of the page leads to. */
async function saveLink(page: Page, name: string, path: string): Promise<void> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  await (await download).saveAs(path);
}

test('ten seconds in three rows: the same bytes from the page and from the command line', async ({
  page,
}, info) => {
  const board = info.outputPath('board.json');
  await mkdir(dirname(board), { recursive: true });
  await writeFile(board, JSON.stringify(BOARD));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open film' }).click();
  await (await chooser).setFiles(board);
  await expect(page.getByRole('group', { name: 'Shot 3' })).toBeVisible();
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible({ timeout: 60_000 });
  const fromPage = info.outputPath('page.mp4');
  await saveLink(page, 'Save MP4', fromPage);
  expectEveryFrameOnce(fromPage, 120);

  const document = info.outputPath('film.json');
  await saveLink(page, 'Save film', document);
  const fromCommand = info.outputPath('command.mp4');
  const words = ['--from', document, '--device', 'wasm', '--out', fromCommand];
  const { exitCode, stderr } = await runCommand(words);
  expect(exitCode, stderr).toBe(0);
  expect(readFileSync(fromCommand).equals(readFileSync(fromPage))).toBe(true);
});

test('a minute of film', async ({ page }, info) => {
  const path = info.outputPath('minute.mp4');
  const told = await makeFile(page, { ...TINY, stepCount: 1, prompt: 'a fox', seconds: 60 }, path);
  expect(terminalEvents(told)).toEqual(['done']);
  expectEveryFrameOnce(path, 720);
});

test('stopped in its third window, it keeps the frames that were shown', async ({ page }, info) => {
  const whole = info.outputPath('whole.mp4');
  const film = { ...TINY, stepCount: 8, prompt: 'a fox', seconds: 10 };
  await makeFile(page, film, whole);
  await forgetFilms(page);
  const stopped = info.outputPath('stopped.mp4');
  const cancelAt = { stage: 'denoise', done: 2 * 8 + 3 } as const;
  const told = await makeFile(page, film, stopped, { cancelAt });
  expect(terminalEvents(told)).toEqual(['done']);
  expectEveryFrameOnce(stopped, 17);
  expect(told.result.film.rows).toMatchObject([{ prompt: 'a fox', seconds: 17 / 12 }]);
  const shown = decodeLuma(stopped);
  expect(decodeLuma(whole).subarray(0, shown.length).equals(shown)).toBe(true);
});

test('a film without end goes on until it is stopped', async ({ page }, info) => {
  const path = info.outputPath('endless.mp4');
  const film = { ...TINY, prompt: 'a fox', seconds: 'endless' };
  const told = await makeFile(page, film, path, { cancelAt: { stage: 'encode', done: 40 } });
  const { frameCount } = told.result.format;
  expect(frameCount).toBeGreaterThanOrEqual(40);
  expectEveryFrameOnce(path, frameCount);
  expect(told.result.film.rows[0]!.seconds).toBeCloseTo(frameCount / 12);
});

test('extended, it keeps what there was and makes only the rest', async ({ page }, info) => {
  const short = info.outputPath('short.mp4');
  const { film } = (await makeFile(page, { ...TINY, prompt: 'a fox', seconds: 25 / 12 }, short))
    .result;
  const long = info.outputPath('long.mp4');
  const told = await makeFile(page, extended(film, 2), long);
  expectEveryFrameOnce(long, 49);
  expect(windowsMade(told)).toBe(3);
  const before = decodeLuma(short);
  expect(decodeLuma(long).subarray(0, before.length).equals(before)).toBe(true);

  // The whole film made at once is the same file.
  await forgetFilms(page);
  const afresh = info.outputPath('afresh.mp4');
  await makeFile(page, told.result.film, afresh);
  expect(readFileSync(afresh).equals(readFileSync(long))).toBe(true);
});

test('a row retaken leaves the frames of the others as they were', async ({ page }, info) => {
  const first = info.outputPath('first.mp4');
  const { film } = (await makeFile(page, BOARD, first)).result;
  const again = info.outputPath('again.mp4');
  const told = await makeFile(page, retaken(film, 0, 99), again);
  expectEveryFrameOnce(again, 120);
  const [before, after] = [decodeLuma(first), decodeLuma(again)];
  const isSame = (frame: number) => frameOf(before, frame).equals(frameOf(after, frame));
  // Four seconds of the first row, up to the nearest whole latent frame.
  const frames = Array.from({ length: 120 }, (_, frame) => frame);
  expect(frames.filter((frame) => frame >= 49).every(isSame)).toBe(true);
  expect(frames.filter((frame) => frame < 49).some(isSame)).toBe(false);

  await forgetFilms(page);
  const afresh = info.outputPath('afresh.mp4');
  await makeFile(page, told.result.film, afresh);
  expect(readFileSync(afresh).equals(readFileSync(again))).toBe(true);
});

test('a part retaken keeps both ends', async ({ page }, info) => {
  const first = info.outputPath('first.mp4');
  const { film } = (await makeFile(page, { ...TINY, prompt: 'a fox', seconds: 6 }, first)).result;
  const again = info.outputPath('again.mp4');
  await makeFile(page, retaken(film, 0, 99, { startSeconds: 2, endSeconds: 3 }), again);
  const [before, after] = [decodeLuma(first), decodeLuma(again)];
  const changed = Array.from({ length: 72 }, (_, frame) => frame).filter(
    (frame) => !frameOf(before, frame).equals(frameOf(after, frame)),
  );
  expect(changed[0]).toBeGreaterThan(12);
  expect(changed.at(-1)).toBeLessThan(48);
  expect(changed).toEqual(changed.map((_, index) => changed[0]! + index));
});

test('steered, its document says from which second, and makes the same film', async ({
  page,
}, info) => {
  const path = info.outputPath('steered.mp4');
  const film = { ...TINY, prompt: 'a fox', seconds: 5 };
  const told = await makeFile(page, film, path, { steer: { prompt: 'a dog', atFrame: 9 } });
  expectEveryFrameOnce(path, 60);
  const { rows } = told.result.film;
  expect(rows.map(({ prompt }) => prompt)).toEqual(['a fox', 'a dog']);
  expect(rows.reduce((sum, { seconds }) => sum + Number(seconds), 0)).toBeCloseTo(5);
  await forgetFilms(page);
  const afresh = info.outputPath('afresh.mp4');
  await makeFile(page, told.result.film, afresh);
  expect(readFileSync(afresh).equals(readFileSync(path))).toBe(true);
});

test('what a closed page was making is kept, and can be finished', async ({
  page,
  tinySiteUrl,
}, info) => {
  const film = { ...TINY, prompt: 'a fox', seconds: 'endless' };
  await page.evaluate((film) => {
    const onEvent = (event: { type: string; stage?: string; done?: number }) => {
      if (event.stage === 'encode' && event.done! >= 30) document.title = 'thirty frames';
    };
    void window.zoetrope!.generate(film, { onEvent });
  }, film);
  await page.waitForFunction(() => document.title === 'thirty frames');
  await page.goto('about:blank');
  await page.goto(`${tinySiteUrl}?device=wasm`);
  await page.getByRole('button', { name: 'Keep it' }).click();
  const path = info.outputPath('kept.mp4');
  await saveLink(page, 'Save MP4', path);
  const { frameCount } = probeMp4(path);
  expect(frameCount).toBeGreaterThanOrEqual(25);
  expectEveryFrameOnce(path, frameCount);
});

test('the document is in the file only where that is allowed', async ({ page }, info) => {
  const path = info.outputPath('film.mp4');
  const film = { ...TINY, prompt: 'a secret fox' };
  await makeFile(page, film, path);
  expect(readFileSync(path).includes('secret')).toBe(false);
  const { result } = await makeFile(page, film, path, { storesFilm: true });
  const json = await readFilmJson(new Blob([readFileSync(path)]));
  expect(JSON.parse(json!) as Film).toEqual(result.film);
});

/** A picture that no seed would make: a bright disc on a dark ground. */
function discPicture(sidePx: number): { dataUrl: string; luma: Buffer } {
  const png = new PNG({ width: sidePx, height: sidePx });
  const luma = Buffer.alloc(sidePx * sidePx);
  for (let pixel = 0; pixel < sidePx * sidePx; pixel++) {
    const [x, y] = [pixel % sidePx, Math.floor(pixel / sidePx)];
    const isInside = Math.hypot(x - sidePx / 2, y - sidePx / 2) < sidePx / 4;
    const grey = isInside ? 230 : 60;
    png.data.set([grey, grey, grey, 255], pixel * 4);
    luma[pixel] = grey;
  }
  return { dataUrl: `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`, luma };
}

test.describe('with the model that comes with the site', () => {
  const SIDE_PX = 128;
  const PIXEL_COUNT = SIDE_PX ** 2;
  const film = { prompt: 'a dog in a green meadow', seed: 3, stepCount: 8, guidance: 1 };

  async function lumaOf(page: Page, document: unknown, path: string): Promise<Buffer> {
    await makeFile(page, document, path);
    return decodeLuma(path);
  }

  test.beforeEach(async ({ page, siteUrl }) => {
    await page.goto(`${siteUrl}?device=wasm`);
  });

  test('it begins with a start picture and ends with an end picture', async ({ page }, info) => {
    const { dataUrl, luma: disc } = discPicture(SIDE_PX);
    const likeness = (luma: Buffer, frame: number) => psnr(frameOf(luma, frame, PIXEL_COUNT), disc);
    const plain = await lumaOf(page, film, info.outputPath('plain.mp4'));
    const start = { ...film, startPicture: dataUrl };
    const started = await lumaOf(page, start, info.outputPath('start.mp4'));
    expect(likeness(started, 0)).toBeGreaterThan(likeness(plain, 0) + 6);
    const end = { ...film, endPicture: dataUrl };
    const ended = await lumaOf(page, end, info.outputPath('end.mp4'));
    expect(likeness(ended, 16)).toBeGreaterThan(likeness(plain, 16) + 6);
  });
});
