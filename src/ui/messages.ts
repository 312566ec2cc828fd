// Every sentence that a person reads, on the page and on the command line: codes and numbers in, English out.
// Free of DOM and Svelte, so Node can import it. Numbers follow the language of the sentences, not the browser's.
import type { DeviceFacts, GpuRefusal } from '../core/device.ts';
import type { ErrorCode, ErrorFacts, Failure } from '../core/errors.ts';
import type { Notice, Stage } from '../core/event.ts';
import type { ClipRequest } from '../core/request.ts';

const LOCALE = 'en';
const MAX_FILE_NAME_LENGTH = 60;

/** What went wrong, and what to do about it. */
export interface ErrorMessage {
  title: string;
  action: string;
}

const ERRORS: { [C in ErrorCode]: (facts: ErrorFacts[C]) => ErrorMessage } = {
  'prompt-empty': () => ({
    title: 'There is no prompt yet.',
    action: 'Write what should happen, for instance “a panda dances in the snow”.',
  }),
  'prompt-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: `The prompt has ${count(characterCount)} characters; ${count(maxCharacterCount)} is the most.`,
    action: `Leave out ${count(characterCount - maxCharacterCount)} or more. One short sentence works best.`,
  }),
  'request-invalid': ({ place, value, expected }) => ({
    title: `${fieldName(place)} cannot be ${value === '""' ? 'empty' : value}.`,
    action: `Expected: ${sentence(expected)}`,
  }),
  'size-unavailable': ({ widthPx, heightPx, sizes }) => ({
    title: `This model makes no clips of ${widthPx} × ${heightPx} pixels.`,
    action: `Choose one of these sizes: ${sentence(sizes)}`,
  }),
  'catalogue-invalid': ({ url, place, value, expected }) => ({
    title: 'The list of models on this site is broken.',
    action: `Tell whoever runs the site: in ${url}, ${place} is ${value}; expected: ${sentence(expected)}`,
  }),
  'pack-format': ({ url, found, supported }) => ({
    title: 'The model is packed in a format that this version cannot read.',
    action: `Load the newest version, or build the pack again: ${url} has format ${found}, this version reads ${supported}.`,
  }),
  'pack-invalid': ({ url, place, value, expected }) => ({
    title: 'The description of the model is broken.',
    action: `Build the pack again: in ${url}, ${place} is ${value}; expected: ${sentence(expected)}`,
  }),
  'pack-unreachable': ({ url, reason }) => ({
    title: 'The description of the model could not be loaded.',
    action: `Check the connection, then try again. ${url}: ${sentence(reason)}`,
  }),
  'shard-unreachable': ({ url, reason, attemptCount }) => ({
    title: 'The download stopped.',
    action: `Check the connection, then try again; what has arrived is kept. ${attempts(attemptCount)} for ${fileName(url)}: ${sentence(reason)}`,
  }),
  'shard-corrupt': ({ url, attemptCount }) => ({
    title: 'A part of the model arrives damaged.',
    action: `Try another network, or again later; something on the way may be changing files. ${attempts(attemptCount)} for ${fileName(url)}; none matched its checksum.`,
  }),
  'engine-unreachable': ({ reason }) => ({
    title: 'The engine that runs the model could not be loaded.',
    action: `Check the connection, then try again. ${sentence(reason)}`,
  }),
  'webgpu-missing': (refusal) => ({
    title: 'WebGPU is not available here.',
    action: `Turn on hardware acceleration or update the browser, or use the processor instead (device wasm; in the page’s address: ?device=wasm). ${gpuRefusal(refusal)}`,
  }),
  'webgpu-wrong': ({ relativeError }) => ({
    title: 'The graphics processor gives wrong numbers.',
    action: `Update the browser or the graphics driver, or use the processor instead (device wasm; in the page’s address: ?device=wasm). A test was off by ${percent(relativeError)}.`,
  }),
  'webgpu-lost': ({ reason }) => ({
    title: 'The graphics processor stopped.',
    action: `Close other tabs and programs that use it, then try again. ${sentence(reason)}`,
  }),
  'out-of-memory': ({ step }) => ({
    title: 'There is not enough memory.',
    action: `Close other tabs and programs or choose a smaller size, then try again. It ran out during: ${sentence(step)}`,
  }),
  'graph-failed': ({ graph, reason }) => ({
    title: 'The model stopped in the middle.',
    action: `Try again; if it happens twice, report this. ${graph}: ${sentence(reason)}`,
  }),
  'encoder-missing': ({ widthPx, heightPx, tried }) => ({
    title: `This browser cannot write a video of ${widthPx} × ${heightPx} pixels.`,
    action: `Use a current Chrome, Edge, Firefox or Safari. Tried: ${sentence(tried)}`,
  }),
  'encoder-failed': ({ codec, reason }) => ({
    title: 'The video could not be written.',
    action: `Try again; if it happens twice, use another browser. ${codec}: ${sentence(reason)}`,
  }),
  'worker-died': ({ worker, cause, detail }) => ({
    title: `The ${worker} worker ended in the middle of its work.`,
    action: {
      'not-loaded': 'Its script could not be loaded: check the connection, then reload the page.',
      threw: `Try again; if it happens twice, report this: ${sentence(detail)}`,
      stopped:
        'This is most often a lack of memory: close other tabs and programs, then try again.',
    }[cause],
  }),
  'call-misused': ({ call, state, expected }) => ({
    title: 'The studio made a mistake of its own.',
    action: `Try again, and please report this: ${call} came while ${state}; expected: ${sentence(expected)}`,
  }),
  cancelled: () => ({
    title: 'Cancelled.',
    action: 'Nothing half-made is kept; start again whenever you like.',
  }),
  unexpected: ({ reason }) => ({
    title: 'Something went wrong that nobody foresaw.',
    action: `Try again; if it happens twice, report this: ${sentence(reason)}`,
  }),
};

