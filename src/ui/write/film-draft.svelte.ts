// The form as one object: what a person has typed and chosen for the next film, not checked yet.
// Numbers stay as typed, so that a refusal can quote them; pictures are cropped anew when the shape changes.
import { FILM_VERSION } from '../../core/film.ts';
import type {
  Film,
  FilmDefaults,
  FilmRow,
  PictureSize,
  Retake,
  Transition,
} from '../../core/film.ts';
import { shapeOf } from '../shapes.ts';

const NEW_SEED_LIMIT = 1_000_000;
const NEW_ROW_SECONDS = 3;

/** Which end of a row a picture is for. */
export type PicturePlace = 'startPicture' | 'endPicture';

/** A picture as the film holds it, and as it was before it was cropped, where that is known. */
export interface DraftPicture {
  png: string;
  uncropped?: ImageBitmap;
}

/** One row of the storyboard as typed. */
export class DraftRow {
  /** Stays with the row wherever it is moved. */
  readonly id: number;
  prompt = $state('');
  camera = $state('');
  secondsText = $state(String(NEW_ROW_SECONDS));
  isEndless = $state(false);
  transition = $state<Transition>('continue');
  startPicture = $state.raw<DraftPicture>();
  endPicture = $state.raw<DraftPicture>();
  seed: number | undefined;
  retakes: readonly Retake[] = [];

  constructor(id: number) {
    this.id = id;
  }
}

/** A seed short enough to read aloud. */
export function newSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word % NEW_SEED_LIMIT;
}

/** Everything that the form holds. */
export class FilmDraft {
  rows = $state.raw<readonly DraftRow[]>([new DraftRow(0)]);
  size = $state.raw<PictureSize>();
  seedText = $state(String(newSeed()));
  /** Whether the next film has the seed that stands here. */
  isSeedLocked = $state(false);
  stepCountText = $state('');
  guidanceText = $state('');
  negativePrompt = $state('');
  loops = $state(false);
  /** Whether a link has filled it in, and nobody has ordered it yet. */
  isFromLink = $state(false);
  /** Resolves when every picture has the film's size. */
  settled: Promise<unknown> = Promise.resolve();
  /** Told before a click puts other rows in place of those that are there. */
  beforeReplaced: () => void = () => undefined;

  #canContinue = true;
  #canGuide = true;
  /** What the model before offered: text that is still so was not typed. */
  #offered = { stepCountText: '', guidanceText: '' };
  #rowCount = 1;

