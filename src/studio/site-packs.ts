// The packs of a site's catalogue, each read once: the one in use first, the others behind it.
// Read early, they send no request later, and the service worker has them for a visit without a network.
import { once } from '../core/once.ts';
import { fetchPack, fetchPackUrls } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';

/** All packs of one catalogue; what could not be read is tried again when it is asked for again. */
export class SitePacks {
  #chosenUrl: string | undefined;
  readonly #readUrls: () => Promise<readonly string[]>;
  readonly #readers = new Map<string, () => Promise<LocatedPack>>();

  /** @param chosenUrl the address of the pack in use; the first of the catalogue where that is not offered */
  constructor(catalogueUrl: string, chosenUrl: string | undefined) {
    this.#readUrls = once(() => fetchPackUrls(catalogueUrl));
    this.#chosenUrl = chosenUrl;
  }

  /**
   * The pack in use.
   * @throws StudioError catalogue-invalid, pack-unreachable, pack-format, pack-invalid
   */
  async inUse(): Promise<LocatedPack> {
    const urls = await this.#readUrls();
    const located = await this.#read(urls.find((url) => url === this.#chosenUrl) ?? urls[0]!);
    // A broken one is told to whoever asks for it.
    void this.all().catch(() => undefined);
    return located;
  }

  /**
   * Every pack, in the order of the catalogue.
   * @throws StudioError as `inUse`
   */
  async all(): Promise<readonly LocatedPack[]> {
    return Promise.all((await this.#readUrls()).map((url) => this.#read(url)));
  }

  /** Puts a pack in use. */
  use({ url }: LocatedPack): void {
    this.#chosenUrl = url;
  }

  #read(url: string): Promise<LocatedPack> {
    const read = this.#readers.get(url) ?? once(() => fetchPack(url));
    this.#readers.set(url, read);
    return read();
  }
}
