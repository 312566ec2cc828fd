// A studio without a model: a script says what arrives and when, so that every state of the page can be held still.
// It keeps the studio's promises (plan first, one terminal event, a stopped film is a shorter one), which is what
// the page relies on.
import type { Deliver, ShowPreview } from '../../src/core/api.ts';
import type { FrameBatch, MadeFilm } from '../../src/core/clip.ts';
import { StudioError, studioError } from '../../src/core/errors.ts';
import type { Failure } from '../../src/core/errors.ts';
import { advanceOf } from '../../src/core/event.ts';
import type { JobEvent, Notice, Stage, StageTotals } from '../../src/core/event.ts';
import { steered, stoppedAt } from '../../src/core/film-edit.ts';
import { filmFrameCount, planFilm } from '../../src/core/film-plan.ts';
import type { Film } from '../../src/core/film.ts';
import type { ClipLibrary } from '../../src/studio/clip-library.ts';
import type { ModelLibrary } from '../../src/studio/site-models.ts';
import type { KnownPhrase, Meanings } from '../../src/core/understand.ts';
import type { Download, MakeOptions, Studio, UnfinishedFilm } from '../../src/studio/studio.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { frameGrid } from '../../models/pack.ts';
import type { ModelPack, PackSize } from '../../models/pack.ts';

const MODEL_BYTE_LENGTH = 42_700_000;
const ENGINE_BYTE_LENGTH = 16_800_000;
const FRAMES_PER_SECOND = 12;
/** Width and height; the last is a second one of the first's shape. */
const SIZES = [
  [128, 128],
  [160, 96],
  [96, 160],
  [128, 96],
  [192, 192],
] as const;

/** What the fake model can do. */
export interface FakeModel {
  sizeCount: number;
  canGuide: boolean;
  /** Continuation, start and end frames, pictures. */
  canDirect: boolean;
}

interface Job {
  film: Film;
  deliveredFrameCount: number;
  deliver: Deliver;
  showPreview: ShowPreview | undefined;
  emit: (event: JobEvent) => void;
  resolve: (made: MadeFilm) => void;
  reject: (error: StudioError) => void;
}

/** A studio that a test drives by hand. */
export class FakeStudio implements Studio {
  /** Bytes that count as stored. */
  stored = 0;
  /** What `pack` rejects with, while set. */
  packFailure: Failure | undefined;
  /** Whether an abort waits for `answerCancel`, as a long step would. */
  slowToCancel = false;
  /** What `steer` answers. */
  steerSeconds: number | undefined = 3;
  /** What words mean to the model once it is here; undefined for those that it does not know. */
  readonly meanings = new Map<string, KnownPhrase>([
    ['kitten', { kind: 'cast', phrase: 'cat' }],
    ['paris', { kind: 'places', phrase: 'in the snow' }],
  ]);
  /** What an earlier page left behind. */
  leftBehind: UnfinishedFilm | undefined;
  /** The bytes of every file from now on. */
  mp4: Uint8Array<ArrayBuffer> = new Uint8Array(8);
  /** Every film that was asked for, in order, and how. */
  readonly films: Film[] = [];
  readonly options: MakeOptions[] = [];
  readonly #pack: ModelPack;
  /** What the script said before the page had asked for the film that it is about. */
  readonly #ahead: ((job: Job) => void)[] = [];
  #job: Job | undefined;

