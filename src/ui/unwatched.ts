// Enhanced spell checkers send what is typed to the browser's vendor, so nothing may check or complete a prompt.

/** Attributes of every field that takes a person's words. */
export const unwatched = {
  spellcheck: false,
  autocomplete: 'off',
  autocorrect: 'off',
  autocapitalize: 'off',
} as const;
