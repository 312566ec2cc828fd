// The page over the fake studio, served from source by a Vite of its own, so that no fake ships with the site.
import { createServer } from 'vite';

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
