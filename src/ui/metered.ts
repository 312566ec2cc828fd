// Whether bytes cost the person something, as far as the browser tells: Chromium does, elsewhere nothing is known.

interface Connection {
  saveData?: boolean;
  type?: string;
}

/** Why to be sparing with bytes. */
export type Metering = 'save-data' | 'cellular';

/** Why nothing beyond the page itself should come without a click; undefined where it may. */
export function metering(): Metering | undefined {
  const { connection } = navigator as Navigator & { connection?: Connection };
  if (connection?.saveData) return 'save-data';
  return connection?.type === 'cellular' ? 'cellular' : undefined;
}
