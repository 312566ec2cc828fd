// Everything that this site has put into the browser, counted and deleted as a whole:
// databases, caches, small settings, service workers; whatever part of the program put it there.
// Sites of one host share their storage, so only what bears our name, or lies in our folder, is ours.
import { dropPieces } from '../library/film-pieces.ts';
import { clearDatabases, countRecords } from '../library/store.ts';
import { removeWeights } from '../library/weights.ts';

const DATABASE_PREFIX = 'zoetrope';
const SETTING_PREFIX = 'zoetrope.';
const CACHE_NAME_PART = 'zoetrope';

/** How long the browser may take to count again what it has freed. */
const RECOUNT_LIMIT_MS = 5000;
const RECOUNT_EVERY_MS = 500;

/** What there is, as the browser counts it and as we do. */
export interface SiteDataCount {
  /** Of everything that this site stores; undefined where the browser does not tell. */
  usageByteLength: number | undefined;
  /** Records of databases, cached files, settings and service workers. */
  itemCount: number;
}

/** Counts what there is now. */
export async function countSiteData(): Promise<SiteDataCount> {
  const usageByteLength = await usage();
  let itemCount = await countRecords(DATABASE_PREFIX);
  for (const name of await ourCaches()) {
    itemCount += (await (await caches.open(name)).keys()).length;
  }
  for (const storage of [localStorage, sessionStorage]) itemCount += ourSettings(storage).length;
  itemCount += (await ourServiceWorkers()).length;
  return { usageByteLength, itemCount };
}

/** Deletes all of it; waits until no tab is obtaining a model. */
export async function deleteSiteData(): Promise<void> {
  // These two also know what a full disk has left in memory.
  await removeWeights();
  await dropPieces();
  await clearDatabases(DATABASE_PREFIX);
  for (const name of await ourCaches()) await caches.delete(name);
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of ourSettings(storage)) storage.removeItem(key);
  }
  for (const registration of await ourServiceWorkers()) await registration.unregister();
}

/** Counts again until the browser counts less than before, or for a few seconds. */
export async function recountSiteData(before: SiteDataCount): Promise<SiteDataCount> {
  const endMs = performance.now() + RECOUNT_LIMIT_MS;
  for (;;) {
    const count = await countSiteData();
    const isLess = (count.usageByteLength ?? 0) < (before.usageByteLength ?? Infinity);
    if (isLess || performance.now() > endMs) return count;
    await new Promise((resolve) => setTimeout(resolve, RECOUNT_EVERY_MS));
  }
}

async function usage(): Promise<number | undefined> {
  return (await navigator.storage.estimate()).usage;
}

async function ourCaches(): Promise<string[]> {
  // Absent where the page was not loaded over https.
  if (!('caches' in globalThis)) return [];
  return (await caches.keys()).filter((name) => name.includes(CACHE_NAME_PART));
}

function ourSettings(storage: Storage): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(SETTING_PREFIX));
}

async function ourServiceWorkers(): Promise<readonly ServiceWorkerRegistration[]> {
  if (!('serviceWorker' in navigator)) return [];
  const folder = new URL('.', location.href).href;
  const registrations = await navigator.serviceWorker.getRegistrations();
  return registrations.filter(({ scope }) => scope.startsWith(folder));
}
