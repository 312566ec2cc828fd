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

/** Makes a clip through `window.zoetrope`. */
export async function generate(
  page: Page,
  request: unknown,
  { cancelAt }: { cancelAt?: Stage } = {},
): Promise<Told> {
  return page.evaluate(
    async ({ request, cancelAt }) => {
      const studio = window.zoetrope!;
      const events: JobEvent[] = [];
      const onEvent = (event: JobEvent) => {
        events.push(event);
        if (event.type === 'advance' && event.stage === cancelAt) studio.cancel();
      };
      return { result: await studio.generate(request, { onEvent }), events };
    },
    { request, cancelAt },
  );
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
