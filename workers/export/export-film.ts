// The export worker's work: frames in, one MP4 file out, one film at a time.
// After a failure the film stays, failing the same way, until cancel drops it.
import type { ExportApi } from '../../src/core/api.ts';
import { frameOf } from '../../src/core/clip.ts';
import type { ExportedClip, FilmFormat, FrameBatch } from '../../src/core/clip.ts';
import { studioError } from '../../src/core/errors.ts';
import type { StudioError } from '../../src/core/errors.ts';
import type { Emit, Stage } from '../../src/core/event.ts';
import { chooseCodec, isH264 } from './codec.ts';
import { FilmEncoder } from './encode.ts';
import { Mp4Writer } from './mux.ts';

interface Film {
  format: FilmFormat;
  codec: string;
  encoder: FilmEncoder;
  writer: Mp4Writer;
  emit: Emit;
}

type State =
  | { name: 'idle' }
  | { name: 'opening'; stop: AbortController }
  | { name: 'open'; film: Film }
  | { name: 'adding'; film: Film }
  | { name: 'finishing'; film: Film; clip: Promise<ExportedClip> };

export interface ExportFilmOptions {
  /** The encoder to use; the browser's where it is left out. */
  VideoEncoder?: typeof VideoEncoder;
}

/** Makes films as `ExportApi` promises. */
export class ExportFilm implements ExportApi {
  readonly #Encoder: typeof VideoEncoder | undefined;
  #state: State = { name: 'idle' };

  constructor(options: ExportFilmOptions = {}) {
    // Absent in some browsers, whatever the types say.
    this.#Encoder = options.VideoEncoder ?? globalThis.VideoEncoder;
  }

  async open(format: FilmFormat, emit: Emit): Promise<void> {
    if (this.#state.name !== 'idle') throw this.#misused('open', 'idle');
    const opening: State = { name: 'opening', stop: new AbortController() };
    this.#state = opening;
    try {
      const config = await chooseCodec(format, this.#Encoder, opening.stop.signal);
      opening.stop.signal.throwIfAborted();
      this.#state = { name: 'open', film: this.#film(config, format, emit) };
    } catch (thrown) {
      this.#leave(opening, { name: 'idle' });
      throw thrown;
    }
  }

  async add(batch: FrameBatch): Promise<void> {
    if (this.#state.name !== 'open') throw this.#misused('add', 'open');
    const { film } = this.#state;
    this.#checkBatch(film, batch);
    const adding: State = { name: 'adding', film };
    this.#state = adding;
    try {
      for (let i = 0; i < batch.frameCount; i++) await film.encoder.add(frameOf(batch, i));
    } finally {
      this.#leave(adding, { name: 'open', film });
    }
  }

  /** Calls while it runs get the same clip. */
  async finish(): Promise<ExportedClip> {
    if (this.#state.name === 'finishing') return this.#state.clip;
    if (this.#state.name !== 'open') throw this.#misused('finish', 'open');
    const { film } = this.#state;
    if (film.encoder.addedCount === 0) throw this.#misused('finish', 'at least one frame added');
    const finishing: State = { name: 'finishing', film, clip: clipOf(film) };
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
    else if (state.name !== 'idle') state.film.encoder.close();
    return Promise.resolve();
  }

  #film(config: VideoEncoderConfig, format: FilmFormat, emit: Emit): Film {
    const { codec } = config;
    if (!isH264(codec))
      emit({ type: 'notice', notice: { code: 'codec-uncommon', facts: { codec } } });
    const writer = new Mp4Writer(codec, format);
    let encodedCount = 0;
    const encoder = new FilmEncoder(config, format, this.#Encoder!, (frame) => {
      writer.add(frame);
      emit(advance('encode', ++encodedCount));
    });
    return { format, codec, encoder, writer, emit };
  }

  #checkBatch({ format, encoder }: Film, batch: FrameBatch): void {
    const { widthPx, heightPx, frameIndex, frameCount } = batch;
    if (widthPx !== format.widthPx || heightPx !== format.heightPx) {
      throw this.#misused(`add ${widthPx}x${heightPx}`, `${format.widthPx}x${format.heightPx}`);
    }
    if (frameIndex !== encoder.addedCount) {
      throw this.#misused(`add frameIndex ${frameIndex}`, `frameIndex ${encoder.addedCount}`);
    }
    if (frameIndex + frameCount > format.frameCount) {
      throw this.#misused(`add ${frameIndex + frameCount} frames`, `at most ${format.frameCount}`);
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

/** Ends a film; its frame count is what was added, which is less than planned when it was stopped. */
async function clipOf({ format, codec, encoder, writer, emit }: Film): Promise<ExportedClip> {
  emit(advance('mux', 0));
  await encoder.flush();
  encoder.close();
  const mp4 = writer.finish();
  emit(advance('mux', 1));
  return { mp4, codec, format: { ...format, frameCount: encoder.addedCount } };
}

function advance(stage: Stage, done: number) {
  // Wall time, for it is the only clock that threads share.
  return { type: 'advance', stage, done, atMs: Date.now() } as const;
}
