// The page as a program drives it: window.zoetrope makes a film from its document and downloads its file.
// The command line is its first user; everything that goes in or comes out is plain JSON.
import type { FilmFormat } from '../core/clip.ts';
import { failureOf } from '../core/errors.ts';
import type { Failure } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import type { Film } from '../core/film.ts';
import { filmDefaults } from '../../models/pack.ts';
import { saveFile } from './save-file.ts';
import type { Studio } from './studio.ts';

/** How an automated film ended; `film` is what is in the file, shorter than asked for when it was stopped. */
export type AutomationResult =
  | { ok: true; fileName: string; codec: string; format: FilmFormat; film: Film }
  | { ok: false; failure: Failure };

export interface AutomationOptions {
  onEvent: (event: JobEvent) => void;
  /** Whether the film's document may be written into the file; not where this is left out. */
  storesFilm?: boolean;
}

/** What stands at `window.zoetrope`. */
export interface Automation {
  /** Makes a film and downloads it; never rejects. */
  generate(film: unknown, options: AutomationOptions): Promise<AutomationResult>;
  /** Changes the words of the film that is being made, from the second that it gives. */
  steer(prompt: string): number | undefined;
  /** Stops the film that is being made, if there is one; what has been shown of it is kept. */
  cancel(): void;
}

declare global {
  interface Window {
    zoetrope?: Automation;
  }
}

/** Puts the automation at `window.zoetrope`. */
export function installAutomation(studio: Studio): void {
  let running = new AbortController();
  window.zoetrope = {
    async generate(json, { onEvent, storesFilm = false }) {
      running = new AbortController();
      const { signal } = running;
      try {
        const { parseFilm } = await import('../core/parse-film.ts');
        const film = parseFilm(json, filmDefaults((await studio.pack()).pack));
        const options = { storesFilm, isPrivate: false };
        const ignore = () => Promise.resolve();
        const made = await studio.makeFilm(film, options, ignore, signal, onEvent);
        const fileName = 'zoetrope.mp4';
        saveFile(made.mp4, fileName);
        return { ok: true, fileName, codec: made.codec, format: made.format, film: made.film };
      } catch (thrown) {
        return { ok: false, failure: failureOf(thrown) };
      }
    },
    steer: (prompt) => studio.steer(prompt),
    cancel() {
      running.abort();
    },
  };
}
