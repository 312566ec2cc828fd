// Small settings kept between visits; a browser that refuses storage just forgets them.

const PRIVATE_KEY = 'zoetrope.private';

/** What is kept under a key; undefined where there is nothing, or no storage. */
export function storedValue(key: string): string | undefined {
  return storage()?.getItem(key) ?? undefined;
}

/** Keeps a value under a key, if there is room; nothing in private mode. */
export function storeValue(key: string, value: string): void {
  if (!isPrivate()) write(key, value);
}

/** Whether this browser is to keep nothing. */
export function isPrivate(): boolean {
  return storedValue(PRIVATE_KEY) === 'true';
}

/** Turns private mode on or off; that it is on is the one thing which it keeps. */
export function setPrivate(isOn: boolean): void {
  if (isOn) write(PRIVATE_KEY, 'true');
  else storage()?.removeItem(PRIVATE_KEY);
}

function write(key: string, value: string): void {
  try {
    storage()?.setItem(key, value);
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'QuotaExceededError')) throw thrown;
  }
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch (thrown) {
    // Reading the property itself throws where site data is blocked.
    if (thrown instanceof DOMException && thrown.name === 'SecurityError') return undefined;
    throw thrown;
  }
}
