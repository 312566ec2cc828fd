// Every file of the site that is not a model or an engine, fetched when the worker is installed.
// Files of the version before stay until this one takes over, so that open pages find their own.
import { setCacheNameDetails } from 'workbox-core';
import type { WorkboxPlugin } from 'workbox-core';
import { addPlugins, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { RangeRequestsPlugin } from 'workbox-range-requests';

/** Answers for the files of the site from what was kept of them. */
export function keepSite(files: PrecacheEntry[], siteHeaders: WorkboxPlugin): void {
  // By its name the page knows what is ours to delete.
  setCacheNameDetails({ prefix: 'zoetrope' });
  // Safari plays a clip only from an answer to the range that it asked for.
  addPlugins([new RangeRequestsPlugin() as WorkboxPlugin, siteHeaders]);
  // The page is the same file whatever its address asks for.
  precacheAndRoute(files, { ignoreURLParametersMatching: [/^/], cleanURLs: false });
}
