// What a page that closed in the middle of a film left behind: its record, and the segments that are kept of it.
import type { WorkerThread } from '../boundary/thread.ts';
import type { ExportApi, Piece } from '../core/api.ts';
import type { MadeFilm } from '../core/clip.ts';
import { studioError } from '../core/errors.ts';
import { stoppedAt } from '../core/film-edit.ts';
import type { Film } from '../core/film.ts';
import { filmPieces, unfinished, whilePiecesStay } from '../library/film-pieces.ts';
import type { UnfinishedRecord } from '../library/film-pieces.ts';
import type { MakeOptions, UnfinishedFilm } from './studio.ts';

interface KeptSegment {
  piece: Piece;
  frameCount: number;
}

interface KeptFilm {
  record: UnfinishedRecord;
  segments: readonly KeptSegment[];
}

/** The film that was being made, as far as it is kept; undefined where nothing is. */
export async function findUnfinished(): Promise<UnfinishedFilm | undefined> {
  const kept = await keptFilm();
  if (!kept) return undefined;
  const { record, segments } = kept;
  const frameCount = segments.reduce((sum, segment) => sum + segment.frameCount, 0);
  return {
    film: filmUpTo(frameCount, record),
    seconds: frameCount / record.format.framesPerSecond,
  };
}

/**
 * Makes the file of what is kept, as far as this browser can still use it.
 * @throws StudioError unfinished-lost when nothing is; what the export worker throws
 */
export async function finishUnfinished(
  exporting: Pick<WorkerThread<ExportApi>, 'call'>,
  { storesFilm }: MakeOptions,
): Promise<MadeFilm> {
  const kept = await keptFilm();
  if (!kept) throw studioError('unfinished-lost', {});
  const { record, segments } = kept;
  const finish = async (api: ExportApi) => {
    try {
      await api.open(record.format, () => undefined);
      const frameCount = await appendAll(api, segments);
      if (frameCount === 0) throw studioError('unfinished-lost', {});
      const film = filmUpTo(frameCount, record);
      const clip = await api.finish({ filmJson: storesFilm ? JSON.stringify(film) : undefined });
      return { ...clip, film };
    } catch (thrown) {
      void api.cancel().catch(() => undefined);
      throw thrown;
    }
  };
  return whilePiecesStay(() => exporting.call(finish));
}

/** Puts segments into the file up to the first that does not fit; says how many frames they have. */
async function appendAll(api: ExportApi, segments: readonly KeptSegment[]): Promise<number> {
  let appendedFrameCount = 0;
  for (const { piece, frameCount } of segments) {
    if (!(await api.append(piece))) break;
    appendedFrameCount += frameCount;
  }
  return appendedFrameCount;
}

async function keptFilm(): Promise<KeptFilm | undefined> {
  const record = await unfinished();
  if (!record) return undefined;
  const pieces = new Map((await filmPieces.shards()).map((piece) => [piece.sha256, piece]));
  const segments: KeptSegment[] = [];
  for (const { sha256, frameCount } of record.segments) {
    const piece = pieces.get(sha256);
    if (!piece) break;
    segments.push({ piece, frameCount });
  }
  return segments.length === 0 ? undefined : { record, segments };
}

function filmUpTo(frameCount: number, { filmJson, format }: UnfinishedRecord): Film {
  return stoppedAt(JSON.parse(filmJson) as Film, frameCount / format.framesPerSecond);
}
