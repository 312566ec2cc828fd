// What the page may offer of a model: everything else is simply not there.
import type { FilmDefaults } from '../core/film.ts';

/** What a person can ask of the model. */
export interface Offers {
  /** Films longer than a window, rows that go on, and longer clips. */
  continues: boolean;
  startPictures: boolean;
  endPictures: boolean;
  /** Ends that are given: loops, and retakes between what stays. */
  arrives: boolean;
  /** Guidance, and words to keep away from. */
  guides: boolean;
}

/** The offers of a model; nothing while it is not known. */
export function offersOf(defaults: FilmDefaults | undefined): Offers {
  const conditioning = defaults?.conditioning ?? [];
  const takesPictures = defaults?.takesPictures ?? false;
  return {
    continues: conditioning.includes('continuation'),
    startPictures: takesPictures && conditioning.includes('start-frame'),
    endPictures: takesPictures && conditioning.includes('end-frame'),
    arrives: conditioning.includes('end-frame'),
    guides: defaults?.canGuide ?? false,
  };
}
