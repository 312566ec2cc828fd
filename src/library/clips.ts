// Finished clips on this device, until they are deleted: what is said of them, their MP4s and their posters,
// each in a database of its own, so that a list of hundreds reads no bytes.
// A deleted clip keeps its bytes as long as any tab still offers to bring it back.
import type { MadeFilm } from '../core/clip.ts';
import { studioError } from '../core/errors.ts';
import type { ClipMarks, KeptClip } from '../core/kept-clip.ts';
import { indexedDbRecords } from './store.ts';
import type { RecordStore } from './store.ts';

/** Larger records cost four times their size in memory, and some browsers refuse them. */
const PART_BYTE_LENGTH = 16 * 1024 * 1024;
const LOCK = 'zoetrope-clips';

/** A small picture, as it is kept. */
interface Poster {
  type: string;
  bytes: ArrayBuffer;
}

/** What changes about a clip while it is kept. */
type Marks = ClipMarks & Pick<KeptClip, 'hasPoster' | 'isDeleted'>;

/** The databases of the clips: the seam at which tests put a full one. */
export interface ClipDatabases {
  clips: RecordStore<KeptClip>;
  /** Parts of MP4s by `partKey`. */
  bytes: RecordStore<ArrayBuffer>;
  posters: RecordStore<Poster>;
}

/** The clips of this browser, the same in every tab. */
export class ClipStore {
  readonly #databases: ClipDatabases;

  constructor(databases: ClipDatabases = browserDatabases()) {
    this.#databases = databases;
  }

  /**
   * All clips but the deleted ones, newest first; reads none of their bytes.
   * @throws DOMException as IndexedDB names it, as every method does
   */
  async list(): Promise<KeptClip[]> {
    const clips = await this.#databases.clips.all();
    return clips
      .filter(({ isDeleted }) => !isDeleted)
      .toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** Keeps a clip under the name of its first prompt, or none of it. */
  async keep({ film, mp4, codec, format }: MadeFilm): Promise<KeptClip> {
    const clip: KeptClip = {
      id: crypto.randomUUID(),
      name: film.rows[0]!.prompt,
      isStarred: false,
      createdAtMs: Date.now(),
      byteLength: mp4.size,
      hasPoster: false,
      isDeleted: false,
      ...{ film, codec, format },
    };
    const { clips, bytes } = this.#databases;
    await whileNothingIsSwept(async () => {
      try {
        for (let start = 0; start < mp4.size; start += PART_BYTE_LENGTH) {
          const part = mp4.slice(start, start + PART_BYTE_LENGTH);
          await bytes.set(partKey(clip.id, start), await part.arrayBuffer());
        }
        // Last, for it is what makes the others a clip.
        await clips.set(clip.id, clip);
      } catch (thrown) {
        await this.#drop((id) => id === clip.id).catch(() => undefined);
        throw thrown;
      }
    });
    return clip;
  }

  /** Gives a clip a small picture. */
  async setPoster(clip: KeptClip, poster: Blob): Promise<void> {
    const bytes = await poster.arrayBuffer();
    await this.#databases.posters.set(clip.id, { type: poster.type, bytes });
    await this.mark(clip, { hasPoster: true });
  }

  /** @throws StudioError clip-missing when another tab has deleted it or the browser has evicted a part of it */
  async mp4({ id, name, byteLength }: KeptClip): Promise<Blob> {
    const parts: ArrayBuffer[] = [];
    for (let start = 0; start < byteLength; start += PART_BYTE_LENGTH) {
      const part = await this.#databases.bytes.get(partKey(id, start));
      if (!part) throw studioError('clip-missing', { name });
      parts.push(part);
    }
    return new Blob(parts, { type: 'video/mp4' });
  }

  /** The small picture of a clip; undefined where it has none. */
  async poster({ id }: KeptClip): Promise<Blob | undefined> {
    const poster = await this.#databases.posters.get(id);
    return poster && new Blob([poster.bytes], { type: poster.type });
  }

  /** @throws StudioError clip-missing when another tab has deleted it */
  async mark({ id, name }: KeptClip, marks: Partial<Marks>): Promise<void> {
    const isThere = await this.#databases.clips.change(id, (clip) => ({ ...clip, ...marks }));
    if (!isThere) throw studioError('clip-missing', { name });
  }

  /**
   * Takes a clip off the list.
   * @param undoEnds settles when nobody can bring it back any more; its bytes go then
   * @returns when it is off the list
   */
  delete(clip: KeptClip, undoEnds: Promise<unknown>): Promise<undefined> {
    const offList = Promise.withResolvers<undefined>();
    const undoable = whileNothingIsSwept(async () => {
      await this.mark(clip, { isDeleted: true }).catch((thrown: unknown) => {
        offList.reject(thrown);
        throw thrown;
      });
      offList.resolve(undefined);
      await undoEnds;
    });
    // What cannot be dropped now is dropped at the next chance.
    void undoable.then(() => this.sweep()).catch(() => undefined);
    return offList.promise;
  }

  /** Drops deleted clips and what a tab that closed too soon has left; does nothing while a tab may still need it. */
  async sweep(): Promise<void> {
    await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const all = await this.#databases.clips.all();
      const kept = new Set(all.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id));
      await this.#drop((id) => !kept.has(id));
    });
  }

  async #drop(goes: (id: string) => boolean): Promise<void> {
    for (const database of Object.values(this.#databases) as RecordStore<unknown>[]) {
      const keys = (await database.keys()).filter((key) => goes(idOf(key)));
      if (keys.length > 0) await database.deleteMany(keys);
    }
  }
}

function browserDatabases(): ClipDatabases {
  return {
    clips: indexedDbRecords('zoetrope-clips'),
    bytes: indexedDbRecords('zoetrope-clips-bytes'),
    posters: indexedDbRecords('zoetrope-clips-posters'),
  };
}

function partKey(id: string, start: number): string {
  return `${id}:${start}`;
}

function idOf(key: string): string {
  return key.split(':')[0]!;
}

function whileNothingIsSwept<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(LOCK, { mode: 'shared' }, work);
}
