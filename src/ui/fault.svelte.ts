// What went wrong last, and the field of the form that it is about.
import { failureOf } from '../core/errors.ts';
import type { Failure } from '../core/errors.ts';
import { invalidPlaceOf } from './invalid-place.ts';
import type { FormPlace } from './invalid-place.ts';

/** At most one failure at a time. */
export class Fault {
  failure = $state.raw<Failure>();
  place = $state.raw<FormPlace>();

  /**
   * Shows a failure.
   * @param place the field that is wrong; of the form where a film of the form was refused
   */
  show(thrown: unknown, place?: FormPlace | 'form'): void {
    this.failure = failureOf(thrown);
    this.place = place === 'form' ? invalidPlaceOf(this.failure) : place;
  }

  clear(): void {
    this.failure = undefined;
    this.place = undefined;
  }

  /** Whether the failure is about this field. */
  isAt(place: string, rowIndex = this.place?.rowIndex): boolean {
    return this.place?.place === place && rowIndex === this.place.rowIndex;
  }
}
