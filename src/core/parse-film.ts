// JSON from a person, a file or a link becomes a film, or an error that names the row, the value and what is expected.
import { checkFilm } from './check-film.ts';
import { studioError } from './errors.ts';
import {
  FILM_VERSION,
  MAX_FILM_SECONDS,
  MAX_GUIDANCE,
  MAX_PROMPT_CHARACTER_COUNT,
  MAX_RETAKE_COUNT,
  MAX_ROW_COUNT,
  MAX_SEED,
  MAX_STEP_COUNT,
  MIN_ROW_SECONDS,
  PICTURE_PLACES,
  TRANSITIONS,
  isSameSize,
  secondsOf,
} from './film.ts';
import type { Film, FilmDefaults, FilmRow, PictureSize, Retake } from './film.ts';
import { frameCountOf } from './frame-math.ts';
import { invalidFilm, shownValue, sizeUnavailable } from './invalid-film.ts';
import type { RowNumber } from './invalid-film.ts';
import { pngSize } from './png-size.ts';

const RANGES = {
  seed: { min: 0, max: MAX_SEED, kind: 'whole-number' },
  stepCount: { min: 1, max: MAX_STEP_COUNT, kind: 'whole-number' },
  guidance: { min: 0, max: MAX_GUIDANCE, kind: 'number' },
  widthPx: { min: 1, max: 8192, kind: 'whole-number' },
  heightPx: { min: 1, max: 8192, kind: 'whole-number' },
  seconds: { min: MIN_ROW_SECONDS, max: MAX_FILM_SECONDS, kind: 'number' },
  startSeconds: { min: 0, max: MAX_FILM_SECONDS, kind: 'number' },
  endSeconds: { min: 0, max: MAX_FILM_SECONDS, kind: 'number' },
} as const;

const ROW_FIELDS = [
  'prompt',
  'camera',
  'seconds',
  'transition',
  'seed',
  ...PICTURE_PLACES,
  'retakes',
];
const FILM_FIELDS = [
  'version',
  'widthPx',
  'heightPx',
  'seed',
  'stepCount',
  'guidance',
  'negativePrompt',
  'loops',
];
/** A film of one row may be written without `rows`. */
const ONE_ROW_FIELDS = ['prompt', 'camera', 'seconds', ...PICTURE_PLACES];

type Fields = Record<string, unknown>;

/**
 * Fills in and checks a film.
 * @param json parsed JSON of unknown shape: a film, or a prompt with what a film of one row may have
 * @throws StudioError prompt-empty, prompt-too-long, size-unavailable, film-version, conditioning-missing,
 * or request-invalid with the row, the place and the value
 */
export function parseFilm(json: unknown, defaults: FilmDefaults): Film {
  const given = fieldsOf(json, undefined, 'film');
  checkVersion(given.version ?? FILM_VERSION);
  const isBoard = given.rows !== undefined;
  onlyKnown(
    given,
    undefined,
    isBoard ? [...FILM_FIELDS, 'rows'] : [...FILM_FIELDS, ...ONE_ROW_FIELDS],
  );
  const size = parseSize(given, defaults);
  const rows = isBoard ? parseRows(given.rows, defaults) : [parseOneRow(given, defaults)];
  const film: Film = {
    version: FILM_VERSION,
    ...size,
    seed: numeric(given, undefined, 'seed', 0),
    stepCount: numeric(given, undefined, 'stepCount', defaults.stepCount),
    guidance: parseGuidance(given, defaults),
    negativePrompt: parseWords(given, undefined, 'negativePrompt'),
    loops: parseFlag(given, 'loops'),
    rows,
  };
  checkFilm(film, defaults);
  return film;
}

/**
 * Checks that a film is of the version that is read here.
 * @throws StudioError film-version
 */
export function checkVersion(version: unknown): void {
  if (version === FILM_VERSION) return;
  throw studioError('film-version', { found: shownValue(version), supported: FILM_VERSION });
}

function parseSize(fields: Fields, { sizes }: FilmDefaults): PictureSize {
  const first = sizes[0];
  if (!first) throw studioError('unexpected', { reason: 'a model without sizes' });
  const size = {
    widthPx: numeric(fields, undefined, 'widthPx', first.widthPx),
    heightPx: numeric(fields, undefined, 'heightPx', first.heightPx),
  };
  if (!sizes.some((offered) => isSameSize(offered, size))) throw sizeUnavailable(size, sizes);
  return size;
}

function parseGuidance(fields: Fields, defaults: FilmDefaults): number {
  const guidance = numeric(fields, undefined, 'guidance', defaults.guidance);
  if (guidance !== 1 && !defaults.canGuide) {
    throw invalidFilm(undefined, 'guidance', guidance, { kind: 'guidance-of-one' });
  }
  return guidance;
}

function parseOneRow(fields: Fields, defaults: FilmDefaults): FilmRow {
  const row = Object.fromEntries(ONE_ROW_FIELDS.map((name) => [name, fields[name]]));
  return parseRow(row, undefined, defaults);
}

function parseRows(value: unknown, defaults: FilmDefaults): FilmRow[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ROW_COUNT) {
    throw invalidFilm(undefined, 'rows', value, { kind: 'rows', maxCount: MAX_ROW_COUNT });
  }
  const rows = value as unknown[];
  return rows.map((json, index) =>
    parseRow(json, rows.length === 1 ? undefined : index + 1, defaults),
  );
}

