// A film's size and rate to the encoder configurations worth trying for it; whether one works, only a browser can say.
import type { FilmFormat } from './clip.ts';
import { AV1_LEVELS, H264_LEVELS, levelCodeFor, VP9_LEVELS } from './codec-levels.ts';
import type { LevelTable } from './codec-levels.ts';

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
