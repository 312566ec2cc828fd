// What a page can ask of the engine, and the door to it: films in, files out, one film at a time.
// Every film ends with exactly one terminal event.
import type { Deliver, ShowPreview } from '../core/api.ts';
import type { MadeFilm } from '../core/clip.ts';
import type { DeviceChoice } from '../core/device.ts';
import { reasonOf, studioError } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import type { Film } from '../core/film.ts';
import { once } from '../core/once.ts';
import type { Meanings } from '../core/understand.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import type { ClipLibrary } from './clip-library.ts';
import type { ModelLibrary } from './site-models.ts';

/** What a film would bring down before it can start. */
export interface Download {
  totalByteLength: number;
  /** What is not kept on this device yet. */
  missingByteLength: number;
  /** The runtime that executes the graphs; 0 where the service worker has kept it. */
  engineByteLength: number;
}

export interface MakeOptions {
  /** Whether the film's document may be written into the file. */
  storesFilm: boolean;
  /** Gets what will be seen, as it sharpens, until there are frames; none are made where it is left out. */
  showPreview?: ShowPreview;
  /** Whether no part of the film may come to this device's disk. */
  isPrivate: boolean;
}

/** A film that was being made when its page closed. */
export interface UnfinishedFilm {
  film: Film;
  /** How much of it is kept. */
  seconds: number;
}

/** Everything that a page can ask of the engine. */
export interface Studio {
  /** The pack in use; a failure is tried again at the next call. */
  pack(): Promise<LocatedPack>;
  /** @throws StudioError offline-without-model where something is missing and the browser knows of no network */
  downloadFor(film: Film): Promise<Download>;
  /**
   * Makes a film: `plan` first, then stages, then one terminal event.
   * An abort stops it: what has been shown by then becomes its file, and without a single frame it is `cancelled`.
   * Parts that this device still keeps from an earlier making are not made again, and not delivered.
   * @param deliver gets frames in film order; the engine waits for it
   * @throws StudioError the failure of the terminal event; call-misused while another film is being made
   */
  makeFilm(
    film: Film,
    options: MakeOptions,
    deliver: Deliver,
    signal: AbortSignal,
    emit: (event: JobEvent) => void,
  ): Promise<MadeFilm>;
  /**
   * Changes the words of the film that is being made, from its next window on.
   * @returns the second of the film from which they count; undefined when there is no window left to change
   */
  steer(prompt: string): number | undefined;
  /**
   * What words in lower case mean to the model; undefined where it cannot be asked now: its weights are not on this
   * device, or it makes a film. A film that is ordered meanwhile goes first.
   */
  meaningsOf(asked: readonly string[], signal: AbortSignal): Promise<Meanings | undefined>;
  /** What was left behind by a page that closed in the middle of a film. */
  unfinished(): Promise<UnfinishedFilm | undefined>;
  /**
   * Makes the file of what was left behind, as far as it can still be used.
   * @throws StudioError unfinished-lost when nothing of it can
   */
  finishUnfinished(options: MakeOptions): Promise<MadeFilm>;
  dropUnfinished(): Promise<void>;
  /** Bytes of weights and pieces of films kept on this device. */
  storedByteLength(): Promise<number>;
  /** Opens the packs of this site. */
  openModels(): Promise<ModelLibrary>;
  /**
   * Opens the library of finished clips.
   * @param onChange called when another tab has changed it
   */
  openLibrary(onChange: () => void): Promise<ClipLibrary>;
}

export interface StudioOptions {
  catalogueUrl: string;
  /** The pack that was chosen on an earlier visit; the site's first where that is not offered. */
  chosenPackUrl: string | undefined;
  device: DeviceChoice;
}

/** Opens a studio: what it is made of comes with the first call, so that the page shows itself without. */
export function createStudio(options: StudioOptions): Studio {
  let opened: Studio | undefined;
  const open = once(async () => {
    try {
      const { WorkerStudio } = await import('./worker-studio.ts');
      return (opened = new WorkerStudio(options));
    } catch (thrown) {
      throw studioError('engine-unreachable', { reason: reasonOf(thrown) }, { cause: thrown });
    }
  });
  return {
    pack: async () => (await open()).pack(),
    downloadFor: async (film) => (await open()).downloadFor(film),
    makeFilm: async (...order) => (await open()).makeFilm(...order),
    steer: (prompt) => opened?.steer(prompt),
    meaningsOf: async (...asked) => (await open()).meaningsOf(...asked),
    unfinished: async () => (await open()).unfinished(),
    finishUnfinished: async (options) => (await open()).finishUnfinished(options),
    dropUnfinished: async () => (await open()).dropUnfinished(),
    storedByteLength: async () => (await open()).storedByteLength(),
    openModels: async () => (await open()).openModels(),
    openLibrary: async (onChange) => (await open()).openLibrary(onChange),
  };
}
