const NEW_SEED_LIMIT = 1_000_000;

/** A seed short enough to read aloud. */
export function newSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word % NEW_SEED_LIMIT;
}
