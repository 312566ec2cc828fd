// The export worker's work: frames and kept segments in, one MP4 file out, one film at a time.
// After a failure the film stays, failing the same way, until cancel drops it.
import type { ExportApi, FilmTags, Piece } from '../../src/core/api.ts';
import { frameOf } from '../../src/core/clip.ts';
import type { ExportedClip, FilmFormat, FrameBatch } from '../../src/core/clip.ts';
import { isH264 } from '../../src/core/codec-candidates.ts';
import { studioError } from '../../src/core/errors.ts';
import type { StudioError } from '../../src/core/errors.ts';
import { advanceOf } from '../../src/core/event.ts';
import type { Emit } from '../../src/core/event.ts';
import { filmTagsBox } from '../../src/core/film-tags.ts';
import { filmPieces } from '../../src/library/film-pieces.ts';
import { chooseCodec } from './codec.ts';
import type { ProvenCodec } from './codec.ts';
import { FilmSegments } from './film-segments.ts';
import { Mp4Writer } from './mux.ts';

interface Film {
  format: FilmFormat;
  segments: FilmSegments;
  emit: Emit;
}

type State =
  | { name: 'idle' }
  | { name: 'opening'; stop: AbortController }
  | { name: 'open'; film: Film }
  | { name: 'adding' | 'appending'; film: Film }
  | { name: 'finishing'; film: Film; clip: Promise<ExportedClip> };

export interface ExportFilmOptions {
  /** The encoder to use; the browser's where it is left out. */
  VideoEncoder?: typeof VideoEncoder;
  /** Where segments are kept; with the pieces of all films where it is left out. */
  pieces?: typeof filmPieces;
}

/** Makes films as `ExportApi` promises. */
export class ExportFilm implements ExportApi {
  readonly #Encoder: typeof VideoEncoder | undefined;
  readonly #pieces: typeof filmPieces;
  #state: State = { name: 'idle' };

  constructor(options: ExportFilmOptions = {}) {
    // Absent in some browsers, whatever the types say.
    this.#Encoder = options.VideoEncoder ?? globalThis.VideoEncoder;
    this.#pieces = options.pieces ?? filmPieces;
  }

