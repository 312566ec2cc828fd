// Pictures to an animated GIF that loops: 256 colours for each picture, chosen for it alone.
// The only importer of gifenc. A GIF counts in hundredths of a second, so pictures of 1/12 s last 8 or 9 of them.
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { FilmFormat } from '../../src/core/clip.ts';
import { GrowingFile } from './growing-file.ts';
import type { Picture } from './read-pictures.ts';

const MAX_COLOUR_COUNT = 256;

/** Writes all pictures as a GIF of the film's size and pace; none but the one in hand is in memory. */
export async function writeGif(
  pictures: AsyncIterable<Picture>,
  { framesPerSecond, widthPx, heightPx }: FilmFormat,
): Promise<Blob> {
  const file = new GrowingFile();
  const encoder = GIFEncoder({ auto: false });
  encoder.writeHeader();
  let index = 0;
  for await (const picture of pictures) {
    const { data } = picture.getImageData(0, 0, widthPx, heightPx);
    const coarse = quantize(data, MAX_COLOUR_COUNT, { useSqrt: false });
    const indices = applyPalette(data, coarse);
    const palette = meanColours(data, indices, coarse);
    encoder.writeFrame(indices, widthPx, heightPx, {
      first: index === 0,
      palette,
      delay: 10 * (hundredthsAt(index + 1) - hundredthsAt(index)),
    });
    index++;
    file.append(encoder.bytes());
    encoder.reset();
  }
  encoder.finish();
  return file.finish(encoder.bytes(), 'image/gif');

  function hundredthsAt(frameIndex: number): number {
    return Math.round((frameIndex * 100) / framesPerSecond);
  }
}

/** Each colour as the mean of its pixels: the coarse ones are of 16 bits, which shows in what is dark. */
function meanColours(rgba: Uint8ClampedArray, indices: Uint8Array, coarse: number[][]): number[][] {
  const sums = coarse.map(() => [0, 0, 0]);
  const counts = coarse.map(() => 0);
  for (const [pixel, index] of indices.entries()) {
    counts[index]!++;
    for (let channel = 0; channel < 3; channel++) {
      sums[index]![channel]! += rgba[pixel * 4 + channel]!;
    }
  }
  return coarse.map((colour, index) => {
    const count = counts[index]!;
    return count === 0 ? colour : sums[index]!.map((sum) => Math.round(sum / count));
  });
}
