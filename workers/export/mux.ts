// Encoded frames to the bytes of an MP4 file, index first so that it plays while it loads.
// The only importer of mp4-muxer; another muxer would change this file alone.
import { ArrayBufferTarget, Muxer } from 'mp4-muxer';
import type { FilmFormat } from '../../src/core/clip.ts';
import { FILM_COLOR_SPACE } from './encode.ts';
import type { EncodedFrame } from './encode.ts';

const MUXER_CODECS: Record<string, 'avc' | 'vp9' | 'av1'> = {
  avc1: 'avc',
  vp09: 'vp9',
  av01: 'av1',
};

/** Builds one MP4 file in memory. */
export class Mp4Writer {
  readonly #muxer: Muxer<ArrayBufferTarget>;

  /** @param codec WebCodecs codec string of H.264, VP9 or AV1 */
  constructor(codec: string, format: FilmFormat) {
    const muxerCodec = MUXER_CODECS[codec.slice(0, 4)];
    if (!muxerCodec) throw new RangeError(`no MP4 box for codec ${codec}`);
    this.#muxer = new Muxer({
      target: new ArrayBufferTarget(),
      fastStart: 'in-memory',
      video: { codec: muxerCodec, width: format.widthPx, height: format.heightPx },
    });
  }

  /** Appends the next frame; the first must come with its decoderConfig. */
  add(frame: EncodedFrame): void {
    // Not every browser says the colour space; it is ours, so it is known.
    const metadata = frame.decoderConfig && {
      decoderConfig: { ...frame.decoderConfig, colorSpace: FILM_COLOR_SPACE },
    };
    const { data, type, timestampMicros, durationMicros } = frame;
    this.#muxer.addVideoChunkRaw(data, type, timestampMicros, durationMicros, metadata);
  }

  /** Closes the file and gives its bytes, in a buffer of exactly their length. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#muxer.finalize();
    return new Uint8Array(this.#muxer.target.buffer);
  }
}
