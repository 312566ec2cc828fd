// A file from a person becomes a picture of the film's size: upright, cropped in the middle, as a PNG that a film can hold.
import { dataUrlBytes } from '../core/data-url.ts';
import { reasonOf, studioError } from '../core/errors.ts';
import type { PictureSize } from '../core/film.ts';

/** Beyond this some browsers cannot draw a picture, or run out of memory on the way. */
const MAX_SIDE_PX = 8192;

/**
 * Reads a picture, turned as its camera says.
 * @throws StudioError picture-unusable: not a picture, animated, or a side of more than 8192 px
 */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  if (await isAnimated(file)) {
    throw studioError('picture-unusable', { cause: 'animated', detail: file.type });
  }
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
    (thrown: unknown) => {
      const detail = file.type === '' ? reasonOf(thrown) : file.type;
      throw studioError('picture-unusable', { cause: 'not-a-picture', detail }, { cause: thrown });
    },
  );
  const { width, height } = picture;
  if (Math.max(width, height) <= MAX_SIDE_PX) return picture;
  picture.close();
  throw studioError('picture-unusable', { cause: 'too-large', detail: `${width} × ${height}` });
}

/** Reads a picture that a film holds. */
export function openPng(dataUrl: string): Promise<ImageBitmap> {
  return openPicture(new Blob([dataUrlBytes(dataUrl)], { type: 'image/png' }));
}

/** The middle of a picture, as large as the shape of the size allows, as a PNG data URL of that size. */
export async function pngOf(picture: ImageBitmap, size: PictureSize): Promise<string> {
  const { widthPx, heightPx } = size;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (!context) throw studioError('unexpected', { reason: 'no canvas to crop a picture on' });
  const scale = Math.max(widthPx / picture.width, heightPx / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  context.imageSmoothingQuality = 'high';
  // What is clear in the picture is white paper, not black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, widthPx, heightPx);
  context.drawImage(picture, (widthPx - width) / 2, (heightPx - height) / 2, width, height);
  return dataUrlOf(await canvas.convertToBlob({ type: 'image/png' }));
}

async function isAnimated(file: Blob): Promise<boolean> {
  // A browser without ImageDecoder shows the first picture of an animation.
  if (!('ImageDecoder' in globalThis) || !(await ImageDecoder.isTypeSupported(file.type))) {
    return false;
  }
  const decoder = new ImageDecoder({ data: file.stream(), type: file.type });
  try {
    await decoder.tracks.ready;
    return decoder.tracks.selectedTrack?.animated ?? false;
  } catch {
    // What cannot be read is refused where it is decoded, with its reason.
    return false;
  } finally {
    decoder.close();
  }
}

function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('a PNG could not be read'));
    reader.readAsDataURL(blob);
  });
}
