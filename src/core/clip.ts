// Frames and clips as they travel from decode to the player and the file.
import type { Film } from './film.ts';

/** RGBA8 pictures in film order, one after another in one buffer. */
export interface FrameBatch {
  /** Position of the first of these frames in the film. */
  frameIndex: number;
  frameCount: number;
  widthPx: number;
  heightPx: number;
  /** [frameCount, heightPx, widthPx, 4], sRGB, alpha 255. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** What a stretch of a film that is still noise will look like: a few pictures in order, to be looked at and forgotten. */
export type Preview = Omit<FrameBatch, 'frameIndex'>;

/** How the frames of a film follow each other and how large they are. */
export interface FilmFormat {
  /** Infinity while a film goes on until it is stopped. */
  frameCount: number;
  framesPerSecond: number;
  widthPx: number;
  heightPx: number;
}

/** A finished file. */
export interface ExportedClip {
  mp4: Blob;
  /** WebCodecs codec string, for instance avc1.64000d. */
  codec: string;
  format: FilmFormat;
}

/** A finished file, and the film that it is: shorter than asked for when it was stopped, steered where it was steered. */
export interface MadeFilm extends ExportedClip {
  film: Film;
}

/** The pixels of one frame of a batch, without copying: [heightPx, widthPx, 4]. */
export function frameOf(batch: Preview, index: number): Uint8ClampedArray<ArrayBuffer> {
  const byteLength = batch.widthPx * batch.heightPx * 4;
  return batch.rgba.subarray(index * byteLength, (index + 1) * byteLength);
}

/** When a frame is shown, rounded so that a whole second is exactly 1,000,000 µs. */
export function timestampMicros(frameIndex: number, framesPerSecond: number): number {
  return Math.round((frameIndex * 1e6) / framesPerSecond);
}
