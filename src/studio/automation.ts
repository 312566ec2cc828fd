// The page as a program drives it: window.zoetrope makes a clip from a request and downloads its file.
// The command line is its first user; everything that goes in or comes out is plain JSON.
import type { FilmFormat } from '../core/clip.ts';
import { failureOf } from '../core/errors.ts';
import type { Failure } from '../core/errors.ts';
import type { JobEvent } from '../core/event.ts';
import { parseRequest } from '../core/request.ts';
import type { ClipRequest } from '../core/request.ts';
import { requestDefaults } from '../../models/pack.ts';
import { saveFile } from './save-file.ts';
import type { Studio } from './studio.ts';

/** How an automated clip ended. */
export type AutomationResult =
  | { ok: true; fileName: string; codec: string; format: FilmFormat; request: ClipRequest }
  | { ok: false; failure: Failure };

/** What stands at `window.zoetrope`. */
export interface Automation {
  /** Makes a clip and downloads it; never rejects. */
  generate(
    request: unknown,
    options: { onEvent: (event: JobEvent) => void },
  ): Promise<AutomationResult>;
  /** Cancels the clip that is being made, if there is one. */
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
    async generate(json, { onEvent }) {
      running = new AbortController();
      try {
        const request = parseRequest(json, requestDefaults((await studio.pack()).pack));
        const clip = await studio.makeClip(
          request,
          () => Promise.resolve(),
          running.signal,
          onEvent,
        );
        const fileName = 'zoetrope.mp4';
        saveFile(clip.mp4, fileName, 'video/mp4');
        return { ok: true, fileName, codec: clip.codec, format: clip.format, request };
      } catch (thrown) {
        return { ok: false, failure: failureOf(thrown) };
      }
    },
    cancel() {
      running.abort();
    },
  };
}
