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
    const palette = quantize(data, MAX_COLOUR_COUNT);
    encoder.writeFrame(applyPalette(data, palette), widthPx, heightPx, {
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
