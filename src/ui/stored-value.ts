// Small settings kept between visits; a browser that refuses storage just forgets them.

/** What is kept under a key; undefined where there is nothing, or no storage. */
export function storedValue(key: string): string | undefined {
  return storage()?.getItem(key) ?? undefined;
}

/** Keeps a value under a key, if there is room. */
export function storeValue(key: string, value: string): void {
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
