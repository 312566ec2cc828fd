// How every field takes a person's words: in the direction of their script, and unwatched. Enhanced spell checkers
// send what is typed to the browser's vendor, so nothing may check or complete a prompt.

/** Attributes of every field that takes a person's words. */
export const unwatched = {
  dir: 'auto',
  spellcheck: false,
  autocomplete: 'off',
  autocorrect: 'off',
  autocapitalize: 'off',
} as const;
