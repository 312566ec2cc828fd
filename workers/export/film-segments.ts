// A film as its segments: each encoded from a fresh start and kept under its key, or kept from an earlier film.
// Only the segment that is being encoded is in memory, so that a film may be as long as it likes.
import type { Piece } from '../../src/core/api.ts';
import type { FilmFormat } from '../../src/core/clip.ts';
import { studioError } from '../../src/core/errors.ts';
import type { ShardStore } from '../../src/library/store.ts';
import { descriptionOf } from './codec.ts';
import type { ProvenCodec } from './codec.ts';
import { FilmEncoder } from './encode.ts';
import type { EncodedFrame } from './encode.ts';
import { packSegment, parseSegment } from './segment.ts';
import type { SegmentFrame } from './segment.ts';

/** A segment of the film: where its frames are, not the frames. */
export interface PlacedSegment {
  frameCount: number;
  read: () => Promise<ArrayBuffer | undefined>;
}

/** The segment that is being encoded. */
interface SegmentUnderWay {
  key: string | undefined;
  leftFrameCount: number;
  frames: SegmentFrame[];
}

/** Encodes, keeps and gives back the segments of one film; whether a call makes sense is for the caller to know. */
export class FilmSegments {
  readonly #codec: ProvenCodec;
  readonly #pieces: ShardStore;
  readonly #encoder: FilmEncoder;
  readonly #placed: PlacedSegment[] = [];
  #underWay: SegmentUnderWay | undefined;
  /** What the segments of this film tell decoders; undefined before the first. */
  #description: Uint8Array | undefined;
  #frameCount = 0;

  /** @param onEncoded called for every frame that comes out of the encoder */
  constructor(
    codec: ProvenCodec,
    format: FilmFormat,
    { Encoder, pieces }: { Encoder: typeof VideoEncoder; pieces: ShardStore },
    onEncoded: () => void,
  ) {
    this.#codec = codec;
    this.#pieces = pieces;
    this.#encoder = new FilmEncoder(codec.config, format, Encoder, (frame) => {
      this.#take(frame);
      onEncoded();
    });
  }

  get codec(): string {
    return this.#codec.config.codec;
  }

  /** What all segments tell decoders. */
  get description(): Uint8Array {
    return this.#description ?? this.#codec.description;
  }

  /** Frames in the film so far. */
  get frameCount(): number {
    return this.#frameCount;
  }

  /** Frames that the segment under way still needs; 0 without one. */
  get leftFrameCount(): number {
    return this.#underWay?.leftFrameCount ?? 0;
  }

  /** @throws StudioError encoder-failed, cancelled: why the film cannot go on, if so */
  throwIfEnded(): void {
    this.#encoder.throwIfEnded();
  }

  /** @throws StudioError encoder-failed, cancelled */
  begin(key: string | undefined, frameCount: number): void {
    this.#encoder.begin();
    this.#underWay = { key, leftFrameCount: frameCount, frames: [] };
  }

  /**
   * Adds a frame to the segment under way, which is kept with its last frame.
   * @throws StudioError encoder-failed, cancelled
   */
  async add(rgba: Uint8ClampedArray): Promise<void> {
    await this.#encoder.add(rgba);
    this.#frameCount++;
    if (--this.#underWay!.leftFrameCount === 0) await this.end();
  }

  /**
   * Ends the segment under way, if there is one; it is kept if it is whole and has a key.
   * @throws StudioError encoder-failed, cancelled
   */
  async end(): Promise<void> {
    if (!this.#underWay) return;
    const { key, leftFrameCount, frames } = this.#underWay;
    await this.#encoder.flush();
    const bytes = packSegment({ codec: this.codec, description: this.description, frames });
    const isKept = key !== undefined && leftFrameCount === 0;
    const piece = { sha256: key ?? '', byteLength: bytes.byteLength };
    if (isKept) await this.#pieces.put(piece, bytes);
    const read = () => (isKept ? this.#pieces.get(piece) : Promise.resolve(bytes));
    this.#placed.push({ frameCount: frames.length, read });
    this.#underWay = undefined;
    this.throwIfEnded();
  }

  /**
   * Finds a kept segment; one that does not fit this film's, made by another version of the browser, is dropped.
   * @throws StudioError encoder-failed, cancelled
   */
  async find(piece: Piece): Promise<PlacedSegment | undefined> {
    const bytes = await this.#pieces.get(piece);
    const segment = bytes && parseSegment(bytes);
    const fits = segment?.codec === this.codec && areEqual(segment.description, this.description);
    if (bytes && !fits) await this.#pieces.deleteMany([piece]);
    this.throwIfEnded();
    if (!fits) return undefined;
    return { frameCount: segment.frames.length, read: () => this.#pieces.get(piece) };
  }

  /** Puts a segment that was found behind the others. */
  append(segment: PlacedSegment): void {
    this.#description ??= this.description;
    this.#placed.push(segment);
    this.#frameCount += segment.frameCount;
  }

  /**
   * The frames of the film, read one segment at a time.
   * @throws StudioError encoder-failed when the browser has evicted one; cancelled
   */
  async *frames(): AsyncGenerator<SegmentFrame, undefined> {
    for (const { read } of this.#placed) {
      const bytes = await read();
      this.throwIfEnded();
      const segment = bytes && parseSegment(bytes);
      if (!segment) {
        const reason = 'a segment is no longer on this device';
        throw studioError('encoder-failed', { codec: this.codec, reason });
      }
      yield* segment.frames;
    }
  }

  /** Drops the film; whatever still waits throws cancelled. */
  close(): void {
    this.#encoder.close();
  }

  #take({ data, type, decoderConfig }: EncodedFrame): void {
    if (decoderConfig) {
      const description = descriptionOf(decoderConfig);
      this.#description ??= description;
      if (!areEqual(description, this.#description)) {
        // One file has one description, by which all its frames are decoded.
        throw new RangeError('what it tells decoders has changed in the middle of the film');
      }
    }
    this.#underWay!.frames.push({ data, type });
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