  constructor(model: FakeModel) {
    const sizes = SIZES.slice(0, model.sizeCount);
    this.#pack = modelPack(
      sizes.map(([widthPx, heightPx]) => packSize(widthPx, heightPx, model)),
      model,
    );
  }

  pack(): Promise<LocatedPack> {
    if (this.packFailure) return Promise.reject(new StudioError(this.packFailure));
    return Promise.resolve({ url: 'packs/fake/pack.json', pack: this.#pack });
  }

  downloadFor(): Promise<Download> {
    return Promise.resolve({
      totalByteLength: MODEL_BYTE_LENGTH,
      missingByteLength: MODEL_BYTE_LENGTH - this.stored,
      engineByteLength: ENGINE_BYTE_LENGTH,
    });
  }

  makeFilm(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm> {
    this.films.push(film);
    this.options.push({ storesFilm: options.storesFilm, isPrivate: options.isPrivate });
    return new Promise((resolve, reject) => {
      const { showPreview } = options;
      const job = { film, deliveredFrameCount: 0, deliver, showPreview, emit, resolve, reject };
      this.#job = job;
      signal.addEventListener('abort', () => {
        if (this.#job === job && !this.slowToCancel) this.answerCancel();
      });
      emit({ type: 'plan', totals: this.#totals(film), atMs: Date.now() });
      for (const act of this.#ahead.splice(0)) this.#withJob(act);
    });
  }

  steer(prompt: string): number | undefined {
    const job = this.#job!;
    const atSeconds = this.steerSeconds;
    // Tests steer within the first row.
    const at = { rowIndex: 0, seconds: atSeconds ?? 0 };
    if (atSeconds !== undefined) job.film = steered(job.film, at, prompt);
    return atSeconds;
  }

  meaningsOf(asked: readonly string[]): Promise<Meanings | undefined> {
    if (this.stored < MODEL_BYTE_LENGTH || this.#job) return Promise.resolve(undefined);
    return Promise.resolve(new Map(asked.map((word) => [word, this.meanings.get(word)] as const)));
  }

  unfinished(): Promise<UnfinishedFilm | undefined> {
    return Promise.resolve(this.leftBehind);
  }

  finishUnfinished(): Promise<MadeFilm> {
    const { film } = this.leftBehind!;
    this.leftBehind = undefined;
    return Promise.resolve(this.#made(film));
  }

  dropUnfinished(): Promise<void> {
    this.leftBehind = undefined;
    return Promise.resolve();
  }

  storedByteLength(): Promise<number> {
    return Promise.resolve(this.stored);
  }

  /** One pack, which comes at once and is never damaged. */
  openModels(): Promise<ModelLibrary> {
    const setStored = (byteLength: number) => {
      this.stored = byteLength;
      return Promise.resolve();
    };
    return Promise.resolve({
      list: async () => {
        const kept = { keptByteLength: this.stored, totalByteLength: MODEL_BYTE_LENGTH };
        const isWhole = this.stored === MODEL_BYTE_LENGTH;
        const presence = isWhole ? 'whole' : this.stored > 0 ? 'partly' : 'absent';
        const missingEngineByteLength = isWhole ? 0 : ENGINE_BYTE_LENGTH;
        const facts = { ...kept, presence, isInUse: true, missingEngineByteLength } as const;
        return [{ ...(await this.pack()), ...facts }];
      },
      use: () => this.pack(),
      install: () => setStored(MODEL_BYTE_LENGTH),
      verify: () => Promise.resolve({ checkedCount: 6, mendedCount: 0 }),
      remove: () => setStored(0),
    });
  }

  /** The real one: a browser has a library without a model, too. */
  async openLibrary(onChange: () => void): Promise<ClipLibrary> {
    const { ClipLibrary } = await import('../../src/studio/clip-library.ts');
    return new ClipLibrary(onChange);
  }

  get isMaking(): boolean {
    return this.#job !== undefined;
  }

  /** Says that a stage has come this far. */
  advance(stage: Stage, done: number): void {
    this.#withJob(({ emit }) => {
      if (stage === 'obtain') this.stored = Math.max(this.stored, done);
      emit(advanceOf(stage, done));
    });
  }

  notice(notice: Notice): void {
    this.#withJob(({ emit }) => emit({ type: 'notice', notice }));
  }

  /** Delivers frames of a disc that crosses the picture. */
  async deliver(frameIndex: number, frameCount: number): Promise<void> {
    const job = await this.#started();
    await job.deliver(discFrames(job.film, frameIndex, frameCount));
    job.deliveredFrameCount = frameIndex + frameCount;
  }

  /** Shows what the disc is going to look like: grey at 0, itself at 1. */
  async preview(sharpness: number): Promise<void> {
    const { film, showPreview } = await this.#started();
    const { frameIndex: _, ...preview } = discFrames(film, 5, 4);
    for (const [index, value] of preview.rgba.entries()) {
      if (index % 4 !== 3) preview.rgba[index] = 128 + (value - 128) * sharpness;
    }
    await showPreview?.(preview);
  }

  /** Ends the job well. */
  finish(): void {
    this.#end(({ film, emit, resolve }) => {
      emit({ type: 'done', atMs: Date.now() });
      resolve(this.#made(film));
    });
  }

  fail(failure: Failure): void {
    this.#end(({ emit, reject }) => {
      emit({ type: 'failed', failure, atMs: Date.now() });
      reject(new StudioError(failure));
    });
  }

  /** Ends the job because it was stopped. */
  answerCancel(): void {
    this.#end(({ film, deliveredFrameCount, emit, resolve, reject }) => {
      if (deliveredFrameCount > 0) {
        emit({ type: 'done', atMs: Date.now() });
        resolve(this.#made(stoppedAt(film, deliveredFrameCount / FRAMES_PER_SECOND)));
      } else {
        emit({ type: 'cancelled', atMs: Date.now() });
        reject(studioError('cancelled', {}));
      }
    });
  }

  /** Does something to the job in hand, or to the next one as soon as the page asks for it. */
  #withJob(act: (job: Job) => void): void {
    if (this.#job) act(this.#job);
    else this.#ahead.push(act);
  }

  #started(): Promise<Job> {
    return new Promise((resolve) => this.#withJob(resolve));
  }

  #end(tell: (job: Job) => void): void {
    this.#withJob((job) => {
      this.#job = undefined;
      tell(job);
    });
  }

  #made(film: Film): MadeFilm {
    const { widthPx, heightPx } = film;
    const frameCount = filmFrameCount(film, frameGrid(this.#pack));
    const format = { frameCount, framesPerSecond: FRAMES_PER_SECOND, widthPx, heightPx };
    const mp4 = new Blob([this.mp4], { type: 'video/mp4' });
    return { film, mp4, codec: 'avc1.64000d', format };
  }

  #totals(film: Film): StageTotals {
    const grid = frameGrid(this.#pack);
    const frameCount = filmFrameCount(film, grid);
    const windowCount =
      frameCount === Infinity
        ? Infinity
        : [...planFilm(film, grid)].filter(({ kind }) => kind === 'make').length;
    return {
      obtain: MODEL_BYTE_LENGTH,
      tokenize: 1,
      'encode-text': 1,
      denoise: film.stepCount * windowCount,
      decode: frameCount,
      encode: frameCount,
      mux: 1,
    };
  }
}

