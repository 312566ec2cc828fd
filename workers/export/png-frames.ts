// Pictures to a zip of PNG files, frame-0001.png and so on.
// The only importer of fflate; a PNG is packed already, so the zip only holds them.
import { Zip, ZipPassThrough } from 'fflate';
import type { FilmFormat } from '../../src/core/clip.ts';
import { GrowingFile } from './growing-file.ts';
import type { Picture } from './read-pictures.ts';

/** The first day that a zip can tell: the same film is the same file, whenever it is saved. */
const NO_DATE = new Date(1980, 0, 1);
const MIN_DIGIT_COUNT = 4;

/** Writes every picture as a PNG into one zip; none but the one in hand is in memory. */
export async function writePngFrames(
  pictures: AsyncIterable<Picture>,
  { frameCount }: FilmFormat,
): Promise<Blob> {
  const file = new GrowingFile();
  const zip = new Zip((error, data) => {
    if (error) throw error;
    file.append(data);
  });
  const digitCount = Math.max(MIN_DIGIT_COUNT, String(frameCount).length);
  let number = 0;
  for await (const picture of pictures) {
    const png = await picture.canvas.convertToBlob({ type: 'image/png' });
    const entry = new ZipPassThrough(`frame-${String(++number).padStart(digitCount, '0')}.png`);
    entry.mtime = NO_DATE;
    zip.add(entry);
    entry.push(await png.bytes(), true);
  }
  zip.end();
  return file.finish(new Uint8Array(0), 'application/zip');
}
