/** A packs folder with the tiny pack as its only one, relative to the project's root. */
export const TINY_PACKS_FOLDER = 'node_modules/.cache/zoetrope/packs';
