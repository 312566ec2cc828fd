// The page in a headless browser, as the command line drives it: a request in, an MP4 file out.
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import type { DeviceChoice } from '../core/device.ts';
import { reasonOf, studioError } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import type { AutomationResult } from '../studio/automation.ts';
import { launchArguments, NO_SANDBOX } from './browser.ts';
import * as text from './text.ts';

const READY_MS = 60_000;
/** The page has 5 s to end a job politely and some more to write the file; then it has lost the right to. */
const CANCEL_MS = 25_000;

declare global {
  interface Window {
    /** Carries the events of a job out of the page. */
    zoetropeEvent?: (event: JobEvent) => void;
  }
}

export interface StudioPageOptions {
  executablePath: string;
  /** Of the site, with a slash at the end. */
  url: string;
  device: DeviceChoice | undefined;
}

/** A film to be made, and the file that it goes to, whose folder must exist. */
export interface PageRequest {
  film: unknown;
  storesFilm: boolean;
  filePath: string;
}

/** An open page. */
export interface StudioPage {
  /**
   * Makes a film and saves it; an abort stops it, and what has been made by then is saved.
   * @throws StudioError cancelled; Error when the page or the browser is lost
   */
  generate(
    request: PageRequest,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<AutomationResult>;
  close(): Promise<void>;
}

/**
 * Starts a browser and opens the page in it.
 * @throws Error when either does not start
 */
export async function openStudioPage(options: StudioPageOptions): Promise<StudioPage> {
  const browser = await launch(options.executablePath);
  try {
    // The profile lasts for one film, so that nothing in it is worth keeping for a second visit.
    const context = await browser.newContext({ acceptDownloads: true, serviceWorkers: 'block' });
    const page = await context.newPage();
    const loss = lossOf(browser, page);
    await load(page, options);
    return {
      generate: (request, signal, emit) =>
        Promise.race([loss, generate(page, request, signal, emit)]),
      close: () => browser.close(),
    };
  } catch (thrown) {
    await browser.close();
    throw thrown;
  }
}

async function launch(executablePath: string): Promise<Browser> {
  const open = (more: readonly string[]) =>
    chromium.launch({
      executablePath,
      headless: true,
      chromiumSandbox: true,
      args: [...launchArguments({ software: false }), ...more],
      // A signal is ours to answer: the page is asked to stop before the browser goes.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  try {
    return await open([]).catch((thrown: unknown) => {
      // Ubuntu denies the sandbox to browsers that it does not know; the page is our own, so it may go without.
      // https://chromium.googlesource.com/chromium/src/+/main/docs/security/apparmor-userns-restrictions.md
      if (/no usable sandbox|sandboxing failed/i.test(reasonOf(thrown))) return open([NO_SANDBOX]);
      throw thrown;
    });
  } catch (thrown) {
    throw new Error(text.browserNotStarted(executablePath, launchProblem(thrown)), {
      cause: thrown,
    });
  }
}

/** What the browser itself said, or the first line of a report that runs to pages. */
function launchProblem(thrown: unknown): string {
  const report = reasonOf(thrown);
  const said = [...report.matchAll(/^\[pid=\d+\]\[err\] (.+)$/gm)].map(([, line]) => line);
  return said.length > 0 ? said.slice(-3).join('\n') : report.replace(/\n.*$/s, '');
}

/** Rejects when the page or its browser ends by itself. */
function lossOf(browser: Browser, page: Page): Promise<never> {
  const loss = new Promise<never>((_resolve, reject) => {
    const lose = () => {
      reject(new Error(text.PAGE_CRASHED));
    };
    page.once('crash', lose);
    page.once('close', lose);
    browser.once('disconnected', lose);
  });
  // It also comes after the work, at close, when nobody waits for it.
  loss.catch(() => undefined);
  return loss;
}

async function load(page: Page, { url, device }: StudioPageOptions): Promise<void> {
  const reasons: string[] = [];
  page.on('pageerror', (error) => reasons.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') reasons.push(message.text());
  });
  try {
    await page.goto(device === undefined ? url : `${url}?device=${device}`);
    await page.waitForFunction(() => window.zoetrope !== undefined, undefined, {
      timeout: READY_MS,
    });
  } catch (thrown) {
    if (reasons.length === 0) reasons.push(reasonOf(thrown));
    throw new Error(text.pageNotReady(reasons), { cause: thrown });
  }
}

async function generate(
  page: Page,
  request: PageRequest,
  signal: AbortSignal,
  emit: (event: JobEvent) => void,
): Promise<AutomationResult> {
  await page.exposeFunction('zoetropeEvent', emit);
  const download = page.waitForEvent('download', { timeout: 0 });
  // Without a film there is none, and the page closes while this waits.
  download.catch(() => undefined);
  const cancellation = cancelWith(page, signal);
  const result = await Promise.race([cancellation, runInPage(page, request)]);
  if (!result.ok) return result;
  try {
    await Promise.race([cancellation, (await download).saveAs(request.filePath)]);
  } catch (thrown) {
    throw new Error(text.downloadFailed(reasonOf(thrown)), { cause: thrown });
  }
  return result;
}

function runInPage(page: Page, { film, storesFilm }: PageRequest): Promise<AutomationResult> {
  // No function may be written inside this one: the loader that runs this file would wrap it in a
  // call of its own, which the page does not have. https://github.com/privatenumber/tsx/issues/113
  return page.evaluate(
    ({ film, storesFilm }) => {
      const { zoetrope, zoetropeEvent } = window;
      if (!zoetrope || !zoetropeEvent) throw new Error('window.zoetrope went away');
      return zoetrope.generate(film, { onEvent: zoetropeEvent, storesFilm });
    },
    { film, storesFilm },
  );
}

/** Asks the page to stop when the signal says so, and rejects when it does not. */
function cancelWith(page: Page, signal: AbortSignal): Promise<never> {
  const cancellation = new Promise<never>((_resolve, reject) => {
    const cancel = () => {
      const lost = () => {
        reject(studioError('cancelled', {}));
      };
      setTimeout(lost, CANCEL_MS).unref();
      page.evaluate(() => window.zoetrope?.cancel()).catch(lost);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  cancellation.catch(() => undefined);
  return cancellation;
}
