// The kept clips as the page shows them: found, played one at a time, marked, deleted and brought back.
import type { MadeFilm } from '../../core/clip.ts';
import type { KeptClip, ClipMarks } from '../../core/kept-clip.ts';
import type { StorageRefusal } from '../../core/storage-refusal.ts';
import type { ClipLibrary, DeletionProof } from '../../studio/clip-library.ts';
import type { Studio } from '../../studio/studio.ts';
import { Fault } from '../fault.svelte.ts';
import { clipsMatching } from './clip-search.ts';

/** How long a deleted clip can be brought back; longer while pointer or focus rests on the offer. */
const UNDO_MS = 15_000;

/** Opens the library of a studio, and reads what is in it. */
export async function openShelf(studio: Studio): Promise<ClipShelf> {
  const library = await studio.openLibrary(() => void shelf.look());
  const shelf = new ClipShelf(library);
  await shelf.look();
  return shelf;
}

/** Everything that the library screen shows and can do. */
export class ClipShelf {
  readonly fault = new Fault();
  readonly library: ClipLibrary;
  /** Newest first. */
  clips = $state.raw<readonly KeptClip[]>([]);
  query = $state('');
  isStarredOnly = $state(false);
  /** The one clip that plays. */
  playing = $state.raw<{ id: string; url: string }>();
  /** Clips that can be brought back. */
  deleted = $state.raw<readonly KeptClip[]>([]);
  /** What the deletion of everything has come to. */
  proof = $state.raw<DeletionProof>();
  isDeleting = $state(false);

  /** The clip that plays or is about to. */
  playingId = $state<string>();

  /** Resolves when nothing can be brought back any more. */
  #undo: PromiseWithResolvers<undefined> | undefined;
  #undoTimer: ReturnType<typeof setTimeout> | undefined;
  #isUndoHeld = false;

  constructor(library: ClipLibrary) {
    this.library = library;
  }

  readonly shown = $derived(clipsMatching(this.clips, this.query, this.isStarredOnly));
  readonly byteLength = $derived(this.clips.reduce((sum, clip) => sum + clip.byteLength, 0));

  /** Reads the list again. */
  async look(): Promise<void> {
    await this.#try(async () => {
      this.clips = await this.library.list();
    });
  }

  /** Keeps a clip, or says why not; its small picture follows. */
  async keep(made: MadeFilm): Promise<StorageRefusal | undefined> {
    const clip = await this.library.keep(made);
    if (typeof clip === 'string') return clip;
    void this.#change(() => this.library.makePoster(clip, made));
    return undefined;
  }

  /** Plays a clip instead of the one that plays. */
  async play(clip: KeptClip): Promise<void> {
    this.stop();
    this.playingId = clip.id;
    await this.#try(async () => {
      const mp4 = await this.library.mp4(clip);
      // Another may have been asked for meanwhile.
      if (this.playingId === clip.id && !this.playing) {
        this.playing = { id: clip.id, url: URL.createObjectURL(mp4) };
      }
    });
  }

  /** Stops the clip that plays; where one is named, only if it is that one. */
  stop(id = this.playingId): void {
    if (id !== this.playingId) return;
    if (this.playing) URL.revokeObjectURL(this.playing.url);
    this.playing = undefined;
    this.playingId = undefined;
  }

  /** The address of a clip's small picture, to be revoked by whoever asked for it; undefined where it has none. */
  async posterUrl(clip: KeptClip): Promise<string | undefined> {
    let poster: Blob | undefined;
    await this.#try(async () => {
      poster = await this.library.poster(clip);
    });
    return poster && URL.createObjectURL(poster);
  }

  /** A clip as it was when it was made; undefined where it cannot be read. */
  async made(clip: KeptClip): Promise<MadeFilm | undefined> {
    const { film, codec, format } = clip;
    let made: MadeFilm | undefined;
    await this.#change(async () => {
      made = { film, codec, format, mp4: await this.library.mp4(clip) };
    });
    return made;
  }

  /** Gives a clip another name or a star. */
  async mark(clip: KeptClip, marks: Partial<ClipMarks>): Promise<void> {
    await this.#change(() => this.library.mark(clip, marks));
  }

  /** Takes a clip off the shelf; it can be brought back for a while. */
  async delete(clip: KeptClip): Promise<void> {
    this.stop(clip.id);
    const undo = (this.#undo ??= Promise.withResolvers<undefined>());
    await this.#change(async () => {
      await this.library.delete(clip, undo.promise);
      this.deleted = [...this.deleted, clip];
    });
    this.#limitUndo();
  }

  /** Brings back what was deleted. */
  async undo(): Promise<void> {
    const clips = this.deleted;
    await this.#change(async () => {
      for (const clip of clips) await this.library.restore(clip);
    });
    this.endUndo();
  }

  /** Whether the offer to bring clips back stays, whatever time passes. */
  holdUndo(isHeld: boolean): void {
    this.#isUndoHeld = isHeld;
    this.#limitUndo();
  }

  /** Lets deleted clips go for good. */
  endUndo(): void {
    this.holdUndo(false);
    clearTimeout(this.#undoTimer);
    this.#undo?.resolve(undefined);
    this.#undo = undefined;
    this.deleted = [];
  }

  /** Deletes everything that this site keeps in the browser. */
  async deleteEverything(): Promise<void> {
    this.isDeleting = true;
    this.stop();
    this.endUndo();
    await this.#change(async () => {
      this.proof = await this.library.deleteEverything();
    });
    this.isDeleting = false;
  }

  #limitUndo(): void {
    clearTimeout(this.#undoTimer);
    if (this.#isUndoHeld || !this.#undo) return;
    this.#undoTimer = setTimeout(() => this.endUndo(), UNDO_MS);
  }

  async #change(work: () => Promise<void>): Promise<void> {
    this.fault.clear();
    await this.#try(work);
    await this.look();
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.fault.show(thrown);
    }
  }
}
