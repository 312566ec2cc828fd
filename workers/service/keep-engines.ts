// The engine's wasm, kept when it is first used: of its builds a browser needs one, and each has 16 MB or more.
// Names hold a hash, so that a kept one is never stale, and one of another name is never asked for again.
import type { WorkboxPlugin } from 'workbox-core';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;

/**
 * Keeps engines as they are used, and drops those of earlier versions when this one takes over.
 * @param paths relative to the site's folder
 */
export function keepEngines(paths: readonly string[], siteHeaders: WorkboxPlugin): void {
  const { scope } = self.registration;
  const cacheName = `zoetrope-engine-${scope}`;
  const urls = new Set(paths.map((path) => new URL(path, scope).href));
  const strategy = new CacheFirst({ cacheName, plugins: [siteHeaders] });
  registerRoute(({ url }) => urls.has(url.href), strategy);

  const dropOthers = async () => {
    const cache = await caches.open(cacheName);
    const stale = (await cache.keys()).filter(({ url }) => !urls.has(url));
    await Promise.all(stale.map((request) => cache.delete(request)));
  };
  self.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
}
