// The built site in a browser for benchmarks: films through `window.zoetrope`, and what their events say of time.
import { chromium } from 'playwright-core';
import type { BrowserServer, Page } from 'playwright-core';
import type { JobEvent, Stage } from '../../src/core/event.ts';
import type { AutomationResult } from '../../src/studio/automation.ts';

const PROMPT = 'a panda dances in the snow';

/** One way of running the engine. */
export interface BrowserRun {
  name: string;
  device: 'webgpu' | 'wasm';
  isIsolated?: boolean;
}

/** How a film went. */
export interface Told {
  result: AutomationResult;
  events: JobEvent[];
}

declare global {
  interface Window {
    benchEvent?: (event: JobEvent) => void;
  }
}

/** What the film that is being made has said so far. */
let events: JobEvent[] = [];
let onEvent: (event: JobEvent) => void = () => undefined;

/** Opens the page of a site in a browser that has been started. */
export async function openPage(
  server: BrowserServer,
  siteUrl: string,
  { device, isIsolated }: BrowserRun,
): Promise<Page> {
  const browser = await chromium.connect(server.wsEndpoint());
  // A first visit would measure the second copy of the site, and a later one would be isolated.
  const page = await browser.newPage({ serviceWorkers: 'block' });
  if (isIsolated === false) {
    await page.route(`${siteUrl}?*`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
  }
  await page.exposeFunction('benchEvent', (event: JobEvent) => {
    events.push(event);
    onEvent(event);
  });
  await page.goto(`${siteUrl}?device=${device}`);
  return page;
}

/** Makes a film, or a clip of the prompt that every benchmark uses. */
export async function generate(
  page: Page,
  film: Record<string, unknown>,
  hear: (event: JobEvent) => void = () => undefined,
): Promise<Told> {
  events = [];
  onEvent = hear;
  const result = await page.evaluate(
    (request) => window.zoetrope!.generate(request, { onEvent: window.benchEvent! }),
    { prompt: PROMPT, ...film },
  );
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return { result, events };
}

/** How far a stage said that it was, and when. */
export function advances(events: readonly JobEvent[], stage: Stage) {
  return events.flatMap((event) =>
    event.type === 'advance' && event.stage === stage ? [event] : [],
  );
}

/** From the plan to the terminal event. */
export function secondsOf({ events }: Told): number {
  const atMs = events.flatMap((event) => ('atMs' in event ? [event.atMs] : []));
  return (Math.max(...atMs) - Math.min(...atMs)) / 1000;
}

/** Median time of a step. */
export function stepMsOf({ events }: Told): number {
  return median(differences(advances(events, 'denoise').map(({ atMs }) => atMs)));
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]!);
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
