// What the site has to say of itself: a newer version waits, a reload would shield the page, it can be installed.
// A page is loaded again by itself once at most, and only while there is nothing on it to lose.
import { siteWorker, takeOver, watchUpdates } from '../studio/site-worker.ts';
import { carry, draftToCarry, isBlank, takeCarried } from './write/carried-draft.ts';
import { metering } from './metered.ts';
import type { PageState } from './page-state.svelte.ts';

const RELOADED_KEY = 'zoetrope.reloaded';

/** Chromium's question whether to install, kept for the button. https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface InstallQuestion extends Event {
  prompt: () => Promise<unknown>;
}

/** The news of one page. */
export class SiteNews {
  /** Whether a newer version waits. */
  isUpdateReady = $state(false);
  /** Other pages of the site, for whose sake it goes on waiting. */
  otherPageCount = $state(0);
  /** Whether the page would be isolated, and its workers under the site's policy, if it were loaded again. */
  wantsReload = $state(false);
  question = $state.raw<InstallQuestion>();

  readonly #page: PageState;

  constructor(page: PageState) {
    this.#page = page;
  }

  /** Takes what was carried over a reload, registers the service worker and listens; call once. */
  async open(): Promise<void> {
    takeCarried(this.#page);
    addEventListener('beforeinstallprompt', (event) => {
      // The browser's own bar would stand over the page.
      event.preventDefault();
      this.question = event as InstallQuestion;
    });
    addEventListener('appinstalled', () => (this.question = undefined));
    // It fetches the whole site once more: where bytes cost something, the first film brings it.
    const worker = metering() ? undefined : await siteWorker();
    if (!worker) return;
    watchUpdates(worker, () => (this.isUpdateReady = true));
    this.#shieldWhenControlled(navigator.serviceWorker);
  }

  /** Loads the page again with what its form holds, and the newer version where one waits; not while other pages need this one. */
  async reload(): Promise<void> {
    this.#page.fault.clear();
    try {
      const draft = await draftToCarry(this.#page);
      const worker = this.isUpdateReady ? await siteWorker() : undefined;
      if (worker) this.otherPageCount = await takeOver(worker);
      if (this.otherPageCount > 0) return;
      carry(draft);
      location.reload();
    } catch (thrown) {
      this.#page.fault.show(thrown, 'form');
    }
  }

  async install(): Promise<void> {
    const { question } = this;
    // A question can be asked once.
    this.question = undefined;
    await question?.prompt();
  }

  /** On a host that cannot set headers the service worker does so, from the next load on. */
  #shieldWhenControlled(container: ServiceWorkerContainer): void {
    // A frame is isolated only with the page around it.
    if (container.controller || crossOriginIsolated || window.top !== window) return;
    const shield = () => {
      if (this.#isUnused && isFirstReload()) location.reload();
      else this.wantsReload = true;
    };
    container.addEventListener('controllerchange', shield, { once: true });
  }

  get #isUnused(): boolean {
    const { phase, touched, fault } = this.#page;
    return phase === 'ready' && !touched && !fault.failure && isBlank(this.#page);
  }
}

/** Whether this tab has not been loaded again by itself yet; no where it cannot remember. */
function isFirstReload(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED_KEY) !== null) return false;
    sessionStorage.setItem(RELOADED_KEY, 'true');
    return true;
  } catch {
    return false;
  }
}
