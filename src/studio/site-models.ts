// The packs of a site as a page uses them: listed, installed, checked, removed, and one of them in use.
// A film in the making is never disturbed: what it could notice is refused while there is one.
import { throwIfCancelled } from '../core/cancel.ts';
import { studioError } from '../core/errors.ts';
import { advanceOf } from '../core/event.ts';
import type { Emit } from '../core/event.ts';
import { missingEngineByteLength, obtainEngine } from '../library/engine.ts';
import { dropDamaged } from '../library/drop-damaged.ts';
import { sweepPieces, unfinished } from '../library/film-pieces.ts';
import { keptPack } from '../library/kept-packs.ts';
import type { KeptPack } from '../library/kept-packs.ts';
import { browserLibrary } from '../library/library.ts';
import { obtain, obtainShards } from '../library/obtain.ts';
import { removePack } from '../library/weights.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { persistStorage } from './persist-storage.ts';
import type { SitePacks } from './site-packs.ts';
import { siteControl } from './site-worker.ts';

/** A pack that the site offers, and what this device keeps of it. */
export interface OfferedPack extends LocatedPack, KeptPack {
  isInUse: boolean;
  /** What an installation brings beside the pack. */
  missingEngineByteLength: number;
}

/** What came of a check: parts that were looked at, and those that were damaged and came anew. */
export interface PackCheck {
  checkedCount: number;
  mendedCount: number;
}

/** Everything that a page can ask about packs; each is named by the address of its pack.json. */
export interface ModelLibrary {
  /** @throws StudioError catalogue-invalid, pack-unreachable, pack-format, pack-invalid */
  list(): Promise<readonly OfferedPack[]>;
  /**
   * Makes films with this pack from now on.
   * @throws StudioError call-misused while a film is being made
   */
  use(url: string): Promise<LocatedPack>;
  /**
   * Brings the engine and all files of a pack; what is here already is not fetched again. Says how many bytes are here,
   * what came of the engine included.
   * @throws StudioError engine-unreachable, shard-unreachable, shard-corrupt, cancelled: what had come by then stays;
   * call-misused while a film is being made
   */
  install(url: string, signal: AbortSignal, emit: Emit): Promise<void>;
  /**
   * Checks what is kept of a pack against its checksums and fetches anew what is damaged. Says how many bytes are checked.
   * @throws StudioError as `install`; what was damaged is gone then, and comes with the next install or film
   */
  verify(url: string, signal: AbortSignal, emit: Emit): Promise<PackCheck>;
  /**
   * Deletes what no other kept pack needs, and what films in parts have left to be made from.
   * @throws StudioError call-misused while a film is being made
   */
  remove(url: string): Promise<void>;
}

/** What the packs ask of the studio around them. */
export interface ModelHost {
  /** @throws StudioError call-misused while a film is being made */
  expectIdle: (call: string) => void;
  /** Does work while no film can begin. */
  exclusively: <T>(call: string, work: () => Promise<T>) => Promise<T>;
  /** Lets go of every model that is loaded. */
  unload: () => void;
}

/** The packs of one catalogue. */
export class SiteModels implements ModelLibrary {
  readonly #packs: SitePacks;
  readonly #host: ModelHost;

  constructor(packs: SitePacks, host: ModelHost) {
    this.#packs = packs;
    this.#host = host;
  }

  async list(): Promise<readonly OfferedPack[]> {
    const packs = await this.#packs.all();
    const all = packs.map(({ pack }) => pack);
    const stored = await browserLibrary.store.shards();
    const inUse = await this.#packs.inUse();
    const engineByteLength = await missingEngineByteLength();
    return packs.map((located) => ({
      ...located,
      ...keptPack(located.pack, all, stored),
      isInUse: located.url === inUse.url,
      missingEngineByteLength: engineByteLength,
    }));
  }

  use(url: string): Promise<LocatedPack> {
    return this.#host.exclusively('use', async () => {
      const located = await this.#at(url);
      this.#packs.use(located);
      return located;
    });
  }

  async install(url: string, signal: AbortSignal, emit: Emit): Promise<void> {
    const located = await this.#at(url);
    this.#host.expectIdle('install');
    persistStorage();
    // What comes before the service worker answers is not kept.
    await siteControl(signal);
    const engineByteLength = await missingEngineByteLength();
    if (engineByteLength > 0) await obtainEngine(signal, (done) => emit(advanceOf('obtain', done)));
    await obtain(located, Object.keys(located.pack.files), signal, (event) =>
      emit(event.type === 'advance' ? advanceOf('obtain', engineByteLength + event.done) : event),
    );
  }

  verify(url: string, signal: AbortSignal, emit: Emit): Promise<PackCheck> {
    return this.#host.exclusively('verify', async () => {
      const { pack } = await this.#at(url);
      const { checkedCount, damaged } = await dropDamaged(pack, signal, emit);
      if (damaged.length > 0) {
        this.#host.unload();
        await dropParts();
      }
      throwIfCancelled(signal);
      const request = { packUrl: url, shards: damaged };
      await obtainShards(request, signal, () => undefined);
      return { checkedCount, mendedCount: damaged.length };
    });
  }

  remove(url: string): Promise<void> {
    return this.#host.exclusively('remove', async () => {
      const all = (await this.#packs.all()).map(({ pack }) => pack);
      await removePack((await this.#at(url)).pack, all);
      this.#host.unload();
      await dropParts();
    });
  }

  async #at(url: string): Promise<LocatedPack> {
    const packs = await this.#packs.all();
    const located = packs.find((pack) => pack.url === url);
    if (!located) {
      const expected = packs.map((pack) => pack.url).join(', ');
      throw studioError('call-misused', { call: `pack ${url}`, state: 'listed', expected });
    }
    return located;
  }
}

/** Drops what films were made of; a film that an earlier page left behind can still be kept. */
async function dropParts(): Promise<void> {
  const left = await unfinished();
  await sweepPieces(new Set(left?.segments.map(({ sha256 }) => sha256)), 0);
}
