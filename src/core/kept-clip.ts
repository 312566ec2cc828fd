// A finished clip as the library lists it: everything about it but its bytes.
import type { FilmFormat } from './clip.ts';
import type { Film } from './film.ts';

/** What a person can change about a kept clip. */
export interface ClipMarks {
  name: string;
  isStarred: boolean;
}

/** A clip that this browser keeps. */
export interface KeptClip extends ClipMarks {
  id: string;
  film: Film;
  /** WebCodecs codec string. */
  codec: string;
  format: FilmFormat;
  createdAtMs: number;
  /** Of the MP4. */
  byteLength: number;
  /** Whether a small picture is kept with it. */
  hasPoster: boolean;
  /** Deleted, but it can still be brought back. */
  isDeleted: boolean;
}
