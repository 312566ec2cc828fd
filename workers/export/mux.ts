// Encoded frames to an MP4 file, index first so that it plays while it loads.
// The only importer of mp4-muxer; another muxer would change this file alone.
import { Muxer, StreamTarget } from 'mp4-muxer';
import { timestampMicros } from '../../src/core/clip.ts';
import type { FilmFormat } from '../../src/core/clip.ts';
import { durationMicros, FILM_COLOR_SPACE } from './encode.ts';
import { GrowingFile } from './growing-file.ts';
import { removeDates } from './remove-dates.ts';
import type { Segment, SegmentFrame } from './segment.ts';

const MUXER_CODECS: Record<string, 'avc' | 'vp9' | 'av1'> = {
  avc1: 'avc',
  vp09: 'vp9',
  av01: 'av1',
};

/** Builds one MP4 file; of its pictures no more than a few seconds are in memory. */
export class Mp4Writer {
  readonly #muxer: Muxer<StreamTarget>;
  readonly #file = new GrowingFile();
  readonly #framesPerSecond: number;
  readonly #decoderConfig: VideoDecoderConfig;
  #addedCount = 0;

  /**
   * @param segment what all segments of the film have in common: H.264, VP9 or AV1
   * @param format with the number of frames that will be added
   */
  constructor({ codec, description }: Omit<Segment, 'frames'>, format: FilmFormat) {
    const muxerCodec = MUXER_CODECS[codec.slice(0, 4)];
    if (!muxerCodec) throw new RangeError(`no MP4 box for codec ${codec}`);
    // Not every browser says the colour space; it is ours, so it is known.
    this.#decoderConfig = { codec, description, colorSpace: FILM_COLOR_SPACE };
    this.#framesPerSecond = format.framesPerSecond;
    const onData = (data: Uint8Array, position: number) =>
      // The muxer gives away arrays of its own.
      this.#file.write(data as Uint8Array<ArrayBuffer>, position);
    this.#muxer = new Muxer({
      target: new StreamTarget({ onData }),
      // Room for the index is left in front and filled at the end; what is too much becomes a `free` box.
      fastStart: { expectedVideoChunks: format.frameCount },
      video: { codec: muxerCodec, width: format.widthPx, height: format.heightPx },
    });
    this.#file.endHead();
  }

  /** Appends the next frame of the film. */
  add({ data, type }: SegmentFrame): void {
    const index = this.#addedCount++;
    this.#muxer.addVideoChunkRaw(
      data,
      type,
      timestampMicros(index, this.#framesPerSecond),
      durationMicros(index, this.#framesPerSecond),
      index === 0 ? { decoderConfig: this.#decoderConfig } : undefined,
    );
  }

  /** Closes the file, with a box of ours at its end. */
  finish(lastBox: Uint8Array<ArrayBuffer>): Blob {
    this.#muxer.finalize();
    this.#file.editHead(removeDates);
    return this.#file.finish(lastBox, 'video/mp4');
  }
}
