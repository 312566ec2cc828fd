// RGBA8 frames to encoded frames, one VideoFrame at a time; microseconds begin here.
// An encoder tells its death on the side: it is kept and thrown by the call that runs or comes next.
import { timestampMicros } from '../../src/core/clip.ts';
import type { FilmFormat } from '../../src/core/clip.ts';
import { reasonOf, studioError } from '../../src/core/errors.ts';
import { i420ByteLength, rgbaToI420 } from './i420.ts';

const MAX_QUEUED_FRAME_COUNT = 4;
const KEY_FRAME_SECONDS = 2;

/** What `rgbaToI420` makes, said to encoders, decoders and files alike. */
export const FILM_COLOR_SPACE = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
} as const satisfies VideoColorSpaceInit;

/** One compressed frame, in film order. */
export interface EncodedFrame {
  data: Uint8Array;
  type: 'key' | 'delta';
  /** What a decoder must know; with the first frame of a segment, and again should it change. */
  decoderConfig: VideoDecoderConfig | undefined;
}

/** Encodes the segments of one film. Every frame added comes out once and in order, or a call fails. */
export class FilmEncoder {
  readonly #config: VideoEncoderConfig;
  readonly #format: FilmFormat;
  readonly #encoder: VideoEncoder;
  readonly #onFrame: (frame: EncodedFrame) => void;
  readonly #i420: Uint8Array<ArrayBuffer>;
  /** Aborted with the reason why no frame can be taken any more. */
  readonly #end = new AbortController();
  // Both of this segment.
  #addedCount = 0;
  #encodedCount = 0;

  /** @param onFrame what it throws ends the film as encoder-failed */
  constructor(
    config: VideoEncoderConfig,
    format: FilmFormat,
    Encoder: typeof VideoEncoder,
    onFrame: (frame: EncodedFrame) => void,
  ) {
    this.#config = config;
    this.#format = format;
    this.#onFrame = onFrame;
    this.#i420 = new Uint8Array(i420ByteLength(format.widthPx, format.heightPx));
    this.#encoder = new Encoder({
      output: (chunk, metadata) => this.#take(chunk, metadata),
      error: (thrown) => this.#fail(reasonOf(thrown)),
    });
  }

  /**
   * Begins a segment, whose frames come out as if there had been none before; the one before must be flushed.
   * @throws StudioError encoder-failed, or cancelled after `close`
   */
  begin(): void {
    this.throwIfEnded();
    try {
      // Configured anew alone, an encoder goes on where it was: its next bytes would depend on what came before.
      if (this.#encoder.state === 'configured') this.#encoder.reset();
      this.#encoder.configure(this.#config);
    } catch (thrown) {
      this.#fail(reasonOf(thrown));
    }
    this.#addedCount = 0;
    this.#encodedCount = 0;
    this.throwIfEnded();
  }

  /**
   * Encodes the next frame; resolves when there is room for one more.
   * @param rgba [heightPx, widthPx, 4]
   * @throws StudioError encoder-failed, or cancelled after `close`
   */
  async add(rgba: Uint8ClampedArray): Promise<void> {
    this.throwIfEnded();
    this.#encode(rgba);
    await this.#room();
    this.throwIfEnded();
  }

  /**
   * Resolves when every frame added has come out.
   * @throws StudioError encoder-failed, or cancelled after `close`
   */
  async flush(): Promise<void> {
    this.throwIfEnded();
    // A stuck encoder may leave flush() pending even when closed, so the end is awaited beside it.
    const ended = new Promise<void>((resolve) => {
      this.#end.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.#encoder.flush(), ended]).catch((thrown: unknown) =>
      this.#fail(reasonOf(thrown)),
    );
    if (this.#encodedCount < this.#addedCount) {
      this.#fail(`${this.#encodedCount} of ${this.#addedCount} frames came back`);
    }
    this.throwIfEnded();
  }

  /** Ends the film at once; whatever still waits throws cancelled. */
  close(): void {
    this.#stop(studioError('cancelled', {}));
  }

  /** @throws StudioError the reason why no frame can be taken any more, if there is one */
  throwIfEnded(): void {
    this.#end.signal.throwIfAborted();
  }

  #encode(rgba: Uint8ClampedArray): void {
    const { widthPx, heightPx, framesPerSecond } = this.#format;
    const index = this.#addedCount;
    rgbaToI420(rgba, widthPx, heightPx, this.#i420);
    const frame = new VideoFrame(this.#i420, {
      format: 'I420',
      codedWidth: widthPx,
      codedHeight: heightPx,
      timestamp: timestampMicros(index, framesPerSecond),
      duration: durationMicros(index, framesPerSecond),
      colorSpace: FILM_COLOR_SPACE,
    });
    const framesPerKeyFrame = Math.max(1, Math.round(KEY_FRAME_SECONDS * framesPerSecond));
    try {
      this.#encoder.encode(frame, { keyFrame: index % framesPerKeyFrame === 0 });
      this.#addedCount++;
    } catch (thrown) {
      this.#fail(reasonOf(thrown));
    } finally {
      frame.close();
    }
  }

  async #room(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted && this.#encoder.encodeQueueSize > MAX_QUEUED_FRAME_COUNT) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#encoder.removeEventListener('dequeue', wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#encoder.addEventListener('dequeue', wake);
        signal.addEventListener('abort', wake);
      });
    }
  }

  #take(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined): void {
    const expected = timestampMicros(this.#encodedCount, this.#format.framesPerSecond);
    if (chunk.timestamp !== expected) {
      // A file without composition offsets cannot hold reordered frames.
      this.#fail(`a frame came at ${chunk.timestamp} µs instead of ${expected}`);
      return;
    }
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.#encodedCount++;
    try {
      this.#onFrame({ data, type: chunk.type, decoderConfig: metadata?.decoderConfig });
    } catch (thrown) {
      this.#fail(reasonOf(thrown));
    }
  }

  #fail(reason: string): void {
    this.#stop(studioError('encoder-failed', { codec: this.#config.codec, reason }));
  }

  #stop(reason: Error): void {
    // The first reason stays: aborting again changes nothing.
    this.#end.abort(reason);
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }
}

/** How long a frame is shown: until the time of the next. */
export function durationMicros(frameIndex: number, framesPerSecond: number): number {
  return (
    timestampMicros(frameIndex + 1, framesPerSecond) - timestampMicros(frameIndex, framesPerSecond)
  );
}
