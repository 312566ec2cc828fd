// The open pages of this site; another site may lie in another folder of the same origin.
declare const self: ServiceWorkerGlobalScope;

/** Pages that another version, or none, answers for are among them. */
export async function sitePages(): Promise<WindowClient[]> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.filter(({ url }) => url.startsWith(self.registration.scope));
}
