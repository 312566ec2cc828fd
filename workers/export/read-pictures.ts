// A finished MP4 back to its pictures, decoded one after the other and not in real time.
// The only importer of mediabunny. One canvas shows them all: a picture is gone when the next is asked for.
import { BlobSource, Input, MP4, VideoSampleSink } from 'mediabunny';
import { reasonOf, studioError } from '../../src/core/errors.ts';

/** The canvas with a frame of the film on it. */
export type Picture = OffscreenCanvasRenderingContext2D;

/**
 * The frames of a film in order, as sRGB.
 * @throws StudioError clip-unreadable
 */
export async function* readPictures(mp4: Blob): AsyncGenerator<Picture, undefined> {
  const input = new Input({ source: new BlobSource(mp4), formats: [MP4] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('there is no video in it');
    if (!(await track.canDecode())) {
      throw new Error(`this browser cannot decode ${await track.getCodecParameterString()}`);
    }
    const canvas = new OffscreenCanvas(
      await track.getDisplayWidth(),
      await track.getDisplayHeight(),
    );
    // Every picture is read back, which is fast only where it never left the processor.
    const picture = canvas.getContext('2d', { willReadFrequently: true });
    if (!picture) throw new Error('there is no canvas for its pictures');
    for await (const frame of new VideoSampleSink(track).samples()) {
      frame.draw(picture, 0, 0);
      frame.close();
      yield picture;
    }
  } catch (thrown) {
    throw studioError('clip-unreadable', { reason: reasonOf(thrown) }, { cause: thrown });
  } finally {
    input.dispose();
  }
}
