// What a person asks for, as plain JSON that is kept with the clip, saved, shared and sent to workers.
// Anything may be missing but the prompt; the pack says what a missing field means.
import { studioError } from './errors.ts';
import type { StudioError } from './errors.ts';

export const REQUEST_VERSION = 1;
const MAX_PROMPT_CHARACTER_COUNT = 1000;
export const MAX_SEED = 2 ** 32 - 1;
export const MAX_STEP_COUNT = 100;
export const MAX_GUIDANCE = 20;

/** One clip asked for, with every field filled in: the same request on the same device class gives the same frames. */
export interface ClipRequest {
  version: typeof REQUEST_VERSION;
  prompt: string;
  /** Unsigned 32-bit integer. */
  seed: number;
  stepCount: number;
  /** 1 follows the prompt as the model learned it, more pushes harder, 0 ignores it. */
  guidance: number;
  widthPx: number;
  heightPx: number;
}

/** A request as a person or a file gives it. */
export type PartialRequest = Pick<ClipRequest, 'prompt'> & Partial<ClipRequest>;

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

/** What a pack offers where a request is silent, and which sizes it can make. */
export interface RequestDefaults {
  stepCount: number;
  guidance: number;
  /** Whether another guidance than 1 can be followed. */
  canGuide: boolean;
  sizes: readonly PictureSize[];
}

const RANGES = {
  seed: { min: 0, max: MAX_SEED, kind: 'whole number' },
  stepCount: { min: 1, max: MAX_STEP_COUNT, kind: 'whole number' },
  guidance: { min: 0, max: MAX_GUIDANCE, kind: 'number' },
  widthPx: { min: 1, max: 8192, kind: 'whole number' },
  heightPx: { min: 1, max: 8192, kind: 'whole number' },
} as const;

const FIELDS = ['version', 'prompt', ...Object.keys(RANGES)];

/**
 * Fills in and checks a request.
 * @param json parsed JSON of unknown shape
 * @throws StudioError prompt-empty, prompt-too-long, size-unavailable, or request-invalid with the place and the value
 */
export function parseRequest(json: unknown, defaults: RequestDefaults): ClipRequest {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalid('request', json, 'an object with a prompt');
  }
  const fields = json as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (!FIELDS.includes(name))
      throw invalid(name, fields[name], `no such field; known: ${FIELDS.join(', ')}`);
  }
  if ((fields.version ?? REQUEST_VERSION) !== REQUEST_VERSION) {
    throw invalid('version', fields.version, `${REQUEST_VERSION}`);
  }
  const first = defaults.sizes[0];
  if (!first) throw invalid('sizes', defaults.sizes, 'at least one size in the pack');
  const size = {
    widthPx: numeric(fields, 'widthPx', first.widthPx),
    heightPx: numeric(fields, 'heightPx', first.heightPx),
  };
  if (!defaults.sizes.some((s) => s.widthPx === size.widthPx && s.heightPx === size.heightPx)) {
    throw sizeUnavailable(size, defaults.sizes);
  }
  const guidance = numeric(fields, 'guidance', defaults.guidance);
  if (guidance !== 1 && !defaults.canGuide) {
    throw invalid('guidance', guidance, '1: this model follows its prompt without guidance');
  }
  return {
    version: REQUEST_VERSION,
    prompt: parsePrompt(fields.prompt),
    seed: numeric(fields, 'seed', 0),
    stepCount: numeric(fields, 'stepCount', defaults.stepCount),
    guidance,
    ...size,
  };
}

/** The refusal of a size that is not on offer. */
export function sizeUnavailable(size: PictureSize, offered: readonly PictureSize[]): StudioError {
  const sizes = offered.map((s) => `${s.widthPx}x${s.heightPx}`).join(', ');
  return studioError('size-unavailable', { widthPx: size.widthPx, heightPx: size.heightPx, sizes });
}

/** Checks a prompt and takes the white space from its ends. */
function parsePrompt(value: unknown): string {
  if (typeof value !== 'string') throw invalid('prompt', value, 'text');
  const prompt = value.trim();
  if (prompt === '') throw studioError('prompt-empty', {});
  const characterCount = [...new Intl.Segmenter().segment(prompt)].length;
  if (characterCount > MAX_PROMPT_CHARACTER_COUNT) {
    throw studioError('prompt-too-long', {
      characterCount,
      maxCharacterCount: MAX_PROMPT_CHARACTER_COUNT,
    });
  }
  return prompt;
}

function numeric(
  fields: Record<string, unknown>,
  place: keyof typeof RANGES,
  fallback: number,
): number {
  const { min, max, kind } = RANGES[place];
  const value = fields[place] ?? fallback;
  const isInside = typeof value === 'number' && value >= min && value <= max;
  if (!isInside || (kind === 'whole number' && !Number.isInteger(value))) {
    throw invalid(place, value, `a ${kind} from ${min} to ${max}`);
  }
  return value;
}

function invalid(place: string, value: unknown, expected: string) {
  // JSON has no NaN, Infinity or undefined, and a person must see which of them was given.
  const isPlain = typeof value === 'number' || value === undefined;
  const shown = isPlain ? String(value) : JSON.stringify(value);
  return studioError('request-invalid', { place, value: shown.slice(0, 80), expected });
}
