// What the site says about its models: the newest there is, or the one that was seen last when there is no network.
// Their weights never pass through here; the library keeps those in IndexedDB.
import type { WorkboxPlugin } from 'workbox-core';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;

/** A connection that has not answered by then counts as none, where something is kept. */
const NETWORK_LIMIT_SECONDS = 4;

/** Keeps every JSON file under packs/ as it is read. */
export function keepPackLists(siteHeaders: WorkboxPlugin): void {
  const { scope } = self.registration;
  const packsUrl = new URL('packs/', scope).href;
  const strategy = new NetworkFirst({
    cacheName: `zoetrope-packs-${scope}`,
    networkTimeoutSeconds: NETWORK_LIMIT_SECONDS,
    plugins: [siteHeaders],
  });
  registerRoute(
    ({ url }) => url.href.startsWith(packsUrl) && url.pathname.endsWith('.json'),
    strategy,
  );
}
