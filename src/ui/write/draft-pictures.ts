// The pictures of the form, each cropped to the film's size, and anew from what a person gave when that changes.
import { PICTURE_PLACES } from '../../core/film.ts';
import type { PicturePlace, PictureSize } from '../../core/film.ts';
import type { DraftRow } from './draft-row.svelte.ts';
import type { FilmDraft } from './film-draft.svelte.ts';

/** The form, as far as its pictures need it. */
type Form = Pick<FilmDraft, 'rows' | 'size'>;

/** Crops for one form. */
export class DraftPictures {
  /** Resolves when every picture has the film's size. */
  settled: Promise<unknown> = Promise.resolve();
  readonly #form: Form;

  constructor(form: Form) {
    this.#form = form;
  }

  /**
   * Gives a row a picture; a row that would go on from the one before begins with a cut then.
   * @throws StudioError picture-unusable
   */
  async set(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    const work = this.#take(row, place, file);
    this.settled = Promise.allSettled([this.settled, work]);
    await work;
  }

  /** Crops every picture to a size that the form has now. */
  cropTo(size: PictureSize): void {
    const crops = this.#form.rows.flatMap((row) =>
      PICTURE_PLACES.map((place) => this.#crop(row, place, size)),
    );
    this.settled = Promise.allSettled([this.settled, ...crops]);
  }

  async #take(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    const { openPicture, pngOf } = await cropping();
    const uncropped = await openPicture(file);
    // Before the model is known there is no size to crop to, and nothing offers pictures.
    const size = this.#form.size!;
    row[place] = { png: await pngOf(uncropped, size), uncropped };
    if (place === 'startPicture' && row.transition === 'continue') row.transition = 'cut';
    if (this.#form.size !== size) await this.#crop(row, place, this.#form.size!);
  }

  async #crop(row: DraftRow, place: PicturePlace, size: PictureSize): Promise<void> {
    const picture = row[place];
    if (!picture) return;
    const { openPng, pngOf } = await cropping();
    const uncropped = picture.uncropped ?? (await openPng(picture.png));
    const png = await pngOf(uncropped, size);
    // Another size or picture may have been chosen meanwhile.
    if (row[place] === picture && this.#form.size === size) row[place] = { png, uncropped };
  }
}

/** What opens and crops pictures, which most films do without. */
function cropping() {
  return import('../../studio/picture.ts');
}
