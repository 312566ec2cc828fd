// Pictures to one still picture: all of them on a sheet, or the first as a poster.
import type { FilmFormat } from '../../src/core/clip.ts';
import { sheetGridOf } from '../../src/core/conversion.ts';
import type { Picture } from './read-pictures.ts';

const MAX_THUMBNAIL_SIDE_PX = 320;

/** Draws all pictures on one PNG, row by row as `sheetGridOf` says; cells behind the last stay clear. */
export async function writeSheet(
  pictures: AsyncIterable<Picture>,
  format: FilmFormat,
): Promise<Blob> {
  const { columnCount, rowCount, frameWidthPx, frameHeightPx } = sheetGridOf(format);
  const sheet = newPicture(columnCount * frameWidthPx, rowCount * frameHeightPx);
  let index = 0;
  for await (const { canvas } of pictures) {
    const column = index % columnCount;
    const row = Math.floor(index / columnCount);
    const place = [column * frameWidthPx, row * frameHeightPx] as const;
    sheet.drawImage(canvas, ...place, frameWidthPx, frameHeightPx);
    index++;
  }
  return sheet.canvas.convertToBlob({ type: 'image/png' });
}

/** The first picture as a PNG of the film's size. */
export async function writePoster(pictures: AsyncIterable<Picture>): Promise<Blob> {
  const { canvas } = await firstOf(pictures);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** The first picture as a small WebP; as a PNG in browsers that write no WebP. */
export async function writeThumbnail(pictures: AsyncIterable<Picture>): Promise<Blob> {
  const { canvas } = await firstOf(pictures);
  const scale = Math.min(1, MAX_THUMBNAIL_SIDE_PX / Math.max(canvas.width, canvas.height));
  const small = newPicture(Math.round(canvas.width * scale), Math.round(canvas.height * scale));
  small.drawImage(canvas, 0, 0, small.canvas.width, small.canvas.height);
  return small.canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}

/** The pictures behind it are not decoded. */
async function firstOf(pictures: AsyncIterable<Picture>): Promise<Picture> {
  for await (const picture of pictures) return picture;
  throw new RangeError('a film without pictures');
}

function newPicture(widthPx: number, heightPx: number): Picture {
  const picture = new OffscreenCanvas(widthPx, heightPx).getContext('2d');
  if (!picture) throw new RangeError(`no canvas of ${widthPx} × ${heightPx} pixels`);
  picture.imageSmoothingQuality = 'high';
  return picture;
}
