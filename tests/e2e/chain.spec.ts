// The whole chain on the built site: prompt → MP4, checked by ffprobe and against golden clips.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { FilmFormat } from '../../src/core/clip.ts';
import builtinClips from '../fixtures/reference/builtin/clip.json' with { type: 'json' };
import tinyClips from '../fixtures/reference/tiny/clip.json' with { type: 'json' };
import { decodeLuma, probeMp4, psnr, readStripLuma } from './mp4.ts';
import {
  forgetFilms,
  generate,
  makeFile,
  noticeCodes,
  runBefore,
  terminalEvents,
  test,
} from './studio-test.ts';

const REFERENCE = join(import.meta.dirname, '../fixtures/reference');

type GoldenClip = (typeof builtinClips)[number];

async function makeGolden(page: Page, clip: GoldenClip, path: string): Promise<void> {
  const { prompt, seed, stepCount, guidance, widthPx, heightPx, frameCount } = clip;
  const download = page.waitForEvent('download');
  const told = await generate(page, { prompt, seed, stepCount, guidance, widthPx, heightPx });
  const format: FilmFormat = { frameCount, framesPerSecond: 12, widthPx, heightPx };
  expect(told.result, JSON.stringify(told.result)).toMatchObject({
    ok: true,
    format,
    film: { rows: [{ prompt }], seed },
  });
  expect(terminalEvents(told)).toEqual(['done']);
  expect(noticeCodes(told)).toEqual(['device']);
  await (await download).saveAs(path);
  const durationSeconds: unknown = expect.closeTo(frameCount / 12, 3);
  expect(probeMp4(path)).toEqual({ codec: 'h264', widthPx, heightPx, frameCount, durationSeconds });
}

for (const device of ['webgpu', 'wasm']) {
  for (const clip of tinyClips) {
    const size = `${clip.widthPx}x${clip.heightPx}`;
    test(`tiny pack, ${size}, ${device}: the golden clip`, async ({ page, tinySiteUrl }, info) => {
      await page.goto(`${tinySiteUrl}?device=${device}`);
      const path = info.outputPath('clip.mp4');
      await makeGolden(page, clip, path);
      // Brightness only: the tiny pack draws coloured noise, of which 4:2:0 keeps a quarter.
      const golden = readStripLuma(join(REFERENCE, 'tiny', clip.strip));
      expect(psnr(decodeLuma(path), golden)).toBeGreaterThan(26);
    });
  }
}

for (const device of ['webgpu', 'wasm']) {
  test(`a browser without JSPI, ${device}: the golden clip`, async ({
    page,
    context,
    tinySiteUrl,
  }, info) => {
    const engines: string[] = [];
    page.on('request', (request) =>
      engines.push(...(/(jspi|asyncify).*wasm$/.exec(request.url()) ?? []).slice(1)),
    );
    await runBefore(context, 'generate', 'delete WebAssembly.Suspending;');
    await page.goto(`${tinySiteUrl}?device=${device}`);
    const path = info.outputPath('clip.mp4');
    const clip = tinyClips[0]!;
    await makeGolden(page, clip, path);
    const golden = readStripLuma(join(REFERENCE, 'tiny', clip.strip));
    expect(psnr(decodeLuma(path), golden)).toBeGreaterThan(26);
    expect(new Set(engines)).toEqual(new Set(['asyncify']));
  });
}

for (const clip of builtinClips) {
  test(`built-in pack, wasm: the golden clip`, async ({ page, siteUrl }, info) => {
    await page.goto(`${siteUrl}?device=wasm`);
    const path = info.outputPath('clip.mp4');
    await makeGolden(page, clip, path);
    const golden = readStripLuma(join(REFERENCE, 'builtin', clip.strip));
    expect(psnr(decodeLuma(path), golden)).toBeGreaterThan(40);
  });
}

test('the same request gives the same file, after a reload and from a second tab', async ({
  context,
  page,
  tinySiteUrl,
}, info) => {
  const files: Buffer[] = [];
  const make = async (tab: Page) => {
    const path = info.outputPath(`${files.length}.mp4`);
    await makeFile(tab, { prompt: 'a fox', seed: 3, stepCount: 2 }, path);
    files.push(readFileSync(path));
  };
  await page.goto(`${tinySiteUrl}?device=wasm`);
  await make(page);
  // From what is kept of it, from nothing but the weights, and from the start.
  await page.reload();
  await make(page);
  await forgetFilms(page);
  await make(page);
  await forgetFilms(page);
  const second = await context.newPage();
  await second.goto(`${tinySiteUrl}?device=wasm`);
  await make(second);
  for (const file of files) expect(file.equals(files[0]!)).toBe(true);
});

test('nothing leaves the site while a clip is made', async ({ context, page, tinySiteUrl }) => {
  const urls: string[] = [];
  context.on('request', (request) => urls.push(request.url()));
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const told = await generate(page, { prompt: 'a canary quartz fox', seed: 1, stepCount: 1 });
  expect(told.result.ok).toBe(true);
  expect(urls.length).toBeGreaterThan(5);
  expect(urls.filter((url) => !/^(blob:)?http:\/\/127\.0\.0\.1:/.test(url))).toEqual([]);
  expect(urls.filter((url) => /canary|quartz/.test(decodeURIComponent(url)))).toEqual([]);
});

test('page and workers are forbidden to reach another host', async ({ page, tinySiteUrl }) => {
  let heardCount = 0;
  const elsewhere = createServer((_request, response) => {
    heardCount++;
    const open = {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    response.writeHead(200, open).end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  await page.goto(`${tinySiteUrl}?device=wasm`);
  await generate(page, { prompt: 'a fox', stepCount: 1 });
  const reaches = (address: string) =>
    fetch(address).then(
      () => true,
      () => false,
    );
  expect(await page.evaluate(reaches, url)).toBe(false);
  // The runtime's own threads sleep in Atomics.wait and answer nobody.
  const workers = page.workers().filter((worker) => worker.url().includes('.worker'));
  expect(workers).toHaveLength(2);
  for (const worker of workers) expect(await worker.evaluate(reaches, url)).toBe(false);
  expect(heardCount).toBe(0);
  expect(await reaches(url)).toBe(true);
  elsewhere.close();
});
