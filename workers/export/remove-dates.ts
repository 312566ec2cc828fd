// The dates that a muxer writes into the index of an MP4 go: the same film is the same file, whenever it was made.

const CONTAINERS = ['moov', 'trak', 'mdia'];
const DATED = ['mvhd', 'tkhd', 'mdhd'];
const BOX_HEADER_BYTE_LENGTH = 8;
const VERSION_AND_FLAGS_BYTE_LENGTH = 4;

/**
 * Sets creation and modification time to zero, which stands for none, in the headers of file, tracks and media.
 * @param boxes whole boxes of an MP4, changed in place
 * @see ISO/IEC 14496-12, sections 8.2.2, 8.3.2 and 8.4.2
 */
export function removeDates(boxes: Uint8Array): void {
  const view = new DataView(boxes.buffer, boxes.byteOffset, boxes.byteLength);
  for (let start = 0; start + BOX_HEADER_BYTE_LENGTH <= boxes.length;) {
    const byteLength = view.getUint32(start);
    // Sizes of 0 and 1 stand for the pictures, which come last.
    if (byteLength < BOX_HEADER_BYTE_LENGTH) return;
    const type = String.fromCharCode(...boxes.subarray(start + 4, start + 8));
    const body = boxes.subarray(start + BOX_HEADER_BYTE_LENGTH, start + byteLength);
    if (CONTAINERS.includes(type)) removeDates(body);
    if (DATED.includes(type)) {
      const timeByteLength = body[0] === 1 ? 8 : 4;
      const times = VERSION_AND_FLAGS_BYTE_LENGTH;
      body.fill(0, times, times + 2 * timeByteLength);
    }
    start += byteLength;
  }
}
