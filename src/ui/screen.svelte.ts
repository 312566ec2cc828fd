// Which screen is shown: the one that the address names behind its #, the studio where it names none.

export type ScreenName = 'studio' | 'library' | 'models';

/** In the order of the way between them. */
export const SCREENS: readonly ScreenName[] = ['studio', 'library', 'models'];

/** The screen of one page; follows the address. */
export class Screen {
  name = $state(screenIn(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.name = screenIn(location.hash)));
  }

  /** Goes to a screen; the way back is the browser's. */
  show(name: ScreenName): void {
    location.hash = name;
  }
}

function screenIn(hash: string): ScreenName {
  return SCREENS.find((name) => `#${name}` === hash) ?? 'studio';
}
