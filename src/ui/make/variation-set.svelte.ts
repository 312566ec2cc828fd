// Several clips of the same words from different seeds: made one after the other, of which one is chosen.
import type { Film } from '../../core/film.ts';
import { releaseClip } from '../watch/finished-clip.ts';
import type { FinishedClip } from '../watch/finished-clip.ts';

/** One of the clips, or the place for it. */
export interface Variation {
  film: Film;
  clip: FinishedClip | undefined;
}

/** The variations on the page; most of the time there are none. */
export class VariationSet {
  list = $state.raw<readonly Variation[]>([]);
  /** The one in the making. */
  index = $state(0);

  readonly count = $derived(this.list.length);
  readonly isAnyMade = $derived(this.list.some(({ clip }) => clip !== undefined));

  begin(films: readonly Film[]): void {
    this.list = films.map((film) => ({ film, clip: undefined }));
  }

  /** Puts the clip of the one in the making into its place. */
  put(clip: FinishedClip): void {
    this.list = this.list.with(this.index, { film: clip.film, clip });
  }

  /** Forgets the places that have no clip. */
  keepMade(): void {
    this.list = this.list.filter(({ clip }) => clip !== undefined);
  }

  /** Takes one clip out and lets go of the others; undefined where that one is not made. */
  take(index: number): FinishedClip | undefined {
    const taken = this.list[index]?.clip;
    if (taken) this.clear(taken);
    return taken;
  }

  /** Lets go of all clips but one. */
  clear(kept?: FinishedClip): void {
    for (const { clip } of this.list) if (clip && clip !== kept) releaseClip(clip);
    this.list = [];
    this.index = 0;
  }
}
