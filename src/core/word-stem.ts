// An English word becomes what its forms have in common: dances, dancing and danced all become "danc".
// Only what regular endings do; what it makes of a word is for comparing, not for reading.

const VOWEL = /[aeiouy]/;

/** The part of a word that its regular forms share, in lower case and without hyphens. */
export function stemOf(word: string): string {
  const plain = word.toLowerCase().replace(/[’']s$|[-'’]/g, '');
  return withoutDouble(withoutE(withoutEnding(plain))).replace(/(?<=.)y$/, 'i');
}

function withoutEnding(word: string): string {
  const verb = /^(.{2,})(?:ing|ed)$/.exec(word)?.[1];
  if (verb !== undefined && VOWEL.test(verb)) return verb;
  if (/.(?:s|x|z|ch|sh|o)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && word.length > 2 ? word.slice(0, -1) : word;
}

/** A last e goes in inflection, but bees are not what one is when one would "be". */
function withoutE(word: string): string {
  return word.length > 3 ? word.replace(/(?<!e)e$/, '') : word;
}

function withoutDouble(word: string): string {
  return word.length > 3 ? word.replace(/([^aeiou])\1$/, '$1') : word;
}