  async open(format: FilmFormat, emit: Emit): Promise<string> {
    if (this.#state.name !== 'idle') throw this.#misused('open', 'idle');
    const opening: State = { name: 'opening', stop: new AbortController() };
    this.#state = opening;
    try {
      const codec = await chooseCodec(format, this.#Encoder, opening.stop.signal);
      opening.stop.signal.throwIfAborted();
      const film = this.#film(codec, format, emit);
      this.#state = { name: 'open', film };
      return film.segments.codec;
    } catch (thrown) {
      this.#leave(opening, { name: 'idle' });
      throw thrown;
    }
  }

  async beginSegment(key: string | undefined, frameCount: number): Promise<void> {
    const { format, segments } = this.#openFilm('beginSegment');
    this.#checkNext('beginSegment', segments);
    this.#checkRoom(
      `beginSegment of ${frameCount} frames`,
      segments.frameCount + frameCount,
      format,
    );
    segments.begin(key, frameCount);
    return Promise.resolve();
  }

  async add(batch: FrameBatch): Promise<void> {
    const film = this.#openFilm('add');
    this.#checkBatch(film, batch);
    await this.#during('adding', film, async () => {
      for (let i = 0; i < batch.frameCount; i++) await film.segments.add(frameOf(batch, i));
    });
  }

  async append(piece: Piece): Promise<boolean> {
    const film = this.#openFilm('append');
    const { format, segments } = film;
    this.#checkNext('append', segments);
    return this.#during('appending', film, async () => {
      const segment = await segments.find(piece);
      if (!segment) return false;
      const { frameCount } = segment;
      this.#checkRoom(`append of ${frameCount} frames`, segments.frameCount + frameCount, format);
      segments.append(segment);
      return true;
    });
  }

  /** Calls while it runs get the same clip. */
  async finish(tags: FilmTags): Promise<ExportedClip> {
    if (this.#state.name === 'finishing') return this.#state.clip;
    const film = this.#openFilm('finish');
    if (film.segments.frameCount === 0) throw this.#misused('finish', 'at least one frame added');
    const finishing: State = { name: 'finishing', film, clip: clipOf(film, tags) };
    this.#state = finishing;
    try {
      const clip = await finishing.clip;
      this.#leave(finishing, { name: 'idle' });
      return clip;
    } catch (thrown) {
      this.#leave(finishing, { name: 'open', film });
      throw thrown;
    }
  }

  /** Works in every state; calls that still wait throw cancelled. */
  cancel(): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'idle' };
    if (state.name === 'opening') state.stop.abort(studioError('cancelled', {}));
    else if (state.name !== 'idle') state.film.segments.close();
    return Promise.resolve();
  }

  #film(codec: ProvenCodec, format: FilmFormat, emit: Emit): Film {
    const name = codec.config.codec;
    if (!isH264(name))
      emit({ type: 'notice', notice: { code: 'codec-uncommon', facts: { codec: name } } });
    let encodedCount = 0;
    const places = { Encoder: this.#Encoder!, pieces: this.#pieces };
    const segments = new FilmSegments(codec, format, places, () =>
      emit(advanceOf('encode', ++encodedCount)),
    );
    return { format, segments, emit };
  }

  #openFilm(call: string): Film {
    if (this.#state.name !== 'open') throw this.#misused(call, 'open');
    const { film } = this.#state;
    film.segments.throwIfEnded();
    return film;
  }

  async #during<T>(name: 'adding' | 'appending', film: Film, work: () => Promise<T>): Promise<T> {
    const busy: State = { name, film };
    this.#state = busy;
    try {
      return await work();
    } finally {
      this.#leave(busy, { name: 'open', film });
    }
  }

  /** Whether another segment may come now. */
  #checkNext(call: string, { leftFrameCount }: FilmSegments): void {
    if (leftFrameCount > 0) throw this.#misused(call, `${leftFrameCount} more frames`);
  }

  #checkRoom(call: string, frameCount: number, format: FilmFormat): void {
    if (frameCount > format.frameCount) {
      throw this.#misused(call, `at most ${format.frameCount} in the film`);
    }
  }

  #checkBatch({ format, segments }: Film, batch: FrameBatch): void {
    const { widthPx, heightPx, frameIndex, frameCount } = batch;
    if (widthPx !== format.widthPx || heightPx !== format.heightPx) {
      throw this.#misused(`add ${widthPx}x${heightPx}`, `${format.widthPx}x${format.heightPx}`);
    }
    if (frameIndex !== segments.frameCount) {
      throw this.#misused(`add frameIndex ${frameIndex}`, `frameIndex ${segments.frameCount}`);
    }
    if (frameCount > segments.leftFrameCount) {
      throw this.#misused(`add ${frameCount} frames`, `at most ${segments.leftFrameCount}`);
    }
    const byteLength = frameCount * widthPx * heightPx * 4;
    if (batch.rgba.byteLength !== byteLength) {
      throw this.#misused(`add ${batch.rgba.byteLength} bytes`, `${byteLength} bytes`);
    }
  }

  #misused(call: string, expected: string): StudioError {
    return studioError('call-misused', { call, state: this.#state.name, expected });
  }

  /** Goes on to another state, unless cancel came first. */
  #leave(state: State, next: State): void {
    if (this.#state === state) this.#state = next;
  }
}

/** Ends a film; its frame count is what has come, which is less than planned when it was stopped. */
async function clipOf({ format, segments, emit }: Film, tags: FilmTags): Promise<ExportedClip> {
  await segments.end();
  emit(advanceOf('mux', 0));
  const { codec, frameCount } = segments;
  const whole = { ...format, frameCount };
  const writer = new Mp4Writer(segments, whole);
  for await (const frame of segments.frames()) writer.add(frame);
  const mp4 = writer.finish(filmTagsBox(tags));
  segments.close();
  emit(advanceOf('mux', 1));
  return { mp4, codec, format: whole };
}
