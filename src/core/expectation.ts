// What a refused field of a film should hold instead: a kind with the numbers of the case, no words.
// Every language says each kind in ui/messages/.

/** What would have been right. */
export type Expectation =
  | { kind: 'whole-number' | 'number'; min: number; max: number }
  | { kind: 'text' | 'true-or-false' | 'png' }
  /** Objects, by what they stand for. */
  | { kind: 'film' | 'row' | 'retakes' }
  | { kind: 'rows' | 'list'; maxCount: number }
  | { kind: 'one-of' | 'known-field'; names: readonly string[] }
  | { kind: 'film-size'; widthPx: number; heightPx: number }
  | { kind: 'seconds-in-all'; maxSeconds: number }
  /** A row beside a cross-fade, or one that arrives at a picture, needs time for it. */
  | { kind: 'row-to-fade' | 'row-to-arrive'; minSeconds: number }
  /** What belongs together: only the last row is endless, an endless row has no end, and so on. */
  | { kind: 'end-of-row' | 'no-end' | 'cut-before-picture' | 'own-end-of-film' }
  | { kind: 'start-before-end' | 'guidance-of-one' | 'guidance-to-avoid' };
