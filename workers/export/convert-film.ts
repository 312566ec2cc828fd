// A finished MP4 to another kind of file: its pictures, one at a time, through the writer of that kind.
// Each writer comes with its library when it is first asked for.
import type { ConversionRequest } from '../../src/core/api.ts';
import { throwIfCancelled } from '../../src/core/cancel.ts';
import type { FilmFormat } from '../../src/core/clip.ts';
import type { Conversion } from '../../src/core/conversion.ts';
import { studioError } from '../../src/core/errors.ts';
import { advanceOf } from '../../src/core/event.ts';
import type { Emit } from '../../src/core/event.ts';
import type { Picture } from './read-pictures.ts';

/** Makes a file of pictures; each must be used before the next is asked for. */
export type WritePictures = (pictures: AsyncIterable<Picture>, format: FilmFormat) => Promise<Blob>;

const WRITERS: Record<Conversion, () => Promise<WritePictures>> = {
  gif: async () => (await import('./gif.ts')).writeGif,
  'png-frames': async () => (await import('./png-frames.ts')).writePngFrames,
  'sprite-sheet': async () => (await import('./stills.ts')).writeSheet,
  poster: async () => (await import('./stills.ts')).writePoster,
  thumbnail: async () => (await import('./stills.ts')).writeThumbnail,
};

/** @see ConvertApi.convert */
export async function convertFilm(
  { mp4, codec, format, to }: ConversionRequest,
  signal: AbortSignal,
  emit: Emit,
): Promise<Blob> {
  const [{ readPictures }, write] = await Promise.all([
    import('./read-pictures.ts'),
    WRITERS[to](),
  ]);
  const pictures = async function* (): AsyncGenerator<Picture, undefined> {
    let count = 0;
    for await (const picture of readPictures(mp4, codec)) {
      throwIfCancelled(signal);
      yield picture;
      emit(advanceOf('encode', ++count));
    }
    if (count !== format.frameCount) {
      const reason = `it has ${count} frames instead of ${format.frameCount}`;
      throw studioError('clip-unreadable', { reason });
    }
  };
  return write(pictures(), format);
}
