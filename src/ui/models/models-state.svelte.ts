// The models of the site as the page shows them: how much of each is here, what is being done with one, and what came of it.
// One thing at a time; it goes on while a person looks at another screen.
import { StudioError } from '../../core/errors.ts';
import type { Emit, Notice } from '../../core/event.ts';
import type { ModelLibrary, OfferedPack } from '../../studio/site-models.ts';
import type { Studio } from '../../studio/studio.ts';
import { Fault } from '../fault.svelte.ts';
import { words } from '../messages.ts';
import type { PageState } from '../page-state.svelte.ts';
import { choosePack, storeValue, storedValue } from '../stored-value.ts';

const INSTALLING_KEY = 'zoetrope.installing';

/** What is being done with a pack, in bytes. */
export interface ModelWork {
  kind: 'install' | 'verify' | 'remove' | 'use';
  url: string;
  done: number;
  total: number;
}

/** Opens the models of a studio, and reads what is here of them. */
export async function openModels(page: PageState, studio: Studio): Promise<ModelsState> {
  const models = new ModelsState(page, await studio.openModels());
  await models.look();
  return models;
}

/** Everything that the models screen shows and can do. */
export class ModelsState {
  readonly fault = new Fault();
  /** In the order of the site's catalogue. */
  packs = $state.raw<readonly OfferedPack[]>([]);
  work = $state.raw<ModelWork>();
  notices = $state.raw<readonly Notice[]>([]);
  /** What came of the last thing that was done. */
  status = $state('');
  /** Whether the browser promises to keep what is stored; undefined where it does not say. */
  isPersisted = $state<boolean>();

  /** The pack whose download was begun and not brought to its end. */
  #installingUrl = $state(storedValue(INSTALLING_KEY) ?? '');
  #abort = new AbortController();
  readonly #page: PageState;
  readonly #library: ModelLibrary;

  constructor(page: PageState, library: ModelLibrary) {
    this.#page = page;
    this.#library = library;
  }

  /** Whether something can be begun now. */
  readonly isFree = $derived.by(() => !this.work && this.#page.phase === 'ready');

  /** Whether the download of a pack stopped before its end. */
  isInterrupted({ url, presence }: OfferedPack): boolean {
    return presence !== 'whole' && url === this.#installingUrl && this.work?.url !== url;
  }

  /** What is being done with a pack, where it can be stopped before its end. */
  pausableWork({ url }: OfferedPack): ModelWork | undefined {
    if (this.work?.url !== url) return undefined;
    return this.work.kind === 'install' || this.work.kind === 'verify' ? this.work : undefined;
  }

  /** What an install of a pack brings. */
  missingByteLength(pack: OfferedPack): number {
    return pack.totalByteLength - pack.keptByteLength + pack.missingEngineByteLength;
  }

  /** Reads again what is here. */
  async look(): Promise<void> {
    try {
      this.packs = await this.#library.list();
      // Absent where the page was not loaded over https.
      this.isPersisted = await (navigator.storage as StorageManager | undefined)?.persisted();
    } catch (thrown) {
      this.fault.show(thrown);
    }
    await this.#page.kept.count();
  }

  /** Brings what is missing of a pack. */
  async install(pack: OfferedPack): Promise<void> {
    if (!this.isFree) return;
    this.#setInstalling(pack.url);
    const byteLength = pack.totalByteLength + pack.missingEngineByteLength;
    await this.#do('install', pack, byteLength, async (signal, emit) => {
      await this.#library.install(pack.url, signal, emit);
      this.#setInstalling('');
      return words.modelInstalled(pack.pack.title);
    });
  }

  /** Checks what is here of a pack, and mends it. */
  async verify(pack: OfferedPack): Promise<void> {
    await this.#page.tend(() =>
      this.#do('verify', pack, pack.keptByteLength, async (signal, emit) => {
        const { checkedCount, mendedCount } = await this.#library.verify(pack.url, signal, emit);
        return words.modelVerified(pack.pack.title, checkedCount, mendedCount);
      }),
    );
  }

  /** Deletes a pack; its next download is asked about again. */
  async remove(pack: OfferedPack): Promise<void> {
    await this.#page.tend(() =>
      this.#do('remove', pack, pack.keptByteLength, async () => {
        if (this.#installingUrl === pack.url) this.#setInstalling('');
        this.#page.consent.forget();
        await this.#library.remove(pack.url);
        return words.modelRemoved(pack.pack.title);
      }),
    );
  }

  /** Makes films with a pack from now on, on later visits too. */
  async use(pack: OfferedPack): Promise<void> {
    await this.#page.tend(() =>
      this.#do('use', pack, 0, async () => {
        this.#page.model.take(await this.#library.use(pack.url));
        this.#page.consent.forget();
        choosePack(pack.url);
        return words.modelUsed(pack.pack.title);
      }),
    );
  }

  /** Stops what goes on; what has come stays. */
  pause(): void {
    this.#abort.abort();
  }

  /** Asks the browser not to clear away what is stored. */
  async askToPersist(): Promise<void> {
    this.isPersisted = await navigator.storage.persist();
    this.status = this.isPersisted ? words.persisted : words.persistRefused;
  }

  async #do(
    kind: ModelWork['kind'],
    { url, pack }: OfferedPack,
    total: number,
    act: (signal: AbortSignal, emit: Emit) => Promise<string>,
  ): Promise<void> {
    if (this.work) return;
    this.fault.clear();
    this.status = '';
    this.notices = [];
    this.#abort = new AbortController();
    this.work = { kind, url, done: 0, total };
    const hear: Emit = (event) => {
      if (event.type === 'notice') this.notices = [...this.notices, event.notice];
      else this.work = { kind, url, done: event.done, total };
    };
    try {
      this.status = await act(this.#abort.signal, hear);
    } catch (thrown) {
      if (thrown instanceof StudioError && thrown.code === 'cancelled') {
        const stopped = kind === 'verify' ? words.modelCheckStopped : words.modelPaused;
        this.status = stopped(pack.title);
      } else this.fault.show(thrown);
    }
    this.work = undefined;
    await this.look();
  }

  #setInstalling(url: string): void {
    this.#installingUrl = url;
    storeValue(INSTALLING_KEY, url);
  }
}