/** The words for a failure. */
export function errorMessage(failure: Failure): ErrorMessage {
  // TypeScript cannot see that the code picks the function that takes these facts.
  const write = ERRORS[failure.code] as (facts: Failure['facts']) => ErrorMessage;
  return write(failure.facts);
}

/** The words for something worth knowing while a job goes on. */
export function noticeMessage(notice: Notice): string {
  switch (notice.code) {
    case 'device':
      return deviceMessage(notice.facts);
    case 'kept-in-memory':
      return `${
        notice.facts.reason === 'full'
          ? 'The storage of this browser is full'
          : 'This browser does not let pages store files'
      }, so the model (${byteLengthText(notice.facts.byteLength)}) stays in memory and comes down again next time.`;
    case 'waiting-for-other-tab':
      return 'Another tab is downloading the model; this one waits and shares the result.';
    case 'prompt-cut':
      return `The model reads the first ${count(notice.facts.maxTokenCount)} pieces of words; yours has ${count(notice.facts.tokenCount)}. Nothing after “${notice.facts.lastWord}” counts.`;
    case 'codec-uncommon':
      return `The video is in ${notice.facts.codec}, which some players cannot show; a browser can.`;
  }
}

function deviceMessage(device: DeviceFacts): string {
  if (device.kind === 'webgpu')
    return `Running on the graphics processor${device.adapter === '' ? '' : ` (${device.adapter})`}.`;
  const { threadCount, refusal } = device;
  const threads = threadCount === 1 ? 'one thread' : `${count(threadCount)} threads`;
  return `Running on the processor with ${threads}, which is slower than a graphics processor. ${gpuRefusal(refusal)}`;
}

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => 'It was asked for.',
  'no-webgpu': () => 'This browser has no WebGPU, or the page was not loaded over https.',
  'no-adapter': () => 'The browser offers no graphics processor.',
  'software-adapter': (name) => `The only graphics processor here is a program (${name}).`,
  'missing-features': (names) => `The graphics processor lacks ${names}.`,
  'small-buffers': (byteLength) =>
    `The graphics processor takes at most ${byteLengthText(Number(byteLength))} at once, and the model needs more.`,
  'no-device': (reason) => `The graphics processor did not start: ${sentence(reason)}`,
  'wrong-results': () => 'The graphics processor gave wrong numbers in a test.',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

const STAGE_LABELS: Record<Stage, string> = {
  obtain: 'Obtaining the model',
  tokenize: 'Tokenizing the prompt',
  'encode-text': 'Encoding the text',
  denoise: 'Denoising',
  decode: 'Decoding',
  upscale: 'Upscaling',
  encode: 'Encoding the video',
  mux: 'Muxing the MP4',
};

/** What a stage is doing. */
export function stageLabel(stage: Stage): string {
  return STAGE_LABELS[stage];
}

/**
 * Where a stage stands; empty for stages of one unit.
 * @param done finished units: the step in hand is the one after them
 */
export function stageStep(stage: Stage, done: number, total: number): string {
  if (stage === 'obtain') return `${byteCount(done, total)} of ${byteLengthText(total)}`;
  if (total <= 1) return '';
  const unit = stage === 'denoise' ? 'step' : 'frame';
  return `${unit} ${count(Math.min(done + 1, total))} of ${count(total)}`;
}

/** Stage and step in one line. */
export function stageLine(stage: Stage, done: number, total: number): string {
  const step = stageStep(stage, done, total);
  return step === '' ? stageLabel(stage) : `${stageLabel(stage)} — ${step}`;
}

/** Time left, said no more exactly than it is known. */
export function timeLeft(seconds: number, part: 'job' | 'stage'): string {
  return `about ${durationText(seconds)} left${part === 'stage' ? ' in this stage' : ''}`;
}

