// The packs of a site's catalogue, each read once: the one in use first, the others behind it.
// Read early, they send no request later, and the service worker has them for a visit without a network.
import { fetchPack, fetchPackUrls } from '../../models/catalogue.ts';
import type { LocatedPack } from '../../models/catalogue.ts';

/** All packs of one catalogue; what could not be read is tried again when it is asked for again. */
export class SitePacks {
  readonly #catalogueUrl: string;
  #chosenUrl: string | undefined;
  #urls: Promise<readonly string[]> | undefined;
  readonly #packs = new Map<string, Promise<LocatedPack>>();

  /** @param chosenUrl the address of the pack in use; the first of the catalogue where that is not offered */
  constructor(catalogueUrl: string, chosenUrl: string | undefined) {
    this.#catalogueUrl = catalogueUrl;
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

  #readUrls(): Promise<readonly string[]> {
    this.#urls ??= fetchPackUrls(this.#catalogueUrl).catch((thrown: unknown) => {
      this.#urls = undefined;
      throw thrown;
    });
    return this.#urls;
  }

  #read(url: string): Promise<LocatedPack> {
    const reading =
      this.#packs.get(url) ??
      fetchPack(url).catch((thrown: unknown) => {
        this.#packs.delete(url);
        throw thrown;
      });
    this.#packs.set(url, reading);
    return reading;
  }
}
