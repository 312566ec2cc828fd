// What a page that closed in the middle of a film left behind: its record, and the segments that are kept of it.
import type { WorkerThread } from '../boundary/thread.ts';
import type { ExportApi, Piece } from '../core/api.ts';
import { studioError } from '../core/errors.ts';
import { stoppedAt } from '../core/film-edit.ts';
import type { Film } from '../core/film.ts';
import { filmPieces, unfinished } from '../library/film-pieces.ts';
import type { UnfinishedRecord } from '../library/film-pieces.ts';
import type { MadeFilm, MakeOptions, UnfinishedFilm } from './studio.ts';

interface KeptFilm {
  record: UnfinishedRecord;
  /** The film as far as it is kept. */
  film: Film;
  segments: readonly Piece[];
  seconds: number;
}

/** The film that was being made, as far as it is kept; undefined where nothing is. */
export async function findUnfinished(): Promise<UnfinishedFilm | undefined> {
  return keptFilm();
}

/**
 * Makes the file of what is kept.
 * @throws StudioError call-misused when nothing is; what the export worker throws
 */
export async function finishUnfinished(
  exporting: WorkerThread<ExportApi>,
  { storesFilm }: MakeOptions,
): Promise<MadeFilm> {
  const kept = await keptFilm();
  if (!kept) {
    const expected = 'a film that was being made';
    throw studioError('call-misused', {
      call: 'finishUnfinished',
      state: 'nothing kept',
      expected,
    });
  }
  const { record, film, segments } = kept;
  const clip = await exporting.call(async (api) => {
    try {
      await api.open(record.format, () => undefined);
      for (const segment of segments) if (!(await api.append(segment))) break;
      return await api.finish({ filmJson: storesFilm ? JSON.stringify(film) : undefined });
    } catch (thrown) {
      void api.cancel().catch(() => undefined);
      throw thrown;
    }
  });
  return { ...clip, film };
}

async function keptFilm(): Promise<KeptFilm | undefined> {
  const record = await unfinished();
  if (!record) return undefined;
  const pieces = new Map((await filmPieces.shards()).map((piece) => [piece.sha256, piece]));
  const segments: Piece[] = [];
  let frameCount = 0;
  for (const segment of record.segments) {
    const piece = pieces.get(segment.sha256);
    if (!piece) break;
    segments.push(piece);
    frameCount += segment.frameCount;
  }
  if (segments.length === 0) return undefined;
  const seconds = frameCount / record.format.framesPerSecond;
  const film = stoppedAt(JSON.parse(record.filmJson) as Film, seconds);
  return { record, film, segments, seconds };
}
