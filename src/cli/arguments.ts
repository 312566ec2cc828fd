// The words on the command line become a command. Pure; whatever is typed, it throws nothing but UsageError.
import { parseArgs } from 'node:util';

import type { DeviceChoice } from '../core/device.ts';
import { MAX_FILM_SECONDS, MAX_GUIDANCE, MAX_SEED, MAX_STEP_COUNT } from '../core/film.ts';
import * as text from './text.ts';
import { UsageError } from './usage-error.ts';

/** One film to be made. */
export interface GenerateCommand {
  kind: 'generate';
  /** The fields of the film that were typed; `fromPath` brings the others. */
  fields: Record<string, unknown>;
  fromPath: string | undefined;
  /** Undefined: the page decides. */
  device: DeviceChoice | undefined;
  outPath: string | undefined;
  storesFilm: boolean;
  json: boolean;
}

export type Command = { kind: 'help' } | GenerateCommand;

const OPTIONS = {
  seconds: { type: 'string' },
  camera: { type: 'string' },
  loop: { type: 'boolean' },
  seed: { type: 'string' },
  steps: { type: 'string' },
  guidance: { type: 'string' },
  negative: { type: 'string' },
  size: { type: 'string' },
  device: { type: 'string' },
  out: { type: 'string' },
  from: { type: 'string' },
  'store-film': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flag = keyof typeof OPTIONS;
type ValueFlag = keyof typeof text.EXPECTED;

/**
 * Reads the words that follow the command's name.
 * @throws UsageError naming the option, the value and what is expected
 */
export function parseArguments(argv: readonly string[]): Command {
  const { values, words } = read(argv);
  if (values.help !== undefined) return { kind: 'help' };
  if (words.length > 1) throw new UsageError(text.tooManyPrompts(words));
  const prompt = words[0];
  if (prompt !== undefined && values.from !== undefined) throw new UsageError(text.PROMPT_AND_FROM);
  if (values.from === undefined && (prompt ?? '').trim() === '')
    throw new UsageError(text.NO_PROMPT);
  return {
    kind: 'generate',
    fields: {
      ...(prompt !== undefined && { prompt }),
      ...(values.seconds !== undefined && { seconds: secondsOf(values.seconds) }),
      ...(values.camera !== undefined && { camera: values.camera }),
      ...(values.loop !== undefined && { loops: true }),
      ...(values.seed !== undefined && { seed: wholeNumber('seed', values.seed, 0, MAX_SEED) }),
      ...(values.steps !== undefined && {
        stepCount: wholeNumber('steps', values.steps, 1, MAX_STEP_COUNT),
      }),
      ...(values.guidance !== undefined && { guidance: guidanceOf(values.guidance) }),
      ...(values.negative !== undefined && { negativePrompt: values.negative }),
      ...(values.size !== undefined && sizeOf(values.size)),
    },
    fromPath: values.from,
    device: values.device === undefined ? undefined : deviceOf(values.device),
    outPath: values.out,
    storesFilm: values['store-film'] !== undefined,
    json: values.json !== undefined,
  };
}

interface Words {
  values: Partial<Record<Flag, string>>;
  words: string[];
}

function read(argv: readonly string[]): Words {
  // parseArgs' own strict mode knows only its own sentences, so the same rules are applied to its tokens here.
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const found: Words = { values: {}, words: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') found.words.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = token.name;
    if (!isFlag(flag)) throw unknown(argv[token.index] ?? token.rawName);
    found.values[flag] = valueOf(flag, token.value, token.inlineValue ?? false);
  }
  return found;
}

function isFlag(name: string): name is Flag {
  return Object.hasOwn(OPTIONS, name);
}

function valueOf(flag: Flag, value: string | undefined, inline: boolean): string {
  if (OPTIONS[flag].type === 'boolean') {
    if (value !== undefined) throw new UsageError(text.valueNotTaken(`--${flag}`, value));
    return '';
  }
  const nextIsOption = !inline && value?.startsWith('--') === true;
  if (value === undefined || value === '' || nextIsOption) {
    throw new UsageError(text.missingValue(`--${flag}`, text.EXPECTED[flag as ValueFlag]));
  }
  return value;
}

function bad(flag: ValueFlag, value: string): UsageError {
  return new UsageError(text.badValue(`--${flag}`, value, text.EXPECTED[flag]));
}

function wholeNumber(flag: 'seed' | 'steps', value: string, min: number, max: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) throw bad(flag, value);
  return number;
}

function secondsOf(value: string): number | 'endless' {
  if (value === 'endless') return value;
  const number = Number(value);
  const isInside = number > 0 && number <= MAX_FILM_SECONDS;
  if (!/^\d+(\.\d+)?$/.test(value) || !isInside) throw bad('seconds', value);
  return number;
}

function guidanceOf(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number > MAX_GUIDANCE) throw bad('guidance', value);
  return number;
}

function sizeOf(value: string): { widthPx: number; heightPx: number } {
  const [, width, height] = /^([1-9]\d{0,4})[xX×]([1-9]\d{0,4})$/.exec(value) ?? [];
  if (width === undefined || height === undefined) throw bad('size', value);
  return { widthPx: Number(width), heightPx: Number(height) };
}

function deviceOf(value: string): DeviceChoice {
  if (value !== 'auto' && value !== 'webgpu' && value !== 'wasm') throw bad('device', value);
  return value;
}

function unknown(typed: string): UsageError {
  const flag = typed.replace(/=.*$/s, '');
  return new UsageError(text.unknownFlag(flag, nearestFlag(flag.replace(/^-+/, ''))));
}

function nearestFlag(name: string): string | undefined {
  if (name.length < 2) return undefined;
  const options = Object.keys(OPTIONS);
  const begun = options.find((option) => option.startsWith(name) || name.startsWith(option));
  const byDistance = options
    .map((option) => ({ option, distance: editDistance(name, option) }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = begun ?? byDistance.find(({ distance }) => distance <= 2)?.option;
  return nearest === undefined ? undefined : `--${nearest}`;
}

/** How many letters must be added, dropped or changed to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
