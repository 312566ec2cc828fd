// The consent to a download: asked for once, before the first byte, and good for all that waits behind it.
import { throwIfCancelled } from '../../core/cancel.ts';
import type { Film } from '../../core/film.ts';
import type { Download, Studio } from '../../studio/studio.ts';
import type { Order } from './orders.ts';

/** A download that waits for consent. */
export interface DownloadQuestion {
  missingByteLength: number;
  engineByteLength: number;
  keptByteLength: number;
}

/** At most one question at a time, and what has been agreed to. */
export class ConsentState {
  question = $state.raw<DownloadQuestion>();
  #asked: Order | undefined;
  #agreedByteLength = 0;
  readonly #studio: Studio;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /**
   * What a film would bring down, without asking.
   * @throws StudioError what `Studio.downloadFor` throws
   */
  foresee(film: Film): Promise<Download> {
    return this.#studio.downloadFor(film);
  }

  /**
   * Asks, where an order would bring down more than was agreed to; false where nothing need be asked.
   * @throws StudioError cancelled; what `Studio.downloadFor` throws
   */
  async asks(film: Film, order: Order, signal?: AbortSignal): Promise<boolean> {
    const download = await this.#studio.downloadFor(film);
    if (signal) throwIfCancelled(signal);
    if (download.missingByteLength <= this.#agreedByteLength) return false;
    const keptByteLength = download.totalByteLength - download.missingByteLength;
    this.question = { ...download, keptByteLength };
    this.#asked = order;
    return true;
  }

  /** Agrees, and gives the order that was asked about; undefined where there is no question. */
  agree(): Order | undefined {
    if (!this.question) return undefined;
    this.#agreedByteLength = this.question.missingByteLength;
    this.question = undefined;
    return this.#asked;
  }

  /** What was agreed to has come down, or is gone: the next download is asked about again. */
  forget(): void {
    this.#agreedByteLength = 0;
  }
}
