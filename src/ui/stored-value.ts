// Small settings kept between visits; a browser that refuses storage just forgets them.

const PRIVATE_KEY = 'zoetrope.private';
const PACK_KEY = 'zoetrope.pack';

/** What is kept under a key; undefined where there is nothing, or no storage. */
export function storedValue(key: string): string | undefined {
  return storage()?.getItem(key) ?? undefined;
}

/** Keeps a value under a key, if there is room; nothing in private mode. */
export function storeValue(key: string, value: string): void {
  if (!isPrivate()) write(key, value);
}

/** Forgets what is kept under a key, in private mode too. */
export function removeValue(key: string): void {
  storage()?.removeItem(key);
}

/** Keeps again what was removed, in private mode too: it is nothing new. */
export function putBackValue(key: string, value: string): void {
  write(key, value);
}

/** Whether this browser is to keep nothing. */
export function isPrivate(): boolean {
  return storedValue(PRIVATE_KEY) === 'true';
}

/** Turns private mode on or off; that it is on is the one thing which it keeps. */
export function setPrivate(isOn: boolean): void {
  if (isOn) write(PRIVATE_KEY, 'true');
  else removeValue(PRIVATE_KEY);
}

/** The address of the pack that was chosen on an earlier visit. */
export function chosenPackUrl(): string | undefined {
  return storedValue(PACK_KEY);
}

/** Remembers the pack that is chosen. */
export function choosePack(url: string): void {
  storeValue(PACK_KEY, url);
}

/** What this tab keeps until it is closed; undefined where there is no storage. */
export function tabStorage(): Storage | undefined {
  return allowed(() => sessionStorage);
}

function write(key: string, value: string): void {
  try {
    storage()?.setItem(key, value);
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'QuotaExceededError')) throw thrown;
  }
}

function storage(): Storage | undefined {
  return allowed(() => localStorage);
}

function allowed(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch (thrown) {
    // Reading the property itself throws where site data is blocked.
    if (thrown instanceof DOMException && thrown.name === 'SecurityError') return undefined;
    throw thrown;
  }
}
