// One row of the storyboard as typed: numbers stay text, so that a refusal can quote them.
import type { FilmRow, Retake, Transition } from '../../core/film.ts';

const NEW_ROW_SECONDS = 3;

/** A picture as the film holds it, and as it was before it was cropped, where that is known. */
export interface DraftPicture {
  png: string;
  uncropped?: ImageBitmap;
}

/** What a person has typed and chosen for one shot. */
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

  /** Takes on the row of a film that there is already. */
  load({ seconds, startPicture, endPicture, ...film }: FilmRow): void {
    this.prompt = film.prompt;
    this.camera = film.camera;
    this.isEndless = seconds === 'endless';
    if (seconds !== 'endless') this.secondsText = secondsTextOf(seconds);
    this.transition = film.transition;
    this.startPicture = startPicture === undefined ? undefined : { png: startPicture };
    this.endPicture = endPicture === undefined ? undefined : { png: endPicture };
    this.seed = film.seed;
    this.retakes = film.retakes;
  }

  /** The row of a film to be checked. */
  toJson(canContinue: boolean): unknown {
    const { prompt, camera, transition, isEndless, seed, retakes } = this;
    const seconds = isEndless ? 'endless' : numberOrText(this.secondsText);
    const isInside = ({ startSeconds }: Retake) =>
      typeof seconds !== 'number' || startSeconds < seconds;
    return {
      prompt,
      camera,
      // A model that cannot go on makes what it makes.
      seconds: canContinue ? seconds : undefined,
      transition,
      seed,
      startPicture: this.startPicture?.png,
      endPicture: this.endPicture?.png,
      // What lay behind a new end of the row is gone.
      retakes: isEndless ? [] : retakes.filter(isInside),
    };
  }
}

/** What was typed as a number, or as it was typed where it is none. */
export function numberOrText(text: string): number | string {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
}

/** Two decimals are finer than a frame. */
function secondsTextOf(seconds: number): string {
  return String(Math.round(seconds * 100) / 100);
}
