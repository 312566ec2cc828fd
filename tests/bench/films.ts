// Films longer than a window: how fast they come, what the given latent frames cost, and how memory goes on.
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { filmDefaults } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';
import { frameCountOf } from '../../src/core/frame-math.ts';
import { chromiumLaunch } from '../chromium-launch.ts';
import { watchMemory } from './memory.ts';
import { advances, generate, openPage, secondsOf } from './page.ts';
import type { BrowserRun, Told } from './page.ts';

const FILM_SECONDS = 6;
const MEMORY_SECONDS = [60, 600];

export interface FilmBenchOptions {
  siteUrl: string;
  tinySiteUrl: string;
  pack: ModelPack;
}

/** Measures films and says what came of it, line by line. */
export async function measureFilms(options: FilmBenchOptions): Promise<string[]> {
  const lines = [
    '',
    '| | steps | seconds of film per second of work | first frame after | cost of context |',
    '|---|---:|---:|---:|---:|',
  ];
  const { stepCount } = options.pack.schedule;
  for (const [run, steps] of [
    [{ name: 'WebGPU', device: 'webgpu' }, 1],
    [{ name: 'wasm', device: 'wasm' }, stepCount],
  ] as const) {
    lines.push(await speedLine(options, run, steps));
  }
  lines.push(
    '',
    '| film | peak memory until its first window is done | and after that | |',
    '|---|---:|---:|---:|',
  );
  for (const seconds of MEMORY_SECONDS) lines.push(await memoryLine(options, seconds));
  return lines;
}

async function speedLine(
  { siteUrl, pack }: FilmBenchOptions,
  run: BrowserRun,
  stepCount: number,
): Promise<string> {
  console.log(`Measuring films, ${run.name} …`);
  return inBrowser(siteUrl, run, async (page) => {
    const { grid } = filmDefaults(pack);
    const windowSeconds =
      frameCountOf(grid.latentFrameCount, grid.pictureCount) / grid.framesPerSecond;
    // A software GPU takes minutes for what a processor does in seconds.
    const seconds = run.device === 'webgpu' ? 2 * windowSeconds : FILM_SECONDS;
    await generate(page, { stepCount: 1, guidance: 1, seconds: windowSeconds });
    const set = { stepCount, guidance: 1 };
    const film = await generate(page, { ...set, seed: 1, seconds });
    const cut = { transition: 'cut', seconds: windowSeconds };
    const rows = Array.from({ length: 2 }, (_, index) => ({ ...cut, prompt: `a panda ${index}` }));
    const cuts = await generate(page, { ...set, seed: 1, prompt: undefined, rows });
    const firstFrameMs = advances(film.events, 'decode').find(({ done }) => done > 0)!.atMs;
    const startMs = film.events.find((event) => event.type === 'plan')!.atMs;
    return row(
      run.name,
      stepCount,
      (seconds / secondsOf(film)).toFixed(3),
      `${((firstFrameMs - startMs) / 1000).toFixed(1)} s`,
      `${(workPerFrame(film) / workPerFrame(cuts)).toFixed(2)} ×`,
    );
  });
}

/** Milliseconds of denoising for one frame of the film. */
function workPerFrame({ result, events }: Told): number {
  const steps = advances(events, 'denoise').map(({ atMs }) => atMs);
  const gaps = steps.slice(1).map((atMs, index) => atMs - steps[index]!);
  const stepMs = gaps.toSorted((a, b) => a - b)[gaps.length >> 1]!;
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return (stepMs * (steps.length - 1)) / result.format.frameCount;
}

async function memoryLine({ tinySiteUrl }: FilmBenchOptions, seconds: number): Promise<string> {
  console.log(`Measuring memory over ${seconds} s of film …`);
  const run = { name: 'wasm', device: 'wasm' } as const;
  return inBrowser(tinySiteUrl, run, async (page, pid) => {
    const memory = watchMemory(pid);
    const film = { stepCount: 1, guidance: 1, widthPx: 64, heightPx: 64, seconds };
    await generate(page, film, (event) => {
      const isWindowDone = event.type === 'advance' && event.stage === 'encode' && event.done >= 9;
      if (isWindowDone) memory.mark();
    });
    const { beforeByteLength, afterByteLength } = memory.stop();
    const megabytes = (byteLength: number) => `${Math.round(byteLength / 1e6)} MB`;
    const growth = `${((afterByteLength / beforeByteLength - 1) * 100).toFixed(1)} %`;
    return row(`${seconds} s`, megabytes(beforeByteLength), megabytes(afterByteLength), growth);
  });
}

async function inBrowser(
  siteUrl: string,
  run: BrowserRun,
  work: (page: Page, pid: number) => Promise<string>,
): Promise<string> {
  const server = await chromium.launchServer({ ...(await chromiumLaunch()), headless: true });
  try {
    return await work(await openPage(server, siteUrl, run), server.process().pid!);
  } finally {
    await server.close();
  }
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
