// A clip on its way to somebody else: its request as a link, and the file itself where the browser can share files.
import { clipFileName } from '../../core/file-name.ts';
import { filmFragment } from '../../core/film-link.ts';
import { copyText } from '../copy-text.ts';
import type { CopiedText } from '../copy-text.ts';
import type { Fault } from '../fault.svelte.ts';
import type { FinishedClip } from './finished-clip.ts';

/** The ways to hand one clip on; what goes wrong with one is shown on the page. */
export class ClipShare {
  readonly canShareFile: boolean;
  /** What came of copying the link. */
  copied = $state.raw<CopiedText>();

  readonly #files: File[];
  /** Made before it is asked for: Safari lets a page write to the clipboard only in the click itself. */
  readonly #fragment: Promise<string>;
  readonly #fault: Fault;

  constructor({ film, made: { mp4 } }: FinishedClip, fault: Fault) {
    this.#files = [new File([mp4], clipFileName(film), { type: mp4.type })];
    this.canShareFile = 'canShare' in navigator && navigator.canShare({ files: this.#files });
    this.#fragment = filmFragment(film);
    // Said when the link is asked for.
    this.#fragment.catch(() => undefined);
    this.#fault = fault;
  }

  async copyLink(): Promise<void> {
    this.#fault.clear();
    try {
      this.copied = await copyText(location.origin + location.pathname + (await this.#fragment));
    } catch (thrown) {
      this.#fault.show(thrown);
    }
  }

  async shareFile(): Promise<void> {
    try {
      await navigator.share({ files: this.#files });
    } catch (thrown) {
      // A person may change their mind in the dialogue of the system.
      if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) {
        this.#fault.show(thrown);
      }
    }
  }
}
