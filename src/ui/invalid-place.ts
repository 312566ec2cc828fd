// A refused film points at a field of the form: which one, and in which row.
import type { AskedConditioning, Failure } from '../core/errors.ts';

/** A field of the form. */
export interface FormPlace {
  /** From 0 on; the only row where the film has just one. Of no meaning for fields of the whole film. */
  rowIndex: number;
  place: string;
}

const PLACES: Record<AskedConditioning, string> = {
  length: 'seconds',
  continue: 'transition',
  startPicture: 'startPicture',
  endPicture: 'endPicture',
  loop: 'loops',
  retake: 'retakes',
};

/** The field that a failure is about; undefined where it is about none. */
export function invalidPlaceOf(failure: Failure): FormPlace | undefined {
  const at = (row: number | undefined, place: string) => ({ rowIndex: (row ?? 1) - 1, place });
  switch (failure.code) {
    case 'prompt-empty':
      return at(failure.facts.row, 'prompt');
    case 'prompt-too-long':
    case 'request-invalid':
      return at(failure.facts.row, failure.facts.place);
    case 'conditioning-missing':
      return at(failure.facts.row, PLACES[failure.facts.asked]);
    default:
      return undefined;
  }
}
