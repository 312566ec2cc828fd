// A film's size and rate to the codec that this browser can really encode it with.
// Each candidate must encode two frames first: some browsers say yes and then fail.
// https://bugzilla.mozilla.org/show_bug.cgi?id=1918769
import type { FilmFormat } from '../../src/core/clip.ts';
import { reasonOf, StudioError, studioError } from '../../src/core/errors.ts';
import { FilmEncoder } from './encode.ts';
import type { EncodedFrame } from './encode.ts';
import { AV1_LEVELS, H264_LEVELS, levelCodeFor, VP9_LEVELS } from './levels.ts';
import type { LevelTable } from './levels.ts';

const PROOF_FRAME_COUNT = 2;
const PROOF_TIMEOUT_MS = 3000;

/** Widest reach first: codec strings without their level, and the levels to choose from. */
const FAMILIES: readonly { codec: (levelCode: string) => string; levels: LevelTable }[] = [
  { codec: (code) => `avc1.6400${code}`, levels: H264_LEVELS }, // High
  { codec: (code) => `avc1.4d00${code}`, levels: H264_LEVELS }, // Main
  { codec: (code) => `avc1.42e0${code}`, levels: H264_LEVELS }, // Constrained Baseline
  { codec: (code) => `vp09.00.${code}.08`, levels: VP9_LEVELS },
  { codec: (code) => `av01.0.${code}M.08`, levels: AV1_LEVELS },
];

/** Whether a codec string is H.264, the one that plays everywhere. */
export function isH264(codec: string): boolean {
  return codec.startsWith('avc1.');
}

/**
 * The bit rate for a film: 8 Mbit/s × (pixels per second ÷ those of 1080p at 24)^¾.
 * The power gives small pictures more bits per pixel, as they hold more detail per pixel.
 */
export function bitsPerSecondFor(format: FilmFormat): number {
  const pixelsPerSecond = format.widthPx * format.heightPx * format.framesPerSecond;
  return Math.round(8e6 * (pixelsPerSecond / (1920 * 1080 * 24)) ** 0.75);
}

/** The encoder configurations to try for a film, best first; codecs without a level for it are left out. */
export function codecCandidates(format: FilmFormat): VideoEncoderConfig[] {
  const bitrate = bitsPerSecondFor(format);
  return FAMILIES.flatMap(({ codec, levels }) => {
    const code = levelCodeFor(levels, format, bitrate);
    if (code === undefined) return [];
    const config: VideoEncoderConfig = {
      codec: codec(code),
      width: format.widthPx,
      height: format.heightPx,
      framerate: format.framesPerSecond,
      bitrate,
      latencyMode: 'quality',
    };
    return isH264(config.codec) ? [{ ...config, avc: { format: 'avc' } }] : [config];
  });
}

/** A codec that has encoded something here. */
export interface ProvenCodec {
  config: VideoEncoderConfig;
  /** What the encoder tells decoders; empty for codecs that have nothing to tell. */
  description: Uint8Array;
}

/**
 * The first candidate that encodes two black frames within three seconds.
 * @param Encoder undefined where the browser has none
 * @throws StudioError encoder-missing with what was tried; the signal's reason when it aborts
 */
export async function chooseCodec(
  format: FilmFormat,
  Encoder: typeof VideoEncoder | undefined,
  signal: AbortSignal,
): Promise<ProvenCodec> {
  const tried: string[] = [];
  for (const config of Encoder ? codecCandidates(format) : []) {
    const proof = await proofOf(config, format, Encoder!, signal);
    signal.throwIfAborted();
    if (typeof proof !== 'string') return { config, description: proof };
    tried.push(`${config.codec}: ${proof}`);
  }
  throw studioError('encoder-missing', {
    widthPx: format.widthPx,
    heightPx: format.heightPx,
    tried: Encoder ? tried.join('; ') : 'no VideoEncoder',
  });
}

/** What a candidate tells decoders, or why it cannot be used. */
async function proofOf(
  config: VideoEncoderConfig,
  format: FilmFormat,
  Encoder: typeof VideoEncoder,
  signal: AbortSignal,
): Promise<Uint8Array | string> {
  try {
    const { supported } = await Encoder.isConfigSupported(config);
    if (!supported) return 'not supported';
    const first = await firstEncodedFrame(config, format, Encoder, signal);
    if (first?.type !== 'key') return 'no key frame came first';
    const description = descriptionOf(first.decoderConfig);
    if (isH264(config.codec) && description.byteLength === 0) return 'no description came';
    return description;
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) return reasonOf(thrown);
    const { failure } = thrown;
    if (failure.code === 'cancelled') return `nothing within ${PROOF_TIMEOUT_MS} ms`;
    return failure.code === 'encoder-failed' ? failure.facts.reason : thrown.message;
  }
}

/** A decoder's description as bytes of its own; empty where there is none. */
export function descriptionOf(decoderConfig: VideoDecoderConfig | undefined): Uint8Array {
  const description = decoderConfig?.description ?? new ArrayBuffer(0);
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength).slice()
    : new Uint8Array(description).slice();
}

async function firstEncodedFrame(
  config: VideoEncoderConfig,
  format: FilmFormat,
  Encoder: typeof VideoEncoder,
  signal: AbortSignal,
): Promise<EncodedFrame | undefined> {
  signal.throwIfAborted();
  let first: EncodedFrame | undefined;
  const encoder = new FilmEncoder(config, format, Encoder, (frame) => {
    first ??= frame;
  });
  const close = () => encoder.close();
  const timer = setTimeout(close, PROOF_TIMEOUT_MS);
  signal.addEventListener('abort', close);
  try {
    encoder.begin();
    const black = new Uint8ClampedArray(format.widthPx * format.heightPx * 4);
    for (let i = 0; i < PROOF_FRAME_COUNT; i++) await encoder.add(black);
    await encoder.flush();
    return first;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', close);
    encoder.close();
  }
}