  /** Takes over what a model offers where nothing has been typed yet; a size that it lacks becomes the nearest in shape. */
  offer({ sizes, stepCount, guidance, conditioning, canGuide }: FilmDefaults): void {
    this.#canContinue = conditioning.includes('continuation');
    this.#canGuide = canGuide;
    const { size } = this;
    if (!size) this.size = sizes[0];
    else if (!sizes.some((offered) => isSameSize(offered, size))) {
      this.chooseSize(sizes.find((offered) => shapeOf(offered) === shapeOf(size)) ?? sizes[0]!);
    }
    const offered = { stepCountText: String(stepCount), guidanceText: String(guidance) };
    for (const name of ['stepCountText', 'guidanceText'] as const) {
      if (this[name] === this.#offered[name]) this[name] = offered[name];
    }
    this.#offered = offered;
  }

  /** How long the film is, as far as it has been typed; Infinity when it goes on until it is stopped. */
  readonly seconds = $derived(
    this.rows.reduce(
      (sum, row) => sum + (row.isEndless ? Infinity : Number(row.secondsText) || 0),
      0,
    ),
  );

  /** The form as a film to be checked; text that is no number goes on as text, so that the refusal can quote it. */
  toJson(): unknown {
    return {
      version: FILM_VERSION,
      widthPx: this.size?.widthPx,
      heightPx: this.size?.heightPx,
      seed: numberOrText(this.seedText),
      stepCount: numberOrText(this.stepCountText),
      // What a model cannot follow is not asked of it, and stays for one that can.
      guidance: this.#canGuide ? numberOrText(this.guidanceText) : undefined,
      negativePrompt: this.#canGuide ? this.negativePrompt : undefined,
      loops: this.loops,
      rows: this.rows.map((row) => this.#rowJson(row)),
    };
  }

  /** Takes on a film that there is already, and keeps its seed. */
  load(film: Film): void {
    this.beforeReplaced();
    this.rows = film.rows.map((row) => this.#rowOf(row));
    this.size = { widthPx: film.widthPx, heightPx: film.heightPx };
    this.seedText = String(film.seed);
    this.isSeedLocked = true;
    this.stepCountText = String(film.stepCount);
    this.guidanceText = String(film.guidance);
    this.negativePrompt = film.negativePrompt;
    this.loops = film.loops;
    this.isFromLink = false;
  }

  /** Takes on one shot of a prompt alone; what holds for the whole film stays. */
  begin(prompt: string): void {
    const row = this.#newRow();
    row.prompt = prompt;
    this.rows = [row];
  }

  /** Writes an example into a form that has no words yet. */
  takeExample(prompt: string): void {
    const [row] = this.rows;
    if (this.rows.length === 1 && row?.prompt === '') row.prompt = prompt;
  }

  /** Another seed for the next film, unless it is locked; what was retaken from a seed of its own goes too. */
  rollSeed(): void {
    this.isFromLink = false;
    if (this.isSeedLocked) return;
    this.seedText = String(newSeed());
    for (const row of this.rows) {
      row.seed = undefined;
      row.retakes = [];
    }
  }

  /** Adds a row behind the last. */
  add(): DraftRow {
    const row = this.#newRow();
    row.transition = this.#canContinue ? 'continue' : 'cut';
    this.#setRows([...this.rows, row]);
    return row;
  }

  remove(row: DraftRow): void {
    this.beforeReplaced();
    this.#setRows(this.rows.filter((other) => other !== row));
  }

  /** Puts a row at another place; false where there is none. */
  move(row: DraftRow, to: number): boolean {
    if (to < 0 || to >= this.rows.length) return false;
    const others = this.rows.filter((other) => other !== row);
    this.#setRows(others.toSpliced(to, 0, row));
    return true;
  }

  /** Chooses the size of the film; pictures are cropped to it. */
  chooseSize(size: PictureSize): void {
    this.size = size;
    const crops = this.rows.flatMap((row) =>
      (['startPicture', 'endPicture'] as const).map((place) => this.#crop(row, place, size)),
    );
    this.settled = Promise.allSettled([this.settled, ...crops]);
  }

  /**
   * Gives a row a picture; a row that would go on from the one before begins with a cut then.
   * @throws StudioError picture-unusable
   */
  async setPicture(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    const work = this.#takePicture(row, place, file);
    this.settled = Promise.allSettled([this.settled, work]);
    await work;
  }

  async #takePicture(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    const { openPicture, pngOf } = await pictures();
    const uncropped = await openPicture(file);
    // Before the model is known there is no size to crop to, and nothing offers pictures.
    const size = this.size!;
    row[place] = { png: await pngOf(uncropped, size), uncropped };
    if (place === 'startPicture' && row.transition === 'continue') row.transition = 'cut';
    if (this.size !== size) await this.#crop(row, place, this.size!);
  }

  async #crop(row: DraftRow, place: PicturePlace, size: PictureSize): Promise<void> {
    const picture = row[place];
    if (!picture) return;
    const { openPicture, pngOf } = await pictures();
    const uncropped = picture.uncropped ?? (await openPicture(blobOf(picture.png)));
    const png = await pngOf(uncropped, size);
    // Another size or picture may have been chosen meanwhile.
    if (row[place] === picture && this.size === size) row[place] = { png, uncropped };
  }

  #rowJson(row: DraftRow): unknown {
    const { prompt, camera, transition, isEndless, seed, retakes } = row;
    const seconds = isEndless ? 'endless' : numberOrText(row.secondsText);
    const isInside = ({ startSeconds }: Retake) =>
      typeof seconds !== 'number' || startSeconds < seconds;
    return {
      prompt,
      camera,
      // A model that cannot go on makes what it makes.
      seconds: this.#canContinue ? seconds : undefined,
      transition,
      seed,
      startPicture: row.startPicture?.png,
      endPicture: row.endPicture?.png,
      // What lay behind a new end of the row is gone.
      retakes: isEndless ? [] : retakes.filter(isInside),
    };
  }

  #rowOf(film: FilmRow): DraftRow {
    const row = this.#newRow();
    row.prompt = film.prompt;
    row.camera = film.camera;
    row.isEndless = film.seconds === 'endless';
    if (film.seconds !== 'endless') row.secondsText = secondsTextOf(film.seconds);
    row.transition = film.transition;
    if (film.startPicture !== undefined) row.startPicture = { png: film.startPicture };
    if (film.endPicture !== undefined) row.endPicture = { png: film.endPicture };
    row.seed = film.seed;
    row.retakes = film.retakes;
    return row;
  }

  #newRow(): DraftRow {
    return new DraftRow(this.#rowCount++);
  }

  #setRows(rows: readonly DraftRow[]): void {
    this.rows = rows;
    // Only the last row can go on without end.
    for (const row of rows.slice(0, -1)) row.isEndless = false;
  }
}

function isSameSize(one: PictureSize, other: PictureSize): boolean {
  return one.widthPx === other.widthPx && one.heightPx === other.heightPx;
}

/** What opens and crops pictures, which most films do without. */
function pictures() {
  return import('../../studio/picture.ts');
}

/** Two decimals are finer than a frame. */
function secondsTextOf(seconds: number): string {
  return String(Math.round(seconds * 100) / 100);
}

function numberOrText(text: string): number | string {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
}

function blobOf(dataUrl: string): Blob {
  const bytes = Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (character) =>
    character.charCodeAt(0),
  );
  return new Blob([bytes], { type: 'image/png' });
}
