// RGBA8 pixels to I420 planes: BT.709, limited range (16..235, chroma 16..240), chroma averaged over 2x2.
// Our own conversion, because encoders given RGB write full range, which many players show wrong.

/** Bytes of one I420 picture: a full plane of Y, then quarter planes of Cb and Cr, odd sides rounded up. */
export function i420ByteLength(widthPx: number, heightPx: number): number {
  return widthPx * heightPx + 2 * Math.ceil(widthPx / 2) * Math.ceil(heightPx / 2);
}

// Weights for 8-bit full-range RGB, from Kr = 0.2126 and Kb = 0.0722.
// @see ITU-R BT.709-6, items 3.2 to 3.5
const KR = 0.2126;
const KB = 0.0722;
const KG = 1 - KR - KB;
const LUMA = 219 / 255;
const CB = 224 / 255 / (2 * (1 - KB));
const CR = 224 / 255 / (2 * (1 - KR));

/**
 * Writes one picture as I420.
 * @param rgba [heightPx, widthPx, 4]; alpha is not read
 * @param i420 where the planes go, `i420ByteLength` bytes
 */
export function rgbaToI420(
  rgba: Uint8ClampedArray,
  widthPx: number,
  heightPx: number,
  i420: Uint8Array,
): void {
  writeLuma(rgba, i420.subarray(0, widthPx * heightPx));
  const chromaByteLength = Math.ceil(widthPx / 2) * Math.ceil(heightPx / 2);
  const cb = i420.subarray(widthPx * heightPx, widthPx * heightPx + chromaByteLength);
  const cr = i420.subarray(widthPx * heightPx + chromaByteLength);
  writeChroma(rgba, widthPx, heightPx, cb, cr);
}

function writeLuma(rgba: Uint8ClampedArray, y: Uint8Array): void {
  for (let i = 0, at = 0; i < y.length; i++, at += 4) {
    // The half rounds: a typed array cuts fractions off.
    y[i] = 16.5 + LUMA * (KR * rgba[at]! + KG * rgba[at + 1]! + KB * rgba[at + 2]!);
  }
}

function writeChroma(
  rgba: Uint8ClampedArray,
  widthPx: number,
  heightPx: number,
  cb: Uint8Array,
  cr: Uint8Array,
): void {
  let i = 0;
  for (let row = 0; row < heightPx; row += 2) {
    // On an odd edge the last row or column stands for the missing one.
    const below = row + 1 < heightPx ? widthPx * 4 : 0;
    for (let column = 0; column < widthPx; column += 2, i++) {
      const right = column + 1 < widthPx ? 4 : 0;
      const a = (row * widthPx + column) * 4;
      const b = a + right;
      const c = a + below;
      const d = c + right;
      const red = (rgba[a]! + rgba[b]! + rgba[c]! + rgba[d]!) / 4;
      const green = (rgba[a + 1]! + rgba[b + 1]! + rgba[c + 1]! + rgba[d + 1]!) / 4;
      const blue = (rgba[a + 2]! + rgba[b + 2]! + rgba[c + 2]! + rgba[d + 2]!) / 4;
      const luma = KR * red + KG * green + KB * blue;
      cb[i] = 128.5 + CB * (blue - luma);
      cr[i] = 128.5 + CR * (red - luma);
    }
  }
}
