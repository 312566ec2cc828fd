// The headers of public/_headers put on what the service worker answers, for hosts that cannot be told to send them.
// A worker takes its policy from the answer that brings its script, so that scripts need them as much as the page.
import type { WorkboxPlugin } from 'workbox-core';

/** Names and values of headers. */
export type SiteHeaders = readonly (readonly [name: string, value: string])[];

/** Sets the headers on every answer of a strategy. */
export function siteHeadersPlugin(siteHeaders: SiteHeaders): WorkboxPlugin {
  return {
    handlerWillRespond: ({ response }) => Promise.resolve(withHeaders(response, siteHeaders)),
  };
}

/** The same response with the headers set; one that cannot be read is given back as it is. */
export function withHeaders(response: Response, siteHeaders: SiteHeaders): Response {
  // A response of status 0 is opaque or an error: there is nothing to set and no copy to make.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of siteHeaders) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
