// A film as a person asks for it: plain JSON that is kept with the clip, saved, shared and rendered anywhere.
// Anything may be missing but the prompts; the model says what a missing field means.
import type { FrameGrid } from './frame-math.ts';

export const FILM_VERSION = 2;
export const MAX_PROMPT_CHARACTER_COUNT = 1000;
export const MAX_SEED = 2 ** 32 - 1;
export const MAX_STEP_COUNT = 100;
export const MAX_GUIDANCE = 20;
export const MAX_ROW_COUNT = 100;
/** Each costs time to plan, and a link may hold thousands. */
export const MAX_RETAKE_COUNT = 50;
/** A row can be as short as one frame, where a film was stopped; a person asks for longer ones. */
export const MIN_ROW_SECONDS = 0.04;
/** The longest film of a plan; one that goes on is stopped by a person. */
export const MAX_FILM_SECONDS = 3600;
export const CROSS_FADE_SECONDS = 0.5;
/** The shortest row that a cross-fade can stand beside, or that can arrive at a picture. */
export const MIN_JOINED_SECONDS = 1;

export const TRANSITIONS = ['continue', 'cut', 'cross-fade'] as const;

/** How a row follows the one before: from its last pictures, or as a new shot. */
export type Transition = (typeof TRANSITIONS)[number];

/** The ends of a row that can be given a picture. */
export const PICTURE_PLACES = ['startPicture', 'endPicture'] as const;

export type PicturePlace = (typeof PICTURE_PLACES)[number];

/** A part of a row made anew between what stands before and after it. */
export interface Retake {
  /** Of the row; widened to whole windows. */
  startSeconds: number;
  endSeconds: number;
  seed: number;
}

/** One line of a storyboard. */
export interface FilmRow {
  prompt: string;
  /** Words for the camera, put behind the prompt; may be empty. */
  camera: string;
  /** `endless` only in the last row: until it is stopped. */
  seconds: number | 'endless';
  /** The first row's is `cut`. */
  transition: Transition;
  /** Of this row where it has one of its own. */
  seed?: number;
  /** PNG data URLs of the film's size. */
  startPicture?: string;
  endPicture?: string;
  retakes: readonly Retake[];
}

/** A film asked for, with every field filled in: the same film on the same device class gives the same frames. */
export interface Film {
  version: typeof FILM_VERSION;
  widthPx: number;
  heightPx: number;
  /** Unsigned 32-bit integer. */
  seed: number;
  stepCount: number;
  /** 1 follows the prompt as the model learned it, more pushes harder, 0 ignores it. */
  guidance: number;
  /** What the film is pushed away from; may be empty. */
  negativePrompt: string;
  /** Whether the film ends on its first picture. */
  loops: boolean;
  rows: readonly FilmRow[];
}

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

export function isSameSize(one: PictureSize, other: PictureSize): boolean {
  return one.widthPx === other.widthPx && one.heightPx === other.heightPx;
}

/** What a model can be given beside the prompt. */
export type Conditioning = 'start-frame' | 'end-frame' | 'continuation';

/** What a model offers where a film is silent, and what it can do. */
export interface FilmDefaults {
  stepCount: number;
  guidance: number;
  /** Whether another guidance than 1 can be followed. */
  canGuide: boolean;
  sizes: readonly PictureSize[];
  grid: FrameGrid;
  conditioning: readonly Conditioning[];
  /** Whether pictures can be given, and not only what the model itself has made. */
  takesPictures: boolean;
}

/** The words that the model reads for a row. */
export function promptOf({ prompt, camera }: Pick<FilmRow, 'prompt' | 'camera'>): string {
  return camera === '' ? prompt : `${prompt}, ${camera}`;
}

/** Whether a film is given pictures. */
export function hasPictures({ rows }: Pick<Film, 'rows'>): boolean {
  return rows.some((row) => row.startPicture !== undefined || row.endPicture !== undefined);
}

/** How long a film is planned to be; Infinity when it goes on until it is stopped. */
export function filmSeconds({ rows }: Pick<Film, 'rows'>): number {
  return rows.reduce((sum, { seconds }) => sum + secondsOf(seconds), 0);
}

/** A row's length as a number. */
export function secondsOf(seconds: FilmRow['seconds']): number {
  return seconds === 'endless' ? Infinity : seconds;
}
