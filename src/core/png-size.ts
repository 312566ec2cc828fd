// The size that a PNG data URL says it has, read from its first bytes without decoding the picture.
import type { PictureSize } from './film.ts';

const PREFIX = 'data:image/png;base64,';
const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Signature, length and name of the header chunk, width, height. */
const HEADER_BYTE_LENGTH = 24;

/**
 * Width and height of a PNG in a data URL; undefined where the text is not one.
 * @see PNG specification (third edition), section 11.2.1
 */
export function pngSize(dataUrl: string): PictureSize | undefined {
  if (!dataUrl.startsWith(PREFIX)) return undefined;
  const head = dataUrl.slice(PREFIX.length, PREFIX.length + (HEADER_BYTE_LENGTH / 3) * 4);
  if (!/^[A-Za-z0-9+/]{32}$/.test(head)) return undefined;
  const bytes = atob(head);
  if (!bytes.startsWith(SIGNATURE) || bytes.slice(12, 16) !== 'IHDR') return undefined;
  return { widthPx: bigEndian(bytes.slice(16, 20)), heightPx: bigEndian(bytes.slice(20, 24)) };
}

function bigEndian(bytes: string): number {
  return Array.from(bytes, (byte) => byte.charCodeAt(0)).reduce((sum, byte) => sum * 256 + byte, 0);
}
