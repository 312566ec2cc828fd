// The kept clips as a page uses them: kept and listed, turned into other files, and deleted with all else.
// A worker of its own decodes them, so that a film in the making is not held up.
import { WorkerThread } from '../boundary/thread.ts';
import type { ConversionRequest, ConvertApi } from '../core/api.ts';
import { neverAborted } from '../core/cancel.ts';
import type { MadeFilm } from '../core/clip.ts';
import { StudioError } from '../core/errors.ts';
import type { Emit } from '../core/event.ts';
import type { ClipMarks, KeptClip } from '../core/kept-clip.ts';
import type { StorageRefusal } from '../core/storage-refusal.ts';
import { ClipStore } from '../library/clips.ts';
import { refusalOf } from '../library/fallback-store.ts';
import { countSiteData, deleteSiteData, recountSiteData } from './site-data.ts';
import type { SiteDataCount } from './site-data.ts';

/** What was stored before everything was deleted, and what is after. */
export interface DeletionProof {
  before: SiteDataCount;
  after: SiteDataCount;
}

/** Everything that a page can ask about kept clips. */
export class ClipLibrary {
  readonly #clips = new ClipStore();
  readonly #worker = new WorkerThread<ConvertApi>(
    'export',
    () =>
      new Worker(new URL('../../workers/export.worker.ts', import.meta.url), { type: 'module' }),
  );
  /** Says to the other tabs that the list has changed. */
  readonly #channel = new BroadcastChannel('zoetrope-clips');

  /** @param onChange called when another tab has changed the list */
  constructor(onChange: () => void) {
    this.#channel.onmessage = onChange;
  }

  /** All clips, newest first; drops what nobody can bring back any more. Refused storage has none. */
  async list(): Promise<readonly KeptClip[]> {
    try {
      await this.#clips.sweep();
      return await this.#clips.list();
    } catch (thrown) {
      if (refusalOf(thrown)) return [];
      throw thrown;
    }
  }

  /** Keeps a made film, or says why not. */
  async keep(made: MadeFilm): Promise<KeptClip | StorageRefusal> {
    try {
      const clip = await this.#clips.keep(made);
      this.#tell();
      return clip;
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (!refusal) throw thrown;
      return refusal;
    }
  }

  /** Makes the small picture of a clip that was just kept; one that cannot be decoded here goes without. */
  async makePoster(clip: KeptClip, { mp4, codec, format }: MadeFilm): Promise<void> {
    try {
      const request: ConversionRequest = { mp4, codec, format, to: 'thumbnail' };
      await this.#clips.setPoster(
        clip,
        await this.convert(request, neverAborted(), () => undefined),
      );
      this.#tell();
    } catch (thrown) {
      if (!(thrown instanceof StudioError) && !refusalOf(thrown)) throw thrown;
    }
  }

  /** @throws StudioError clip-missing */
  mp4(clip: KeptClip): Promise<Blob> {
    return this.#clips.mp4(clip);
  }

  poster(clip: KeptClip): Promise<Blob | undefined> {
    return this.#clips.poster(clip);
  }

  /** @throws StudioError clip-missing */
  async mark(clip: KeptClip, marks: Partial<ClipMarks>): Promise<void> {
    await this.#clips.mark(clip, marks);
    this.#tell();
  }

  /**
   * Takes a clip off the list, until `restore` or for good.
   * @param undoEnds settles when it cannot be restored any more
   */
  async delete(clip: KeptClip, undoEnds: Promise<unknown>): Promise<void> {
    await this.#clips.delete(clip, undoEnds);
    this.#tell();
  }

  async restore(clip: KeptClip): Promise<void> {
    await this.#clips.mark(clip, { isDeleted: false });
    this.#tell();
  }

  /** @see ConvertApi.convert */
  convert(request: ConversionRequest, signal: AbortSignal, emit: Emit): Promise<Blob> {
    return this.#worker.call((api) => api.convert(request, signal, emit), signal);
  }

  /** Deletes everything that this site keeps in the browser, and counts it before and after. */
  async deleteEverything(): Promise<DeletionProof> {
    const before = await countSiteData();
    await deleteSiteData();
    this.#tell();
    return { before, after: await recountSiteData(before) };
  }

  #tell(): void {
    this.#channel.postMessage('changed');
  }
}
