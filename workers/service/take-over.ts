// When this version begins to answer: at once on a first visit, and after that when the person says so.
import { TAKE_OVER } from '../../src/core/take-over.ts';
import type { TakeOverAnswer } from '../../src/core/take-over.ts';
import { sitePages } from './site-pages.ts';

declare const self: ServiceWorkerGlobalScope;

/** Takes over pages that have no worker yet, and those of the version before when the only one of them asks. */
export function takeOverWhenAsked(): void {
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('message', (event) => {
    if (event.data !== TAKE_OVER) return;
    event.waitUntil(takeOver(event.ports[0]!));
  });
}

async function takeOver(port: MessagePort): Promise<void> {
  const otherPageCount = (await sitePages()).length - 1;
  port.postMessage({ otherPageCount } satisfies TakeOverAnswer);
  if (otherPageCount === 0) await self.skipWaiting();
}