function discFrames(film: Film, frameIndex: number, frameCount: number): FrameBatch {
  const { widthPx, heightPx } = film;
  const rgba = new Uint8ClampedArray(frameCount * widthPx * heightPx * 4);
  for (let index = 0; index < frameCount; index++) {
    const phase = ((frameIndex + index) / 17) * 2 * Math.PI;
    const centreX = widthPx * (0.5 + 0.3 * Math.sin(phase));
    const centreY = heightPx * (0.66 - 0.22 * Math.abs(Math.cos(phase)));
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const inDisc = Math.hypot(x - centreX, y - centreY) < widthPx * 0.12;
        const ground = y > heightPx * 0.7 ? [214, 178, 122] : [120 + y, 150 + y / 2, 190 - y / 4];
        const offset = ((index * heightPx + y) * widthPx + x) * 4;
        rgba.set([...(inDisc ? [226, 96, 44] : ground), 255], offset);
      }
    }
  }
  return { frameIndex, frameCount, widthPx, heightPx, rgba };
}

function packSize(widthPx: number, heightPx: number, { canGuide, canDirect }: FakeModel): PackSize {
  const port = { name: 'x', dtype: 'float32' as const, shape: [1] };
  const graph = <Role extends string>(role: Role) =>
    ({ [role]: port }) as Record<Role, typeof port>;
  const denoiseInputs = {
    ...graph('latents'),
    ...graph('times'),
    ...graph('timeSteps'),
    ...graph('text'),
    ...graph('first'),
  };
  const denoise = { file: 'x', weights: [], inputs: denoiseInputs, outputs: graph('latents') };
  const guided = { ...denoise, inputs: { ...denoiseInputs, ...graph('guidance') } };
  return {
    widthPx,
    heightPx,
    denoise,
    ...(canGuide ? { denoiseGuided: guided } : {}),
    decode: { file: 'x', weights: [], inputs: graph('latents'), outputs: graph('pictures') },
    ...(canDirect
      ? {
          encodeFrames: {
            file: 'x',
            weights: [],
            inputs: graph('pictures'),
            outputs: graph('latents'),
          },
        }
      : {}),
  };
}

function modelPack(sizes: readonly PackSize[], { canGuide, canDirect }: FakeModel): ModelPack {
  const port = { name: 'x', dtype: 'float32' as const, shape: [1] };
  return {
    format: 1,
    id: 'fake',
    title: 'Little world',
    parts: [
      { title: 'text encoder', licence: 'Apache-2.0', source: 'here', files: [] },
      { title: 'denoiser', licence: 'MIT', source: 'here', files: [] },
    ],
    tokenizer: { kind: 'wordpiece', file: 'x', tokenCount: 40 },
    encodeText: {
      file: 'x',
      weights: [],
      inputs: { ids: port, mask: port },
      outputs: { text: port },
    },
    sizes: [...sizes],
    latent: { channelCount: 8, pictureCount: 4, pixelsPerToken: 16 },
    window: { latentFrameCount: 5, contextLatentFrameCount: 2, framesPerSecond: FRAMES_PER_SECOND },
    conditioning: canDirect ? ['start-frame', 'end-frame', 'continuation'] : [],
    schedule: { kind: 'rectified-flow', shift: 3, stepCount: 24, guidance: canGuide ? 4 : 1 },
    needs: { features: [], bufferByteLength: 1 },
    examples: [
      'a panda dances in the snow',
      'a fox jumps on the beach at sunset',
      'a whale swims under water',
      'an astronaut floats on the moon',
    ],
    words: {
      cast: ['dog', 'cat', 'rabbit', 'fox', 'panda', 'astronaut', 'robot', 'ghost', 'rocket'],
      places: ['in a green meadow', 'in a forest', 'on the beach', 'in the snow', 'on the moon'],
      times: ['on a sunny day', 'at sunset', 'at night'],
      weathers: ['in the rain', 'while snow falls'],
      actions: ['jumps', 'dances', 'spins', 'walks to the right', 'floats in the air'],
      cameras: [
        'static shot',
        'the camera zooms in',
        'the camera zooms out',
        'the camera pans left',
        'the camera pans right',
        'the camera follows',
      ],
    },
    files: {},
  };
}
