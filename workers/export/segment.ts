// The encoded frames of a segment to one buffer and back, so that they can be kept and found by anybody who has it.
// Layout, big-endian: 'ZSEG', layout version, codec length, description length, frame count; codec, description;
// for each frame a word, its length × 2 + 1 for a key frame; the data of the frames. Words are 4 bytes, lengths bytes.

const MAGIC = 0x5a534547;
const LAYOUT_VERSION = 1;
const HEADER_BYTE_LENGTH = 20;
const WORD_BYTE_LENGTH = 4;

/** One frame of a segment: its bytes, and whether a decoder can begin with it. */
export interface SegmentFrame {
  data: Uint8Array;
  type: 'key' | 'delta';
}

/** Encoded frames with all that a decoder must know, but no times: those are given by the film. */
export interface Segment {
  /** WebCodecs codec string. */
  codec: string;
  /** The decoder's description; empty for codecs that have none. */
  description: Uint8Array;
  frames: readonly SegmentFrame[];
}

/** Writes a segment into a buffer of exactly its length. */
export function packSegment({ codec, description, frames }: Segment): ArrayBuffer {
  const codecBytes = new TextEncoder().encode(codec);
  const tableStart = HEADER_BYTE_LENGTH + codecBytes.byteLength + description.byteLength;
  const dataStart = tableStart + frames.length * WORD_BYTE_LENGTH;
  const dataByteLength = frames.reduce((sum, { data }) => sum + data.byteLength, 0);
  const bytes = new Uint8Array(dataStart + dataByteLength);
  const view = new DataView(bytes.buffer);
  [MAGIC, LAYOUT_VERSION, codecBytes.byteLength, description.byteLength, frames.length].forEach(
    (word, index) => view.setUint32(index * WORD_BYTE_LENGTH, word),
  );
  bytes.set(codecBytes, HEADER_BYTE_LENGTH);
  bytes.set(description, HEADER_BYTE_LENGTH + codecBytes.byteLength);
  let at = dataStart;
  for (const [index, { data, type }] of frames.entries()) {
    const word = data.byteLength * 2 + (type === 'key' ? 1 : 0);
    view.setUint32(tableStart + index * WORD_BYTE_LENGTH, word);
    bytes.set(data, at);
    at += data.byteLength;
  }
  return bytes.buffer;
}

/** Reads what `packSegment` wrote, as views of the buffer; undefined for anything else. */
export function parseSegment(buffer: ArrayBuffer): Segment | undefined {
  if (buffer.byteLength < HEADER_BYTE_LENGTH) return undefined;
  const view = new DataView(buffer);
  const wordAt = (start: number, index: number) => view.getUint32(start + index * WORD_BYTE_LENGTH);
  if (wordAt(0, 0) !== MAGIC || wordAt(0, 1) !== LAYOUT_VERSION) return undefined;
  const descriptionStart = HEADER_BYTE_LENGTH + wordAt(0, 2);
  const tableStart = descriptionStart + wordAt(0, 3);
  const frameCount = wordAt(0, 4);
  let at = tableStart + frameCount * WORD_BYTE_LENGTH;
  if (at > buffer.byteLength) return undefined;
  const frames: SegmentFrame[] = [];
  for (let i = 0; i < frameCount; i++) {
    const word = wordAt(tableStart, i);
    const byteLength = Math.floor(word / 2);
    if (at + byteLength > buffer.byteLength) return undefined;
    frames.push({
      data: new Uint8Array(buffer, at, byteLength),
      type: word % 2 === 1 ? 'key' : 'delta',
    });
    at += byteLength;
  }
  if (at !== buffer.byteLength) return undefined;
  const bytes = new Uint8Array(buffer);
  return {
    codec: new TextDecoder().decode(bytes.subarray(HEADER_BYTE_LENGTH, descriptionStart)),
    description: bytes.subarray(descriptionStart, tableStart),
    frames,
  };
}
