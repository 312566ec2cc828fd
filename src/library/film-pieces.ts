// Latents and encoded segments of films on this device, each kept under what it is made from:
// a film that is made again, extended or retaken in part finds in here what has not changed.
// Beside them stands one record, of the film that is being made, for a page that opens after one that closed too soon.
import type { FilmFormat } from '../core/clip.ts';
import { FallbackStore, refusalOf } from './fallback-store.ts';
import { byteLengthOf } from './pack-shards.ts';
import { indexedDbRecord, indexedDbStore } from './store.ts';

const LOCK = 'zoetrope-films';

/** A film that is being made. */
export interface UnfinishedRecord {
  filmJson: string;
  format: FilmFormat;
  /** In film order, with the one that is under way: it is kept only if it became whole. */
  segments: { sha256: string; frameCount: number }[];
}

/** The pieces that this thread sees; what the browser refuses to store lives as long as the thread. */
export const filmPieces = new FallbackStore(indexedDbStore('zoetrope-films', 'pieces'));

const unfinishedRecord = indexedDbRecord<UnfinishedRecord>('zoetrope-films-unfinished');

/** Makes a film, while no tab sweeps its pieces away and none takes it for one that was left behind. */
export function whilePiecesStay<T>(make: () => Promise<T>): Promise<T> {
  return navigator.locks.request(LOCK, { mode: 'shared' }, make);
}

/** Writes down the film that is being made, or that there is none; where storage is refused, nothing is kept. */
export async function keepUnfinished(record: UnfinishedRecord | undefined): Promise<void> {
  await orRefused(() => (record ? unfinishedRecord.set(record) : unfinishedRecord.delete()));
}

/** What a page left behind that closed in the middle of a film; undefined while any tab makes one. */
export async function unfinished(): Promise<UnfinishedRecord | undefined> {
  return whileNoFilm(() => orRefused(() => unfinishedRecord.get()));
}

/**
 * Deletes the other pieces when all together are longer than allowed; does nothing while any tab makes a film.
 * @param keep their `sha256`
 */
export async function sweepPieces(
  keep: ReadonlySet<string>,
  maxByteLength: number,
  pieces = filmPieces,
): Promise<void> {
  await whileNoFilm(async () => {
    const all = await pieces.shards();
    if (byteLengthOf(all) <= maxByteLength) return;
    await pieces.deleteMany(all.filter(({ sha256 }) => !keep.has(sha256)));
  });
}

/** Deletes all pieces. */
export async function dropPieces(pieces = filmPieces): Promise<void> {
  await pieces.deleteMany(await pieces.shards());
}

async function whileNoFilm<T>(work: () => Promise<T>): Promise<T | undefined> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) =>
    lock ? work() : undefined,
  );
}

async function orRefused<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (thrown) {
    if (refusalOf(thrown)) return undefined;
    throw thrown;
  }
}
