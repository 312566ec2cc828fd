// Films longer than a window: how fast they come, what the given latent frames cost, and how memory goes on.
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { filmDefaults } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';
import { frameCountOf } from '../../src/core/frame-math.ts';
import type { FrameGrid } from '../../src/core/frame-math.ts';
import { chromiumLaunch } from '../chromium-launch.ts';
import { watchMemory } from './memory.ts';
import { advances, generate, openPage, secondsOf } from './page.ts';
import type { BrowserRun, Told } from './page.ts';

const FILM_SECONDS = 6;
const MEMORY_SECONDS = [60, 600];
const TINY_WINDOW_FRAME_COUNT = 9;

export interface FilmBenchOptions {
  siteUrl: string;
  tinySiteUrl: string;
  pack: ModelPack;
  tinyPack: ModelPack;
}

/** Measures films and says what came of it, line by line. */
export async function measureFilms(options: FilmBenchOptions): Promise<string[]> {
  const lines = [
    '',
    '| | steps | seconds of film per second of work | first frame after | cost of context |',
    '|---|---:|---:|---:|---:|',
  ];
  const tiny = { siteUrl: options.tinySiteUrl, grid: filmDefaults(options.tinyPack).grid };
  const builtin = { siteUrl: options.siteUrl, grid: filmDefaults(options.pack).grid };
  // A software GPU would take half an hour for a film of the whole model.
  lines.push(
    await speedLine(tiny, { name: 'tiny model, WebGPU', device: 'webgpu' }, 2),
    await speedLine(tiny, { name: 'tiny model, wasm', device: 'wasm' }, 2),
    await speedLine(builtin, { name: 'whole model, wasm', device: 'wasm' }, 8),
  );
  lines.push(
    '',
    '| film after one of a minute | peak memory until its first window is done | and after that | |',
    '|---|---:|---:|---:|',
  );
  for (const seconds of MEMORY_SECONDS) lines.push(await memoryLine(options, seconds));
  return lines;
}

async function speedLine(
  { siteUrl, grid }: { siteUrl: string; grid: FrameGrid },
  run: BrowserRun,
  stepCount: number,
): Promise<string> {
  console.log(`Measuring films, ${run.name} …`);
  return inBrowser(siteUrl, run, async (page) => {
    const windowSeconds =
      frameCountOf(grid.latentFrameCount, grid.pictureCount) / grid.framesPerSecond;
    await generate(page, { stepCount: 1, guidance: 1, seconds: windowSeconds });
    const set = { stepCount, guidance: 1 };
    const film = await generate(page, { ...set, seed: 1, seconds: FILM_SECONDS });
    const cut = { transition: 'cut', seconds: windowSeconds };
    const rows = Array.from({ length: 2 }, (_, index) => ({ ...cut, prompt: `a panda ${index}` }));
    const cuts = await generate(page, { ...set, seed: 1, prompt: undefined, rows });
    const firstFrameMs = advances(film.events, 'decode').find(({ done }) => done > 0)!.atMs;
    const startMs = film.events.find((event) => event.type === 'plan')!.atMs;
    return row(
      run.name,
      stepCount,
      (FILM_SECONDS / secondsOf(film)).toFixed(3),
      `${((firstFrameMs - startMs) / 1000).toFixed(1)} s`,
      `${(stepsPerFrame(film) / stepsPerFrame(cuts)).toFixed(2)} ×`,
    );
  });
}

/** Steps for one frame of a film; every step of a model takes as long as any other. */
function stepsPerFrame({ result, events }: Told): number {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return advances(events, 'denoise').at(-1)!.done / result.format.frameCount;
}

/** Collects garbage all the time, so that only what is held counts, and not what waits for the collector. */
const ALWAYS_COLLECT = '--js-flags=--gc-interval=5000 --gc-global';

async function memoryLine({ tinySiteUrl }: FilmBenchOptions, seconds: number): Promise<string> {
  console.log(`Measuring memory over ${seconds} s of film …`);
  const run = { name: 'wasm', device: 'wasm' } as const;
  const work = async (page: Page, pid: number) => {
    // The browser fills caches of its own while a first film is made.
    await generateUnheard(page, 59);
    const memory = watchMemory(pid);
    await page.exposeFunction('benchFirstWindow', memory.mark);
    await generateUnheard(page, seconds);
    const { beforeByteLength, afterByteLength } = memory.stop();
    const megabytes = (byteLength: number) => `${Math.round(byteLength / 1e6)} MB`;
    const growth = `${((afterByteLength / beforeByteLength - 1) * 100).toFixed(1)} %`;
    return row(`${seconds} s`, megabytes(beforeByteLength), megabytes(afterByteLength), growth);
  };
  return inBrowser(tinySiteUrl, run, work, [ALWAYS_COLLECT]);
}

/** Makes a film whose events stay in the page, since carrying each of them out of it takes memory too. */
async function generateUnheard(page: Page, seconds: number): Promise<void> {
  const size = { widthPx: 64, heightPx: 64 };
  const film = { prompt: 'a fox', ...size, stepCount: 1, guidance: 1, seconds, seed: seconds };
  // As text, since the loader that runs this file would wrap a function inside a function.
  await page.evaluate(`(async () => {
    const onEvent = ({ stage, done }) => {
      if (stage !== 'encode' || done < ${TINY_WINDOW_FRAME_COUNT}) return;
      window.benchFirstWindow?.();
      window.benchFirstWindow = undefined;
    };
    const result = await window.zoetrope.generate(${JSON.stringify(film)}, { onEvent });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
  })()`);
}

async function inBrowser(
  siteUrl: string,
  run: BrowserRun,
  work: (page: Page, pid: number) => Promise<string>,
  extraArgs: readonly string[] = [],
): Promise<string> {
  const launch = await chromiumLaunch();
  const args = [...launch.args, ...extraArgs];
  const server = await chromium.launchServer({ ...launch, args, headless: true });
  try {
    return await work(await openPage(server, siteUrl, run), server.process().pid!);
  } finally {
    await server.close();
  }
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
