// The page over the fake studio, served from source by a Vite of its own, so that no fake ships with the site.
import type { Page } from '@playwright/test';
import { createServer } from 'vite';
import type {} from './page-fake.ts';

/** Serves page-fake.html; the address is the page's, without a query. */
export async function servePage(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    cacheDir: 'node_modules/.vite-page',
    logLevel: 'error',
    optimizeDeps: { entries: ['tests/e2e/page-fake.html'] },
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const url = `${server.resolvedUrls?.local[0] ?? ''}tests/e2e/page-fake.html`;
  return { url, close: () => server.close() };
}

/** Waits until the fake studio holds a job; the page asks for it soon after it says so. */
export async function whenMaking(page: Page): Promise<void> {
  await page.waitForFunction(() => window.fake.isMaking);
}
