// The browser's promise not to clear what a site keeps.

/** Asks the browser to keep what is stored here until a person deletes it, weights above all. */
export function persistStorage(): void {
  // Firefox asks the person, so nothing waits for the answer; without it the browser may evict the weights.
  void navigator.storage.persist().catch(() => undefined);
}
