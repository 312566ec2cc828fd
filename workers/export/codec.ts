// A film's size and rate to the codec that this browser can really encode it with.
// Each candidate must encode two frames first: some browsers say yes and then fail.
// https://bugzilla.mozilla.org/show_bug.cgi?id=1918769
import type { FilmFormat } from '../../src/core/clip.ts';
import { codecCandidates, isH264 } from '../../src/core/codec-candidates.ts';
import { reasonOf, StudioError, studioError } from '../../src/core/errors.ts';
import { FilmEncoder } from './encode.ts';
import type { EncodedFrame } from './encode.ts';

const PROOF_FRAME_COUNT = 2;
const PROOF_TIMEOUT_MS = 3000;

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
