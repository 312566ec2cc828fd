// `npm run bench`: what the engine costs on this machine, as ratios against native onnxruntime run beside it.
// Every figure comes from the built site in a real browser, told by the events that the page gets too.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { ModelPack } from '../../models/pack.ts';
import { parsePack } from '../../models/parse-pack.ts';

import { SITE_FOLDER, buildSite, serveSite } from '../../src/cli/site.ts';
import { builtinPackFolder } from '../builtin-pack.ts';
import { chromiumLaunch } from '../chromium-launch.ts';
import { setup as buildTinyPack } from '../tiny-pack.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';
import { measureFilms } from './films.ts';
import { measureLoading } from './loading.ts';
import { peakAbove } from './memory.ts';
import { timeNative } from './native.ts';
import { advances, generate, median, openPage, secondsOf, stepMsOf } from './page.ts';
import type { BrowserRun } from './page.ts';

const COLD_STEP_COUNT = 2;

interface Row {
  name: string;
  stepMs: number;
  frameMs: number;
  warm?: string;
  peakByteLength?: number | undefined;
  /** Of the same with a model of next to nothing: what the engine itself takes. */
  enginePeakByteLength?: number | undefined;
}

await buildSite(console.log);
const packFolder = builtinPackFolder(join(SITE_FOLDER, 'packs'));
const pack = readPack(packFolder);
const site = await serveSite({ siteFolder: SITE_FOLDER });
await buildTinyPack();
const tinyPack = readPack(builtinPackFolder(TINY_PACKS_FOLDER));
const tinySite = await serveSite({ siteFolder: SITE_FOLDER, packsFolder: TINY_PACKS_FOLDER });
const rows = [await benchNative()];
const threadCount = Math.min(cpus().length, 8);
rows.push(await benchBrowser({ name: 'WebGPU', device: 'webgpu' }));
rows.push(await benchBrowser({ name: 'wasm, 1 thread', device: 'wasm', isIsolated: false }));
rows.push(await benchBrowser({ name: `wasm, ${threadCount} threads`, device: 'wasm' }));
printRows(rows);
await printFilms();
await printLoading();
await site.close();
await tinySite.close();

async function benchNative(): Promise<Row> {
  const size = pack.sizes[0]!;
  const steps = await timeNative(packFolder, pack, size.denoiseGuided ?? size.denoise, 8);
  const decodes = await timeNative(packFolder, pack, size.decode, 8);
  return {
    name: 'native onnxruntime, CPU',
    stepMs: median(steps),
    frameMs: median(decodes) / pack.latent.pictureCount,
  };
}

async function benchBrowser(run: BrowserRun): Promise<Row> {
  console.log(`Measuring ${run.name} …`);
  const enginePeakByteLength = await peakOfEngine(run);
  const server = await chromium.launchServer({ ...(await chromiumLaunch()), headless: true });
  try {
    const page = await openPage(server, site.url, run);
    const cold = await peakAbove(server.process().pid!, () =>
      generate(page, { stepCount: COLD_STEP_COUNT }),
    );
    const adapter = cold.value.events.flatMap((event) =>
      event.type === 'notice' &&
      event.notice.code === 'device' &&
      event.notice.facts.kind === 'webgpu'
        ? [event.notice.facts.adapter]
        : [],
    );
    // A software GPU would take ten minutes for a clip, and says nothing that two steps do not say.
    const { stepCount: fullStepCount } = pack.schedule;
    const isSlow = stepMsOf(cold.value) > 2000;
    const warmStepCount = isSlow ? COLD_STEP_COUNT : fullStepCount;
    const warm = await generate(page, { stepCount: warmStepCount, seed: 1 });
    const decode = advances(warm.events, 'decode');
    return {
      name: run.device === 'webgpu' ? `${run.name} (${adapter.join()})` : run.name,
      stepMs: stepMsOf(warm),
      frameMs: (decode.at(-1)!.atMs - decode[0]!.atMs) / decode.at(-1)!.done,
      warm: `${secondsOf(warm).toFixed(1)} s, ${warmStepCount} steps`,
      peakByteLength: cold.peakByteLength,
      enginePeakByteLength,
    };
  } finally {
    await server.close();
  }
}

async function peakOfEngine(run: BrowserRun): Promise<number | undefined> {
  const server = await chromium.launchServer({ ...(await chromiumLaunch()), headless: true });
  try {
    const page = await openPage(server, tinySite.url, run);
    const cold = await peakAbove(server.process().pid!, () =>
      generate(page, { stepCount: COLD_STEP_COUNT }),
    );
    return cold.peakByteLength;
  } finally {
    await server.close();
  }
}

function readPack(folder: string): ModelPack {
  return parsePack(JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8')), 'pack.json');
}

function modelByteLength({ files }: ModelPack): number {
  return Object.values(files).reduce((sum, file) => sum + file.byteLength, 0);
}

function printRows([native, ...browsers]: readonly Row[]): void {
  const ratio = (value: number, base: number) => `${(value / base).toFixed(1)} ×`;
  const megabytes = (value: number | undefined) =>
    value === undefined ? '' : `${Math.round(value / 1e6)} MB`;
  console.log(`\nModel: ${pack.title}, ${megabytes(modelByteLength(pack))}\n`);
  console.log(
    '| | ms per denoise step | | ms per decoded frame | | warm click to MP4 | peak memory | of it without the model |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  for (const row of [native!, ...browsers]) {
    const step = `${row.stepMs.toFixed(0)} | ${ratio(row.stepMs, native!.stepMs)}`;
    const frame = `${row.frameMs.toFixed(1)} | ${ratio(row.frameMs, native!.frameMs)}`;
    const memory = `${megabytes(row.peakByteLength)} | ${megabytes(row.enginePeakByteLength)}`;
    console.log(`| ${row.name} | ${step} | ${frame} | ${row.warm ?? ''} | ${memory} |`);
  }
}

async function printFilms(): Promise<void> {
  for (const line of await measureFilms({
    siteUrl: site.url,
    tinySiteUrl: tinySite.url,
    pack,
    tinyPack,
  })) {
    console.log(line);
  }
}

async function printLoading(): Promise<void> {
  const file = pack.encodeText.weights[0]!;
  const peaks = await measureLoading(packFolder, pack, file);
  const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
  const ratio = (peaks.shardedByteLength / peaks.wholeByteLength).toFixed(2);
  console.log(
    `\nWhile ${file} (${megabytes(peaks.fileByteLength)}) goes to the device, ` +
      `${megabytes(peaks.shardedByteLength)} of it are held: ${ratio} × those of one buffer.`,
  );
}
