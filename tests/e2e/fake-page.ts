// A Playwright test with the page over the fake studio, served from source by a Vite of its own.
import { test as base } from '@playwright/test';
import { createServer } from 'vite';

/** `fakePageUrl` is the page's address, without a query. */
export const test = base.extend<object, { fakePageUrl: string }>({
  fakePageUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
    async ({}, use) => {
      const server = await createServer({
        cacheDir: 'node_modules/.vite-page',
        logLevel: 'error',
        optimizeDeps: { entries: ['tests/e2e/page-fake.html'] },
        server: { port: 0, hmr: false, watch: null },
      });
      await server.listen();
      await use(`${server.resolvedUrls?.local[0] ?? ''}tests/e2e/page-fake.html`);
      await server.close();
    },
    { scope: 'worker' },
  ],
});
