// A made film as the page keeps it: the addresses of its file and of its document, until it is let go.
import type { MadeFilm } from '../../core/clip.ts';
import type { Film } from '../../core/film.ts';
import type { FrameRing } from './frame-ring.ts';

/** A clip: its film, its addresses, and its latest frames for browsers that cannot play the file. */
export interface FinishedClip {
  film: Film;
  made: MadeFilm;
  /** Of the MP4. */
  url: string;
  /** Of the film's JSON. */
  filmUrl: string;
  ring: FrameRing<ImageData>;
  /** The rows of the form that it was made from, by their ids. */
  rowIds: readonly number[];
}

/** Gives a made film its addresses; to be let go by `releaseClip`. */
export function clipOf(
  made: MadeFilm,
  ring: FrameRing<ImageData>,
  rowIds: readonly number[],
): FinishedClip {
  const { film } = made;
  const json = JSON.stringify(film, undefined, 2);
  return {
    film,
    made,
    url: URL.createObjectURL(made.mp4),
    filmUrl: URL.createObjectURL(new Blob([json], { type: 'application/json' })),
    ring,
    rowIds,
  };
}

/** Lets go of a clip's addresses and what they hold. */
export function releaseClip({ url, filmUrl }: FinishedClip): void {
  URL.revokeObjectURL(url);
  URL.revokeObjectURL(filmUrl);
}

/** Whether a film was given other words while it was made. */
export function wasSteered(asked: Film, made: Film): boolean {
  return made.rows.some(({ prompt }, index) => prompt !== asked.rows[index]?.prompt);
}
