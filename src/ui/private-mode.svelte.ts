// Whether this browser is to keep nothing more of what is made here; the model may stay.
// It is remembered, for every tab and until it is turned off: a tab that forgot it would keep what was meant to go.
import { isPrivate, setPrivate } from './stored-value.ts';

/** The switch of one page; follows that of the other tabs. */
export class PrivateMode {
  isOn = $state(isPrivate());

  constructor() {
    addEventListener('storage', () => (this.isOn = isPrivate()));
  }

  set(isOn: boolean): void {
    this.isOn = isOn;
    setPrivate(isOn);
  }
}
