// A Playwright test with the page over the fake studio.
import { test as base } from '@playwright/test';
import { servePage } from './serve-page.ts';

/** `fakePageUrl` is the page's address, without a query. */
export const test = base.extend<object, { fakePageUrl: string }>({
  fakePageUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
    async ({}, use) => {
      const { url, close } = await servePage();
      await use(url);
      await close();
    },
    { scope: 'worker' },
  ],
});
