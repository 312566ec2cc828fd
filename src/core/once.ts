// What is brought once and then used by all who ask.

/** Opens at the first call and gives the same to every later one; a failure is not kept. */
export function once<Given extends unknown[], T>(
  open: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  let opened: Promise<T> | undefined;
  return (...given) => {
    opened ??= open(...given).catch((thrown: unknown) => {
      opened = undefined;
      throw thrown;
    });
    return opened;
  };
}
