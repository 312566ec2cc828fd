// A Playwright test with the built site served beside it, and the page driven as a program drives it.
import { test as base } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import type { JobEvent, Stage } from '../../src/core/event.ts';
import { SITE_FOLDER, serveSite } from '../../src/cli/site.ts';
import type { AutomationResult } from '../../src/studio/automation.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

/** How a clip went: its result and everything that was said on the way. */
export interface Told {
  result: AutomationResult;
  events: JobEvent[];
}

/** How a film went that has a file. */
export interface Made extends Told {
  result: Extract<AutomationResult, { ok: true }>;
}

/** `tinySiteUrl` serves the tiny pack, `siteUrl` the pack that comes with the site; both end with a slash. */
export const test = base.extend<object, { tinySiteUrl: string; siteUrl: string }>({
  tinySiteUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
    async ({}, use) => {
      const site = await serveSite({ siteFolder: SITE_FOLDER, packsFolder: TINY_PACKS_FOLDER });
      await use(site.url);
      await site.close();
    },
    { scope: 'worker' },
  ],
  siteUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
    async ({}, use) => {
      const site = await serveSite({ siteFolder: SITE_FOLDER });
      await use(site.url);
      await site.close();
    },
    { scope: 'worker' },
  ],
});

export interface GenerateOptions {
  /** Stops the film when this stage says how far it is, or has come so far. */
  cancelAt?: Stage | { stage: Stage; done: number } | undefined;
  /** Changes the words when so many frames have been encoded. */
  steer?: { prompt: string; atFrame: number } | undefined;
  storesFilm?: boolean;
}

/** Makes a film through `window.zoetrope`. */
export async function generate(
  page: Page,
  film: unknown,
  options: GenerateOptions = {},
): Promise<Told> {
  return page.evaluate(
    async ({ film, cancelAt, steer, storesFilm }) => {
      const studio = window.zoetrope!;
      const events: JobEvent[] = [];
      const stop = typeof cancelAt === 'string' ? { stage: cancelAt, done: 0 } : cancelAt;
      let isSteered = false;
      const onEvent = (event: JobEvent) => {
        events.push(event);
        if (event.type !== 'advance') return;
        if (event.stage === stop?.stage && event.done >= stop.done) studio.cancel();
        if (steer && !isSteered && event.stage === 'encode' && event.done >= steer.atFrame) {
          isSteered = true;
          studio.steer(steer.prompt);
        }
      };
      const set = storesFilm === undefined ? {} : { storesFilm };
      return { result: await studio.generate(film, { onEvent, ...set }), events };
    },
    { film, ...options },
  );
}

/** Makes a film that must succeed and saves its file. */
export async function makeFile(
  page: Page,
  film: unknown,
  path: string,
  options: GenerateOptions = {},
): Promise<Made> {
  const download = page.waitForEvent('download');
  const told = await generate(page, film, options);
  if (!told.result.ok) throw new Error(JSON.stringify(told.result));
  await (await download).saveAs(path);
  return { ...told, result: told.result };
}

/** Reloads the page without what is kept of films. */
export async function forgetFilms(page: Page): Promise<void> {
  const url = page.url();
  // No worker may hold the database while it goes.
  await page.goto(`${new URL(url).origin}/favicon.svg`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('zoetrope-films');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(new Error('the films stay'));
      }),
  );
  await page.goto(url);
}

/** Runs code in a worker of ours before the worker's own, until it is unrouted. */
export async function runBefore(
  context: BrowserContext,
  worker: 'generate' | 'export',
  code: string,
): Promise<void> {
  await context.route(`**/${worker}.worker*.js`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: code + (await response.text()) });
  });
}

/** The terminal events among those told; a job must have exactly one, at its end. */
export function terminalEvents({ events }: Told): string[] {
  return events.flatMap(({ type }) =>
    type === 'done' || type === 'cancelled' || type === 'failed' ? [type] : [],
  );
}

/** The codes of the notices among those told. */
export function noticeCodes({ events }: Told): string[] {
  return events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
}
