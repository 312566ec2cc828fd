// Files from a person's disk, dropped or picked: films go into the form, pictures into a row of it.
import type { PicturePlace } from '../../core/film.ts';
import { filmDefaults } from '../../../models/pack.ts';
import type { DraftRow } from './draft-row.svelte.ts';
import { words } from '../messages.ts';
import type { PageState } from '../page-state.svelte.ts';
import { pictureIn } from './picture-in.ts';

/** The page, as far as files change it. */
type Desk = Pick<PageState, 'draft' | 'fault' | 'model' | 'say'>;

/** Takes files for one page; what is wrong with one is shown there. */
export class FileIntake {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Takes the film in a file into the form. */
  async openFilm(file: File): Promise<void> {
    const { draft, fault } = this.#desk;
    fault.clear();
    try {
      const { pack } = await this.#desk.model.load();
      const { openFilm } = await import('./open-film.ts');
      draft.load(await openFilm(file, filmDefaults(pack)));
      this.#desk.say(words.statusOpened);
    } catch (thrown) {
      fault.show(thrown);
    }
  }

  /** Takes a file that was dropped beside every place for one: a picture begins the film. */
  async take(file: File): Promise<void> {
    const { draft, model } = this.#desk;
    if (file.type.startsWith('image/') && model.offers.startPictures) {
      await this.setPicture(draft.rows[0]!, 'startPicture', file);
    } else {
      await this.openFilm(file);
    }
  }

  /** Takes a picture that is pasted into a row as the one that it begins with. */
  paste(event: ClipboardEvent, row: DraftRow): void {
    const file = pictureIn(event.clipboardData);
    // Copied tables and words often come with a picture of themselves.
    const isText = event.clipboardData?.types.includes('text/plain') ?? false;
    if (!file || isText || !this.#desk.model.offers.startPictures) return;
    event.preventDefault();
    void this.setPicture(row, 'startPicture', file);
  }

  /** Gives a row of the form a picture. */
  async setPicture(row: DraftRow, place: PicturePlace, file: Blob): Promise<void> {
    const { draft, fault } = this.#desk;
    fault.clear();
    try {
      await draft.setPicture(row, place, file);
    } catch (thrown) {
      fault.show(thrown, { rowIndex: draft.rows.indexOf(row), place });
    }
  }
}
