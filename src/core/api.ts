// What the page and its workers promise each other. Data only crosses by copy or transfer;
// functions and abort signals cross through boundary/thread.ts.
import type { ExportedClip, FilmFormat, FrameBatch, Preview } from './clip.ts';
import type { Conversion } from './conversion.ts';
import type { DeviceChoice } from './device.ts';
import type { Emit } from './event.ts';

/** Takes frames as they come; the maker waits for the promise, so that a slow taker holds it back. */
export type Deliver = (batch: FrameBatch) => Promise<void>;

/** Takes estimates of pictures to come; the maker waits for the promise, so that none comes after the real frames. */
export type ShowPreview = (preview: Preview) => Promise<void>;

/** What all windows of a film have in common. */
export interface GenerateJob {
  packUrl: string;
  device: DeviceChoice;
  widthPx: number;
  heightPx: number;
  stepCount: number;
  guidance: number;
  negativePrompt: string;
  /** Whether any window is given a picture. */
  hasPictures: boolean;
  /** Whether latents stay in memory, where they go with the film. */
  isPrivate: boolean;
}

/** A window to be made: noise, words and given latent frames become latents, kept under a key. */
export interface MakeTask {
  kind: 'make';
  /** Names the latents by everything that they are made from: a SHA-256 in hexadecimal. */
  key: string;
  prompt: string;
  seed: number;
  noiseIndex: number;
  /** Whether the window's first latent frame holds one picture. */
  startsShot: boolean;
  given: readonly GivenTask[];
}

/** A latent frame of a window that is given: of another window, by that one's key, or a picture as a PNG data URL. */
export interface GivenTask {
  position: number;
  from: { key: string; position: number } | { picture: string };
}

/** Frames of a window that has been made, counted from its first latent frame on. */
export interface KeptStretch {
  key: string;
  startsShot: boolean;
  start: number;
  frameCount: number;
}

/** Frames to be decoded and delivered. */
export interface ShowTask {
  kind: 'show';
  stretch: KeptStretch;
  /** Position in the film of the first of them. */
  frameIndex: number;
  /** Frames that the first ones fade over from, as many as fade. */
  fadeFrom: readonly KeptStretch[];
  /** One frame that the last ones fade over to, and how many they are. */
  fadeTo: { stretch: KeptStretch; frameCount: number } | undefined;
}

export type FilmTask = MakeTask | ShowTask;

/** The generate worker: prompts to frames. */
export interface GenerateApi {
  /**
   * Does one task after the other until there is none, delivering frames in film order.
   * What it says of denoise and decode counts on from task to task.
   * @param nextTask asked when the one before is done; undefined ends the film
   * @param showPreview gets what is being denoised as it sharpens, until the first frames are delivered;
   *   where it is left out, or the device is too fast or too slow for it, no time is spent on it
   * @throws StudioError every failure of obtain to decode; `cancelled` within a step of the signal's abort
   */
  generate(
    job: GenerateJob,
    nextTask: () => Promise<FilmTask | undefined>,
    deliver: Deliver,
    showPreview: ShowPreview | undefined,
    signal: AbortSignal,
    emit: Emit,
  ): Promise<void>;
}

/** The words worker: what words mean to the text encoder of a pack; one call at a time. */
export interface WordsApi {
  /**
   * One direction in the space of meanings for each phrase: the mean of its text states.
   * Works only with what is on this device: the encoder's weights and the engine are never fetched for it.
   * @throws StudioError shard-unreachable, engine-unreachable where they are not here; graph-failed, out-of-memory,
   * cancelled between two phrases
   */
  embed(
    packUrl: string,
    phrases: readonly string[],
    signal: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>[]>;
}

/** A piece of a film that is kept on this device: latents of a window, or encoded frames of a segment. */
export interface Piece {
  /** A SHA-256 in hexadecimal that names it by everything that it is made from. */
  sha256: string;
  byteLength: number;
}

/** What is written into a finished file beside its pictures. */
export interface FilmTags {
  /** The film as JSON, where the person allows it to be in the file. */
  filmJson: string | undefined;
}

/**
 * The export worker: frames to an MP4 file, one film at a time. After any failure, `cancel` makes it ready again.
 * A film is made of segments, each a pure function of its frames: it begins with a key frame, depends on nothing
 * before it, and is kept under a key, so that a film that shares it need not encode it again.
 */
export interface ExportApi {
  /**
   * Chooses an encoder by trying it and opens a film; gives the codec.
   * @throws StudioError encoder-missing, call-misused, cancelled
   */
  open(format: FilmFormat, emit: Emit): Promise<string>;
  /**
   * Begins a segment; the frames that come next are its own. It is kept once all of them have come,
   * on this device under its key or, without one, in memory until the film is done.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  beginSegment(key: string | undefined, frameCount: number): Promise<void>;
  /**
   * Adds frames in film order; resolves when the encoder has room for more.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  add(batch: FrameBatch): Promise<void>;
  /**
   * Puts a kept segment next; false when it is not here any more.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  append(segment: Piece): Promise<boolean>;
  /**
   * Ends the film with what has come, an unfinished segment included, and gives its file; to be called once.
   * @throws StudioError encoder-failed, call-misused, cancelled
   */
  finish(tags: FilmTags): Promise<ExportedClip>;
  /** Drops the film, if there is one. */
  cancel(): Promise<void>;
}

/** A clip to be turned into another file. */
export interface ConversionRequest {
  mp4: Blob;
  /** WebCodecs codec string, as it was encoded. */
  codec: string;
  format: FilmFormat;
  to: Conversion;
}

/** The export worker's other half: a finished MP4 to pictures. Calls do not disturb each other or a film. */
export interface ConvertApi {
  /**
   * Decodes the frames of a clip, each once and in order, and writes them as another kind of file.
   * Says how many frames are written as advances of `encode`.
   * @throws StudioError clip-unreadable, cancelled
   */
  convert(request: ConversionRequest, signal: AbortSignal, emit: Emit): Promise<Blob>;
}