function durationText(seconds: number): string {
  if (seconds < 59.5) return unit(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
  return unit(Math.round(seconds / 3600), 'hour');
}

/** A byte count in the unit that suits it, decimal as in download managers. */
export function byteLengthText(byteLength: number): string {
  const { divisor, ...format } = byteUnit(byteLength);
  return new Intl.NumberFormat(LOCALE, { style: 'unit', ...format }).format(byteLength / divisor);
}

/** The bare number in the unit of another byte count, for “17.3 of 42.7 MB”. */
function byteCount(byteLength: number, sameUnitAs: number): string {
  const { divisor, maximumFractionDigits } = byteUnit(sameUnitAs);
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits }).format(byteLength / divisor);
}

function byteUnit(byteLength: number) {
  return byteLength < 999_500
    ? { divisor: 1e3, unit: 'kilobyte', maximumFractionDigits: 0 }
    : { divisor: 1e6, unit: 'megabyte', maximumFractionDigits: 1 };
}

/** A file name for a clip: the beginning of its prompt and its seed. */
export function clipFileName({ prompt, seed }: Pick<ClipRequest, 'prompt' | 'seed'>): string {
  const words =
    prompt
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length >= MAX_FILE_NAME_LENGTH) break;
    name += `${word}-`;
  }
  return `${name === '' ? 'clip-' : name}${seed}.mp4`;
}

/** What the page says about a download before a byte of it is fetched. */
export function consentText(download: {
  missingByteLength: number;
  engineByteLength: number;
  keptByteLength: number;
}): { what: string; where: string; accept: string } {
  const { missingByteLength, engineByteLength, keptByteLength } = download;
  const total = byteLengthText(missingByteLength + engineByteLength);
  const engine =
    engineByteLength > 0
      ? ` and the engine that runs it (${byteLengthText(engineByteLength)})`
      : '';
  const kept =
    keptByteLength > 0 ? ` Another ${byteLengthText(keptByteLength)} is already here.` : '';
  return {
    what: `${total} comes down once: the model (${byteLengthText(missingByteLength)})${engine}.${kept}`,
    where:
      'The model stays on this device until you choose “Remove model” at the foot of the page; the engine stays in the browser’s cache. The next clip starts without a download.',
    accept: `Download ${total}`,
  };
}

/** Words of the page that hold no facts. */
export const labels = {
  title: 'Zoetrope',
  tagline: 'Type a sentence, watch it move.',
  privacy: 'Clips are made in this tab. Your words stay on this device.',
  prompt: 'What happens?',
  promptPlaceholder: 'a panda dances in the snow',
  examples: 'Examples',
  seed: 'Seed',
  seedHint: 'The same words and seed give the same clip.',
  newSeed: 'New seed',
  more: 'More',
  stepCount: 'Steps',
  stepCountHint: 'More are finer and slower.',
  guidance: 'Guidance',
  guidanceHint: 'Higher follows the words harder.',
  size: 'Size',
  words: 'What the model knows',
  cast: 'Cast',
  actions: 'Actions',
  places: 'Places',
  times: 'Times',
  weathers: 'Weather',
  cameras: 'Camera',
  model: 'Model',
  generate: 'Generate',
  generateKey: 'Ctrl + Enter',
  generateKeyMac: '⌘ Enter',
  cancel: 'Cancel',
  cancelKey: 'Esc',
  cancelling: 'Cancelling…',
  consentTitle: 'One download first',
  consentSaveData: 'This device asks to save data.',
  consentDecline: 'Not now',
  progress: 'Progress',
  preparing: 'Getting ready',
  pause: 'Pause',
  play: 'Play',
  save: 'Save MP4',
  removeModel: 'Remove model',
  notices: 'Good to know',
  firstLight: 'A clip that this model made',
  statusCancelled: 'Cancelled. Nothing half-made is kept.',
  statusDone: 'The clip is finished.',
  statusRemoved: 'The model is removed from this browser.',
} as const;

/** The line beside “Remove model”. */
export function storedText(byteLength: number): string {
  return `The model takes ${byteLengthText(byteLength)} in this browser.`;
}

/** How a clip is announced to people who do not see it. */
export function clipLabel(prompt: string): string {
  return `Clip: ${prompt}`;
}

/** A model's title with its licences. */
export function modelText(title: string, licences: readonly string[]): string {
  return `${title} (${[...new Set(licences)].join(', ')})`;
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: 'The prompt',
  seed: 'The seed',
  stepCount: 'The number of steps',
  guidance: 'The guidance',
  widthPx: 'The width',
  heightPx: 'The height',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `“${place}”`;
}

/** The end of an address; shards are named by 64 digits, of which a few tell them apart. */
function fileName(url: string): string {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return name.length > 24 ? `${name.slice(0, 12)}…` : name;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function count(value: number): string {
  return new Intl.NumberFormat(LOCALE).format(value);
}

function percent(fraction: number): string {
  return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumSignificantDigits: 2 }).format(
    fraction,
  );
}

function unit(value: number, name: 'second' | 'minute' | 'hour'): string {
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    value,
  );
}

function attempts(attemptCount: number): string {
  return attemptCount === 1 ? 'One attempt' : `${count(attemptCount)} attempts`;
}
