// A finished MP4 back to its pictures, decoded one after the other and not in real time.
// The only importer of mediabunny. One canvas shows them all: a picture is gone when the next is asked for.
import { BlobSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import type { InputVideoTrack } from 'mediabunny';
import { reasonOf, studioError } from '../../src/core/errors.ts';

/** The canvas with a frame of the film on it. */
export type Picture = OffscreenCanvasRenderingContext2D;

const MAX_QUEUED_FRAME_COUNT = 4;

/**
 * The frames of a film in order, as sRGB.
 * @param codec what the film was encoded with
 * @throws StudioError clip-unreadable
 */
export async function* readPictures(mp4: Blob, codec: string): AsyncGenerator<Picture, undefined> {
  const input = new Input({ source: new BlobSource(mp4), formats: [MP4] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('there is no video in it');
    const size = [await track.getDisplayWidth(), await track.getDisplayHeight()] as const;
    // Every picture is read back, which is fast only where it never left the processor.
    const picture = new OffscreenCanvas(...size).getContext('2d', { willReadFrequently: true });
    if (!picture) throw new Error('there is no canvas for its pictures');
    for await (const frame of decodedFrames(track, codec)) {
      picture.drawImage(frame, 0, 0);
      frame.close();
      yield picture;
    }
  } catch (thrown) {
    throw studioError('clip-unreadable', { reason: reasonOf(thrown) }, { cause: thrown });
  } finally {
    input.dispose();
  }
}

// Mediabunny decodes, too, but by the codec that the file tells: an encoder may write a level there
// (1b of H.264) that the same browser does not know by name, while it decodes the film under ours.
async function* decodedFrames(
  track: InputVideoTrack,
  codec: string,
): AsyncGenerator<VideoFrame, undefined> {
  const frames: VideoFrame[] = [];
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined);
  const decoder = new VideoDecoder({
    output: (frame) => frames.push(frame),
    error: (thrown) => death.reject(thrown),
  });
  try {
    decoder.configure({ ...(await track.getDecoderConfig()), codec });
    for await (const packet of new EncodedPacketSink(track).packets()) {
      decoder.decode(packet.toEncodedVideoChunk());
      while (decoder.decodeQueueSize > MAX_QUEUED_FRAME_COUNT) {
        const dequeued = new Promise((resolve) => {
          decoder.addEventListener('dequeue', resolve, { once: true });
        });
        await Promise.race([dequeued, death.promise]);
      }
      while (frames.length > 0) yield frames.shift()!;
    }
    await Promise.race([decoder.flush(), death.promise]);
    while (frames.length > 0) yield frames.shift()!;
  } finally {
    for (const frame of frames) frame.close();
    if (decoder.state !== 'closed') decoder.close();
  }
}
