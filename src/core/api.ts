// What the page and its workers promise each other. Data only crosses by copy or transfer;
// functions and abort signals cross through boundary/thread.ts.
import type { ExportedClip, FilmFormat, FrameBatch } from './clip.ts';
import type { DeviceChoice } from './device.ts';
import type { Emit } from './event.ts';
import type { ClipRequest } from './request.ts';

/** Takes frames as they come; the maker waits for the promise, so that a slow taker holds it back. */
export type Deliver = (batch: FrameBatch) => Promise<void>;

/** One clip to be made. */
export interface GenerateJob {
  packUrl: string;
  request: ClipRequest;
  device: DeviceChoice;
}

/** The generate worker: prompt to frames. */
export interface GenerateApi {
  /**
   * Makes a clip, delivering frames in film order.
   * @throws StudioError every failure of obtain to decode; `cancelled` within a step of the signal's abort
   */
  generate(job: GenerateJob, deliver: Deliver, signal: AbortSignal, emit: Emit): Promise<void>;
}

/** The export worker: frames to an MP4 file, one film at a time. After any failure, `cancel` makes it ready again. */
export interface ExportApi {
  /**
   * Chooses an encoder by trying it and opens a film.
   * @throws StudioError encoder-missing, call-misused, cancelled
   */
  open(format: FilmFormat, emit: Emit): Promise<void>;
  /**
   * Adds frames in film order; resolves when the encoder has room for more.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  add(batch: FrameBatch): Promise<void>;
  /**
   * Ends the film and gives its file; to be called once.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  finish(): Promise<ExportedClip>;
  /** Drops the film, if there is one. */
  cancel(): Promise<void>;
}