function parseRow(json: unknown, row: RowNumber, defaults: FilmDefaults): FilmRow {
  const fields = fieldsOf(json, row, 'row');
  onlyKnown(fields, row, ROW_FIELDS);
  const isFirst = row === undefined || row === 1;
  const startPicture = parsePicture(fields, row, 'startPicture');
  const endPicture = parsePicture(fields, row, 'endPicture');
  const seconds = parseSeconds(fields, row, defaults);
  return {
    prompt: parsePrompt(fields.prompt, row),
    camera: parseWords(fields, row, 'camera'),
    seconds,
    transition: isFirst ? 'cut' : parseTransition(fields, row, defaults),
    ...(fields.seed !== undefined && { seed: numeric(fields, row, 'seed', 0) }),
    ...(startPicture !== undefined && { startPicture }),
    ...(endPicture !== undefined && { endPicture }),
    retakes: parseRetakes(fields.retakes ?? [], row, secondsOf(seconds)),
  };
}

function parseSeconds(fields: Fields, row: RowNumber, { grid }: FilmDefaults): FilmRow['seconds'] {
  if (fields.seconds === 'endless') return 'endless';
  const oneWindow = frameCountOf(grid.latentFrameCount, grid.pictureCount) / grid.framesPerSecond;
  return numeric(fields, row, 'seconds', oneWindow);
}

function parseTransition(
  fields: Fields,
  row: RowNumber,
  defaults: FilmDefaults,
): FilmRow['transition'] {
  const canContinue = defaults.conditioning.includes('continuation');
  const value = fields.transition ?? (canContinue ? 'continue' : 'cut');
  const transition = TRANSITIONS.find((name) => name === value);
  if (!transition) {
    throw invalidFilm(row, 'transition', value, { kind: 'one-of', names: TRANSITIONS });
  }
  return transition;
}

function parseRetakes(value: unknown, row: RowNumber, rowSeconds: number): Retake[] {
  if (!Array.isArray(value) || value.length > MAX_RETAKE_COUNT) {
    throw invalidFilm(row, 'retakes', value, { kind: 'list', maxCount: MAX_RETAKE_COUNT });
  }
  return (value as unknown[]).map((json) => {
    const fields = fieldsOf(json, row, 'retakes');
    onlyKnown(fields, row, ['startSeconds', 'endSeconds', 'seed']);
    const startSeconds = numeric(fields, row, 'startSeconds', 0);
    const endSeconds = numeric(fields, row, 'endSeconds', rowSeconds);
    if (startSeconds >= Math.min(endSeconds, rowSeconds)) {
      throw invalidFilm(row, 'startSeconds', startSeconds, { kind: 'start-before-end' });
    }
    return { startSeconds, endSeconds, seed: numeric(fields, row, 'seed', 0) };
  });
}

/** Checks a prompt and takes the white space from its ends. */
function parsePrompt(value: unknown, row: RowNumber): string {
  if (typeof value !== 'string') throw invalidFilm(row, 'prompt', value, { kind: 'text' });
  const prompt = value.trim();
  if (prompt === '') throw studioError('prompt-empty', { row });
  return notTooLong(prompt, row, 'prompt');
}

function parseWords(fields: Fields, row: RowNumber, place: string): string {
  const value = fields[place] ?? '';
  if (typeof value !== 'string') throw invalidFilm(row, place, value, { kind: 'text' });
  return notTooLong(value.trim(), row, place);
}

function notTooLong(words: string, row: RowNumber, place: string): string {
  const characterCount = [...new Intl.Segmenter().segment(words)].length;
  const maxCharacterCount = MAX_PROMPT_CHARACTER_COUNT;
  if (characterCount <= maxCharacterCount) return words;
  throw studioError('prompt-too-long', { row, place, characterCount, maxCharacterCount });
}

function parseFlag(fields: Fields, place: string): boolean {
  const value = fields[place] ?? false;
  if (typeof value !== 'boolean') {
    throw invalidFilm(undefined, place, value, { kind: 'true-or-false' });
  }
  return value;
}

function parsePicture(fields: Fields, row: RowNumber, place: string): string | undefined {
  const value = fields[place];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || pngSize(value) === undefined) {
    throw invalidFilm(row, place, value, { kind: 'png' });
  }
  return value;
}

function fieldsOf(json: unknown, row: RowNumber, place: 'film' | 'row' | 'retakes'): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidFilm(row, place, json, { kind: place });
  }
  return json as Fields;
}

function onlyKnown(fields: Fields, row: RowNumber, known: readonly string[]): void {
  for (const name of Object.keys(fields)) {
    if (fields[name] !== undefined && !known.includes(name)) {
      throw invalidFilm(row, name, fields[name], { kind: 'known-field', names: known });
    }
  }
}

function numeric(
  fields: Fields,
  row: RowNumber,
  place: keyof typeof RANGES,
  fallback: number,
): number {
  const { min, max, kind } = RANGES[place];
  const value = fields[place] ?? fallback;
  const isInside = typeof value === 'number' && value >= min && value <= max;
  if (!isInside || (kind === 'whole-number' && !Number.isInteger(value))) {
    throw invalidFilm(row, place, value, { kind, min, max });
  }
  return value;
}
