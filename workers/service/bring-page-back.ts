// A click on the notice that a film is done brings its page back; only phones have the service worker show notices.
import { sitePages } from './site-pages.ts';

declare const self: ServiceWorkerGlobalScope;

/** Brings a page of the site to the front, or opens one where none is left. */
export function bringPageBackWhenAsked(): void {
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(bringPageBack());
  });
}

async function bringPageBack(): Promise<void> {
  const [page] = await sitePages();
  await (page ? page.focus() : self.clients.openWindow(self.registration.scope));
}
