// The form as one object: what a person has typed and chosen for the next film, not checked yet.
// Numbers stay as typed, so that a refusal can quote them; pictures are cropped anew when the shape changes.
import { FILM_VERSION, isSameSize } from '../../core/film.ts';
import type { Film, FilmDefaults, FilmRow, PicturePlace, PictureSize } from '../../core/film.ts';
import { newSeed } from '../new-seed.ts';
import { shapeOf } from '../shapes.ts';
import { DraftPictures } from './draft-pictures.ts';
import { DraftRow, numberOrText } from './draft-row.svelte.ts';

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
  /** Told before a click puts other rows in place of those that are there. */
  beforeReplaced: () => void = () => undefined;

  readonly #pictures = new DraftPictures(this);
  /** What the model in use can make. */
  #sizes: readonly PictureSize[] = [];
  #canContinue = true;
  #canGuide = true;
  /** What the model before offered: text that is still so was not typed. */
  #offered = { stepCountText: '', guidanceText: '' };
  #rowCount = 1;

  /** Takes over what a model offers where nothing has been typed yet. */
  offer({ sizes, stepCount, guidance, conditioning, canGuide }: FilmDefaults): void {
    this.#canContinue = conditioning.includes('continuation');
    this.#canGuide = canGuide;
    this.#sizes = sizes;
    this.fitSize();
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
      rows: this.rows.map((row) => row.toJson(this.#canContinue)),
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
    this.fitSize();
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

  /** Takes a seed as typed: it is meant to be kept. */
  typeSeed(text: string): void {
    this.seedText = text;
    this.isSeedLocked = true;
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
    this.#pictures.cropTo(size);
  }

  /** Puts the nearest in shape in place of a size that the model in use lacks. */
  fitSize(): void {
    const { size } = this;
    const sizes = this.#sizes;
    if (!size) this.size = sizes[0];
    else if (sizes.length > 0 && !sizes.some((offered) => isSameSize(offered, size))) {
      this.chooseSize(sizes.find((offered) => shapeOf(offered) === shapeOf(size)) ?? sizes[0]!);
    }
  }

  /** Resolves when every picture has the film's size. */
  get settled(): Promise<unknown> {
    return this.#pictures.settled;
  }

  /** @see DraftPictures.set */
  async setPicture(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    await this.#pictures.set(row, place, file);
  }

  #rowOf(film: FilmRow): DraftRow {
    const row = this.#newRow();
    row.load(film);
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
