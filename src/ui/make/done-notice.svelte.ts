// Tells a person who looks elsewhere that the work is over: only one who asked for it, only while the page is hidden,
// and never with the words of a film, since notices are shown on lock screens.
import { words } from '../messages.ts';
import { storeValue, storedValue } from '../stored-value.ts';

const WANTED_KEY = 'zoetrope.tells-when-done';

/** The switch for being told, and the telling. */
export class DoneNotice {
  readonly isPossible = 'Notification' in globalThis;
  /** What the person has told the browser; `default` until asked. */
  permission = $state<NotificationPermission>(
    this.isPossible ? Notification.permission : 'default',
  );
  #wanted = $state(storedValue(WANTED_KEY) === 'true');
  /** Whether the browser was asked in vain. */
  isRefused = $state(false);

  readonly isOn = $derived(this.#wanted && this.permission === 'granted');

  /** Turns the switch; only here the browser asks the person. */
  async turn(isOn: boolean): Promise<void> {
    this.#wanted = isOn;
    storeValue(WANTED_KEY, String(isOn));
    if (isOn) this.permission = await Notification.requestPermission();
    this.isRefused = isOn && this.permission === 'denied';
  }

  /** Tells a person who does not see the page; a click on the notice brings the page back. */
  async tell(text: string): Promise<void> {
    if (!this.isOn || !document.hidden) return;
    const options = { body: text, tag: 'zoetrope' };
    try {
      const notice = new Notification(words.title, options);
      notice.onclick = () => {
        window.focus();
        notice.close();
      };
    } catch (thrown) {
      // Phones let only a service worker show notices, which then hears the click as well.
      if (!(thrown instanceof TypeError)) throw thrown;
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.showNotification(words.title, options);
    }
  }
}
