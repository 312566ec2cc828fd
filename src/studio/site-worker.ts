// The service worker as the page sees it: registered once, waited for by what needs its headers, replaced when a person says so.
// A browser that has none, or refuses it, loses nothing but the work without a network.
import { orCancelled } from '../core/cancel.ts';
import { TAKE_OVER } from '../core/take-over.ts';
import type { TakeOverAnswer } from '../core/take-over.ts';

/** How long a first film waits for the service worker of a first visit, which fetches the site once more by then. */
const CONTROL_LIMIT_MS = 10_000;

let registering: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** Registers the service worker at the first call; undefined where there can be none. */
export function siteWorker(): Promise<ServiceWorkerRegistration | undefined> {
  return (registering ??= register());
}

/**
 * Resolves when the service worker answers for this page, at once where none is to come.
 * Workers that start after it have the site's policy on every host, and the engine that they fetch is kept.
 * @throws StudioError cancelled
 */
export async function siteControl(signal: AbortSignal): Promise<void> {
  const worker = await siteWorker();
  // One that is active and does not answer for this page was passed by on purpose, as a reload with Shift does.
  if (!worker || navigator.serviceWorker.controller || worker.active?.state === 'activated') return;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const heard = new AbortController();
  navigator.serviceWorker.addEventListener('controllerchange', resolve, heard);
  const timer = setTimeout(resolve, CONTROL_LIMIT_MS);
  try {
    await orCancelled(promise, signal);
  } finally {
    clearTimeout(timer);
    heard.abort();
  }
}

/** Tells of every version of the site that has come and waits, one that waits already included. */
export function watchUpdates(worker: ServiceWorkerRegistration, hear: () => void): void {
  const watch = () => {
    const { installing } = worker;
    installing?.addEventListener('statechange', () => {
      // On a first visit nothing waits: the worker goes on to answer at once.
      if (installing.state === 'installed' && worker.active) hear();
    });
  };
  if (worker.waiting) hear();
  watch();
  worker.addEventListener('updatefound', watch);
}

/**
 * Asks the version that waits to take over.
 * @returns how many other pages of the site are open, for whose sake it goes on waiting;
 * 0 when it answers now, and the page is to be loaded again
 */
export async function takeOver({ waiting }: ServiceWorkerRegistration): Promise<number> {
  // Another page may have asked first.
  if (!waiting) return 0;
  const { port1, port2 } = new MessageChannel();
  const { promise: tookOver, resolve: hearTakeOver } = Promise.withResolvers<unknown>();
  navigator.serviceWorker.addEventListener('controllerchange', hearTakeOver, { once: true });
  const { promise: answer, resolve: hearAnswer } = Promise.withResolvers<TakeOverAnswer>();
  port1.onmessage = (event: MessageEvent<TakeOverAnswer>) => hearAnswer(event.data);
  waiting.postMessage(TAKE_OVER, [port2]);
  const { otherPageCount } = await answer;
  if (otherPageCount === 0) await tookOver;
  return otherPageCount;
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  // In development Vite serves other files than those that the worker would keep.
  if (import.meta.env.DEV) return undefined;
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI));
    const worker = await navigator.serviceWorker.getRegistration();
    if (worker && !navigator.serviceWorker.controller) void keepWhatWasRead();
    return worker;
  } catch {
    // Private windows, frames in a sandbox, addresses without https: the network alone will do.
    return undefined;
  }
}

/** Has the service worker read again what came before it was there, so that it keeps that too. */
async function keepWhatWasRead(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const read = performance.getEntriesByType('resource').map(({ name }) => name);
  const urlsToCache = read.filter((url) => url.startsWith(location.origin));
  // https://developer.chrome.com/docs/workbox/modules/workbox-routing
  active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } });
}
