// What a person gave the command, on the line, in a file or in the environment, cannot be used.

/** The message says which option, which value, and what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
