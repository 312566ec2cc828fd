// English: every sentence that a person reads on the page and, where both say the same, on the command line.
// Free of DOM and Svelte, so Node can import it.
import type { FilmFormat } from '../../core/clip.ts';
import type { Capability, CapabilityFacts, Verdict } from '../../core/capability.ts';
import { isH264 } from '../../core/codec-candidates.ts';
import type { GpuRefusal } from '../../core/device.ts';
import type {
  AskedConditioning,
  ErrorCode,
  ErrorFacts,
  LinkFault,
  PictureFault,
} from '../../core/errors.ts';
import type { Notice, Stage } from '../../core/event.ts';
import type { Expectation } from '../../core/expectation.ts';
import type { Transition } from '../../core/film.ts';
import { fileName, formatsOf, sentence } from './formats.ts';

const formats = formatsOf('en');
const { bytes, clock: clockText, count, duration, percent, plain } = formats;

/** What went wrong, and what to do about it. */
export interface ErrorMessage {
  title: string;
  action: string;
}

/** What a person chooses a model by. */
export interface ModelAbilities {
  sizes: readonly { shape: string; widthPx: number; heightPx: number }[];
  /** Of what it makes in one go. */
  windowSeconds: number;
  /** Whether films go on beyond that. */
  continues: boolean;
  startPictures: boolean;
  endPictures: boolean;
  guides: boolean;
}

/** A sentence for each code, from the facts of the case. */
export type ErrorMessages = { [C in ErrorCode]: (facts: ErrorFacts[C]) => ErrorMessage };
export type NoticeMessages = {
  [C in Notice['code']]: (facts: Extract<Notice, { code: C }>['facts']) => string;
};

const errors: ErrorMessages = {
  'prompt-empty': ({ row }) => ({
    title: row === undefined ? 'There is no prompt yet.' : `Shot ${row} has no prompt yet.`,
    action: 'Write what should happen, for instance “a panda dances in the snow”.',
  }),
  'prompt-too-long': ({ row, place, characterCount, maxCharacterCount }) => ({
    title: `${fieldName(place)}${ofShot(row)} has ${count(characterCount)} characters; ${count(maxCharacterCount)} is the most.`,
    action: `Leave out ${count(characterCount - maxCharacterCount)} or more. One short sentence works best.`,
  }),
  'request-invalid': ({ row, place, value, expected }) => ({
    title: `${fieldName(place)}${ofShot(row)} ${refused(value)}.`,
    action: `Expected: ${expectation(expected)}.`,
  }),
  'conditioning-missing': ({ row, asked }) => ({
    title: `This model cannot ${ASKED[asked].what}.`,
    action: `${ASKED[asked].instead}${row === undefined ? '' : ` (in shot ${row})`}, or use another model.`,
  }),
  'picture-unusable': ({ cause, detail }) => PICTURE_FAULTS[cause](detail),
  'film-version': ({ found, supported }) => ({
    title: 'This film was saved by another version of Zoetrope.',
    action: `Load the newest version of this page, or save the film again: it has version ${found}, this page reads ${supported}.`,
  }),
  'film-unreadable': ({ name, reason }) => ({
    title: `There is no film to be read in ${name}.`,
    action: `Open a film that was saved as JSON, or an MP4 that was saved with its prompts. ${sentence(reason ?? 'No film was written into this file')}`,
  }),
  'link-unusable': ({ cause }) => LINK_FAULTS[cause],
  'link-refused': () => ({
    title: 'This link asks for a film that cannot be made here.',
    action: 'It may come from another version of this page.',
  }),
  'link-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: 'This film is too long for a link.',
    action: `Choose “Save film” and send the file: a link of ${count(characterCount)} characters gets lost, ${count(maxCharacterCount)} is the most.`,
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
  'offline-without-model': ({ missingByteLength }) => ({
    title: 'The model is not on this device yet, and there is no network.',
    action: `Connect for a download of ${bytes(missingByteLength)}; after that no network is needed.`,
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
  'unfinished-lost': () => ({
    title: 'The unfinished film can no longer be kept.',
    action:
      'The browser needed the room, or an update of it can no longer use what was there. Make the film again.',
  }),
  'clip-missing': ({ name }) => ({
    title: `The clip “${name}” is no longer here.`,
    action:
      'Another tab has deleted it, or the browser needed the room. Its settings make it again.',
  }),
  'clip-unreadable': ({ reason }) => ({
    title: 'This clip cannot be read here.',
    action: `Save the MP4 and open it in another program. ${sentence(reason)}`,
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
  'language-unreachable': ({ name, reason }) => ({
    title: `The words in ${name} could not be loaded.`,
    action: `Check the connection, then choose the language again. ${sentence(reason)}`,
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

const ASKED: Record<AskedConditioning, { what: string; instead: string }> = {
  length: { what: 'make a film longer than one window', instead: 'Ask for a shorter film' },
  continue: { what: 'go on from an earlier shot', instead: 'Begin the shot with a cut' },
  startPicture: { what: 'begin with a picture', instead: 'Take the first picture away' },
  endPicture: { what: 'end on a picture', instead: 'Take the last picture away' },
  loop: { what: 'make a film that ends where it begins', instead: 'Leave the loop out' },
  retake: { what: 'retake a part of a film', instead: 'Make the whole shot again' },
};

const LINK_FAULTS: Record<LinkFault, ErrorMessage> = {
  damaged: {
    title: 'This link is damaged.',
    action: 'Copy it again, whole: a part of it may have been lost on the way.',
  },
  'not-ours': {
    title: 'This link was not made by this page.',
    action: 'Nothing of it was taken over. Ask for the film as a file.',
  },
};

const PICTURE_FAULTS: Record<PictureFault, (detail: string) => ErrorMessage> = {
  'not-a-picture': (detail) => ({
    title: 'This file is not a picture that the browser can read.',
    action: `Take a PNG, JPEG or WebP file. It says: ${sentence(detail)}`,
  }),
  'too-large': (detail) => ({
    title: 'This picture is too large.',
    action: `Make it smaller, at most 8192 pixels a side. It has: ${sentence(detail)}`,
  }),
  animated: (detail) => ({
    title: 'This picture moves.',
    action: `Take one that stands still: the film brings the movement. It is: ${sentence(detail)}`,
  }),
};

const notices: NoticeMessages = {
  device(facts) {
    if (facts.kind === 'webgpu') {
      return `Running on the graphics processor${facts.adapter === '' ? '' : ` (${facts.adapter})`}.`;
    }
    const { threadCount, refusal } = facts;
    const threads = threadCount === 1 ? 'one thread' : `${count(threadCount)} threads`;
    return `Running on the processor with ${threads}, which is slower than a graphics processor. ${gpuRefusal(refusal)}`;
  },
  'kept-in-memory'({ reason, byteLength }) {
    const why =
      reason === 'full'
        ? 'The storage of this browser is full'
        : 'This browser does not let pages store files';
    return `${why}, so the model (${bytes(byteLength)}) stays in memory and comes down again next time.`;
  },
  'waiting-for-other-tab': () =>
    'The model is already being downloaded, here or in another tab; this film waits for it.',
  'prompt-cut': ({ tokenCount, maxTokenCount, lastWord }) =>
    `The model reads the first ${count(maxTokenCount)} pieces of words; yours has ${count(tokenCount)}. Nothing after “${lastWord}” counts.`,
  'codec-uncommon': ({ codec }) =>
    `The video is in ${codec}, which some players cannot show; a browser can.`,
};

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => 'It was asked for.',
  'no-webgpu': () => 'This browser has no WebGPU, or the page was not loaded over https.',
  'no-adapter': () => 'The browser offers no graphics processor.',
  'software-adapter': (name) => `The only graphics processor here is a program (${name}).`,
  'missing-features': (names) => `The graphics processor lacks ${names}.`,
  'small-buffers': (byteLength) =>
    `The graphics processor takes at most ${bytes(Number(byteLength))} at once, and the model needs more.`,
  'no-device': (reason) => `The graphics processor did not start: ${sentence(reason)}`,
  'wrong-results': () => 'The graphics processor gave wrong numbers in a test.',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

function refused(value: string | undefined): string {
  if (value === undefined) return 'does not fit here';
  return `cannot be ${value === '""' ? 'empty' : value}`;
}

function expectation(it: Expectation): string {
  switch (it.kind) {
    case 'whole-number':
      return `a whole number from ${plain(it.min)} to ${plain(it.max)}`;
    case 'number':
      return `a number from ${plain(it.min)} to ${plain(it.max)}`;
    case 'text':
      return 'text';
    case 'true-or-false':
      return 'true or false';
    case 'list':
      return `a list of at most ${plain(it.maxCount)}`;
    case 'png':
      return 'a PNG picture as a data URL';
    case 'film':
      return 'an object with a prompt or rows';
    case 'row':
      return 'an object with a prompt';
    case 'retakes':
      return 'an object with startSeconds, endSeconds and seed';
    case 'rows':
      return `a list of 1 to ${plain(it.maxCount)} rows`;
    case 'one-of':
      return it.names.join(', ');
    case 'known-field':
      return `no such field; known: ${it.names.join(', ')}`;
    case 'film-size':
      return `${it.widthPx}x${it.heightPx}, the size of the film`;
    case 'seconds-in-all':
      return `at most ${plain(it.maxSeconds)} seconds in all`;
    case 'row-to-fade':
      return `cut or continue, for rows beside a cross-fade last ${formats.seconds(it.minSeconds)} or more`;
    case 'row-to-arrive':
      return `none, or a row of ${formats.seconds(it.minSeconds)} or more to arrive at it`;
    case 'end-of-row':
      return 'a number: only the last row can be endless';
    case 'no-end':
      return 'nothing: this row has no end';
    case 'cut-before-picture':
      return 'none, for this row goes on from the one before; make it a cut';
    case 'own-end-of-film':
      return 'false, for its last row has no end or ends on another picture';
    case 'start-before-end':
      return 'less than endSeconds, and inside the row';
    case 'guidance-of-one':
      return '1: this model follows its prompt without guidance';
    case 'guidance-to-avoid':
      return 'nothing: it works by guidance, which is 1 here';
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: 'The prompt',
  camera: 'The camera',
  seconds: 'The length',
  transition: 'The transition',
  startPicture: 'The first picture',
  endPicture: 'The last picture',
  retakes: 'The retakes',
  seed: 'The seed',
  stepCount: 'The number of steps',
  guidance: 'The guidance',
  negativePrompt: 'What to keep away from',
  loops: 'The loop',
  rows: 'The storyboard',
  widthPx: 'The width',
  heightPx: 'The height',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `“${place}”`;
}

function ofShot(row: number | undefined): string {
  return row === undefined ? '' : ` of shot ${row}`;
}

function attempts(attemptCount: number): string {
  return attemptCount === 1 ? 'One attempt' : `${count(attemptCount)} attempts`;
}

const stages: Record<Stage, string> = {
  obtain: 'Obtaining the model',
  tokenize: 'Tokenizing the prompt',
  'encode-text': 'Encoding the text',
  denoise: 'Denoising',
  decode: 'Decoding',
  upscale: 'Upscaling',
  encode: 'Encoding the video',
  mux: 'Muxing the MP4',
};

const transitions: Record<Transition, string> = {
  continue: 'Goes on',
  cut: 'Cut',
  'cross-fade': 'Cross-fade',
};

const checks: Record<Capability, { name: string; says: (facts: CapabilityFacts) => string }> = {
  gpu: {
    name: 'Graphics processor (WebGPU)',
    says: ({ gpu, refusal }) =>
      refusal
        ? `${gpuRefusal(refusal)} The processor makes the clips instead, which takes longer. Turn on hardware acceleration in the settings of the browser, or try a current Chrome, Edge or Safari.`
        : `Clips are made on the graphics processor${gpu?.label ? ` (${gpu.label})` : ''}.`,
  },
  f16: {
    name: 'Half-size numbers (f16)',
    says: ({ gpu }) => {
      if (!gpu) return 'Without a graphics processor they do not matter.';
      return gpu.hasF16
        ? 'The graphics processor can reckon with them: larger models take half the room.'
        : 'The graphics processor cannot reckon with them. The model here does without; larger ones take more room and time.';
    },
  },
  codec: {
    name: 'Writing videos (WebCodecs)',
    says: ({ codec }) => {
      if (codec === undefined) return 'Use a current Chrome, Edge, Firefox or Safari.';
      return isH264(codec)
        ? 'Videos are written in H.264, which plays everywhere.'
        : `Videos are written in ${codec}, which some players cannot show; a browser can.`;
    },
  },
  storage: {
    name: 'Storage',
    says: ({ storage: { refusal, isPersisted, usageByteLength } }) => {
      if (refusal === 'full')
        return 'The storage of this browser is full. Clips can be made, but the model comes down again at every visit; deleting something makes room.';
      if (refusal === 'denied')
        return 'This browser does not let pages store files, as in some private windows. Clips can be made, but the model comes down again at every visit.';
      const now =
        usageByteLength === undefined
          ? ''
          : ` It keeps ${bytes(usageByteLength)} for this site now.`;
      return isPersisted
        ? `The model can stay in this browser until you remove it.${now}`
        : `The model can stay in this browser, which may clear it by itself when room gets scarce.${now}`;
    },
  },
  isolation: {
    name: 'Isolated page',
    says: ({ isIsolated, threadCount }) => {
      if (!isIsolated)
        return 'This page is not kept apart from others, so the browser gives it one thread only. That matters where the processor makes the clips. Reloading the page once may help.';
      return threadCount > 1
        ? `The processor can work with ${count(threadCount)} threads.`
        : 'The processor has one core, and so one thread to work with.';
    },
  },
};

/** How text runs. */
export type Direction = 'ltr' | 'rtl';

/** The words of this language. */
export const en = {
  direction: 'ltr' as Direction,
  formats,
  errors,
  notices,
  stages,
  transitions,

  title: 'Zoetrope',
  tagline: 'Type a sentence, watch it move.',
  privacy: 'Clips are made in this tab. Your words stay on this device.',
  language: 'Language',
  /** Said beside the prompt in languages that the model does not read; empty in English. */
  promptLanguage: '',
  screensTitle: 'Screens',
  screens: { studio: 'Studio', library: 'Library', models: 'Models' },
  prompt: 'What happens?',
  promptPlaceholder: 'a panda dances in the snow',
  examples: 'Examples',
  seconds: 'Length',
  secondsNumber: 'Length in seconds',
  secondsUnit: 's',
  endless: 'Keep going',
  shape: 'Shape',
  pictures: 'Pictures',
  startPicture: 'First picture',
  endPicture: 'Last picture',
  pickPicture: 'Pick, drop or paste',
  addShot: 'Add a shot',
  storyboard: 'Storyboard',
  transition: 'Follows',
  dragShot: 'Drag to another place',
  seed: 'Seed',
  seedFree: 'Every clip gets a new seed. Lock it to keep this one.',
  seedLocked: 'The same words and seed give the same clip.',
  lockSeed: 'Lock the seed',
  variations: 'Four variations',
  openFilm: 'Open film',
  more: 'More',
  stepCount: 'Steps',
  stepCountHint: 'More are finer and slower.',
  guidance: 'Guidance',
  guidanceHint: 'Higher follows the words harder.',
  negativePrompt: 'Without',
  negativePromptHint: 'What the film should keep away from.',
  loops: 'End where it begins (loop)',
  storesFilm: 'Write the prompts into the MP4, so that it can be opened here again',
  model: 'Model',
  generate: 'Generate',
  generateKey: 'Ctrl + Enter',
  generateKeyMac: '⌘ Enter',
  cancel: 'Cancel',
  stop: 'Stop',
  cancelKey: 'Esc',
  cancelling: 'Cancelling…',
  stopping: 'Stopping…',
  consentTitle: 'One download first',
  consentSaveData: 'This device asks to save data.',
  consentDecline: 'Not now',
  progress: 'Progress',
  preparing: 'Getting ready',
  pause: 'Pause',
  play: 'Play',
  save: 'Save MP4',
  actionsTitle: 'With this clip',
  loop: 'Loop',
  unloop: 'Stop looping',
  retakePart: 'Retake a part',
  retakeFrom: 'From',
  retakeTo: 'To',
  retake: 'Retake',
  retakeHint: 'The rest stays as it is.',
  useSettings: 'Use these settings',
  saveFilm: 'Save film',
  steer: 'And now?',
  steerHint: 'what happens next',
  steerButton: 'Change',
  steerTooLate: 'Too late: the last part is being made.',
  unfinished: 'Unfinished film',
  unfinishedKeep: 'Keep it',
  unfinishedDrop: 'Discard',
  variationsTitle: 'Variations',
  variationsHint: 'Choose one to go on with it. Only that one is kept.',
  goodToKnow: 'Good to know',
  firstLight: 'A clip that this model made',
  statusCancelled: 'Cancelled. Nothing half-made is kept.',
  statusDone: 'The clip is finished.',
  statusStopped: 'Stopped. What was made is kept.',
  statusOpened: 'The film is opened.',

  // First visit
  about:
    'Zoetrope turns a sentence into a short moving picture. The model runs in this tab, on your own device.',
  /** Said before anything is asked for, under the button that asks. */
  firstDownload: (download: { missingByteLength: number; engineByteLength: number }) =>
    `The first clip brings ${bytes(download.missingByteLength + download.engineByteLength)} down once. The model then stays in this browser until you remove it under “Models”.`,
  consentCellular: 'This device is on a mobile network, which may charge for it.',
  checkTitle: 'Will it run here?',
  checking: 'Looking at what this browser can do…',
  checkOverall: {
    pass: 'Yes.',
    slow: 'Yes, but slowly: without a graphics processor.',
    missing: 'No: this browser cannot write videos.',
  } satisfies Record<Verdict, string>,
  checkVerdicts: { pass: 'good', slow: 'slow', missing: 'missing' } satisfies Record<
    Verdict,
    string
  >,
  checks,
  copyReport: 'Copy report',
  reportHolds: 'What stands here, with the names of your browser and graphics processor.',
  reportCopied: 'The report is copied.',
  reportToCopy: 'Copy this report:',

  // Prompting
  understood: 'Understood:',
  surprise: 'Surprise me',
  wordsButton: 'Words',
  wordsTitle: 'Words that the model knows',
  wordKinds: {
    cast: 'Cast',
    actions: 'Action',
    places: 'Place',
    times: 'Time',
    weathers: 'Weather',
    cameras: 'Camera',
  },
  undo: 'Undo',
  redo: 'Redo',
  statusBack: { undo: 'What stood here before is back.', redo: 'The change is back.' },
  statusTaken: 'The earlier film is in the form.',
  guide: 'How to write a prompt',
  advice: [
    'One short sentence in English: who, what they do, where. “Words” has all that the model was taught.',
    'Names, writing, large numbers and long stories do not work; a film of several shots does.',
    'Not what you meant? Generate again: another seed is another clip.',
  ],
  themes: {
    animals: 'Animals',
    tales: 'Once upon a time',
    machines: 'Machines',
    far: 'Far away',
  },
  unwatched:
    'Spelling is not checked in these boxes: some browsers send what they check to their maker.',
  history: 'Earlier prompts',
  clearHistory: 'Clear the list',
  historyCleared: 'The list is empty.',
  /** A word of a prompt, and the known one that the model takes it for. */
  alike: (word: string, known: string) => `${word} → ${known}`,
  /** Words that mean nothing to the model. */
  unknownWords: (unknown: readonly string[]) =>
    `Unknown to the model: ${unknown.join(', ')}. Choose from “Words” instead.`,
  /** Words in no list, whose meaning cannot be looked up yet. */
  openWords: (open: readonly string[]) => `Not in its list: ${open.join(', ')}.`,
  /** What stands beside the first prompt of a film that was ordered before. */
  earlier: (rowCount: number, seed: number) =>
    `${rowCount > 1 ? `${count(rowCount)} shots, ` : ''}seed ${seed}`,

  // Progress and queue
  preview: 'Preview',
  /** How a picture is announced that is still sharpening. */
  previewOf: (prompt: string) => `Preview: ${prompt}`,
  tellWhenDone: 'Tell me when it is done',
  tellRefused:
    'The browser refuses for this site. Allow notifications in its site settings, then try again.',
  /** On lock screens: without a word of the prompt. */
  toldDone: 'What you asked for is ready.',
  toldAttention: 'The work has stopped. Come and look.',
  addToQueue: 'Add to queue',
  queue: 'Queue',
  queueStart: 'Start the queue',
  stopAll: 'Stop all',
  queueStates: { making: 'being made', made: 'finished', failed: 'failed' },
  show: 'Show',
  edit: 'Edit',
  /** A film of the queue: how long it is, and from which seed. */
  queueFacts: (seconds: number, seed: number) =>
    `${seconds === Infinity ? 'until you stop it' : `${count(seconds)} s`} · seed ${seed}`,
  /** What stands behind the words of the first shot of several. */
  moreShots: (shotCount: number) =>
    `and ${count(shotCount)} more shot${shotCount === 1 ? '' : 's'}`,
  moveUp: 'Move up',
  moveDown: 'Move down',
  remove: 'Remove',
  /** What a button does with one film of several, for people who hear them one by one. */
  filmTool: (tool: string, prompt: string) => `${tool}: ${prompt}`,
  queueAdded: (number: number) => `Added to the queue, number ${number}.`,
  queueMoved: (number: number, filmCount: number) => `Now number ${number} of ${filmCount}.`,
  queueNext: (prompt: string) => `Next: ${prompt}`,
  queueEdited: 'Taken back into the form.',

  // Library
  libraryEmpty: 'Nothing is kept yet.',
  libraryEmptyHint: 'Every clip that you finish stays here until you delete it.',
  libraryEmptyPrivate: 'Private mode is on: clips that you finish are not kept.',
  libraryFirst: 'Make a clip',
  librarySearch: 'Search',
  libraryStarred: 'Starred only',
  libraryNoneFits: 'No clip fits.',
  libraryTotal: (clipCount: number, byteLength: number) =>
    `${clipCount === 1 ? 'One clip' : `${count(clipCount)} clips`}, ${bytes(byteLength)}`,
  clipFacts: ({ frameCount, framesPerSecond, widthPx, heightPx }: FilmFormat, byteLength: number) =>
    `${clockText(frameCount / framesPerSecond)} · ${widthPx} × ${heightPx} · ${bytes(byteLength)}`,
  open: 'Open',
  rename: 'Rename',
  delete: 'Delete',
  /** The names of what belongs to one clip, for people who hear them one by one. */
  clipLabels: (name: string) => ({
    play: `Play “${name}”`,
    pause: `Pause “${name}”`,
    star: `Star “${name}”`,
    more: `More with “${name}”`,
    name: `Name of “${name}”`,
  }),
  clipsDeleted: (names: readonly string[]) =>
    names.length === 1 ? `“${names[0]}” is deleted.` : `${count(names.length)} clips are deleted.`,
  dismiss: 'Dismiss',
  notKept: {
    full: 'This clip is not in the library: the storage of this browser is full. Save it now; deleting clips makes room for the next.',
    denied:
      'This clip is not in the library: this browser does not let pages store files. Save it now.',
  },
  export: 'Export',
  exportTitle: (name: string) => `Export “${name}”`,
  exportKinds: {
    mp4: { name: 'MP4', hint: 'the clip itself' },
    gif: { name: 'GIF', hint: 'plays everywhere, 256 colours a picture' },
    'png-frames': { name: 'PNG frames', hint: 'every picture, in a zip' },
    'sprite-sheet': { name: 'Sprite sheet', hint: 'all pictures on one PNG' },
    poster: { name: 'Poster', hint: 'the first picture, as a PNG' },
  },
  exporting: (name: string, fraction: number) => `${name}: ${percent(fraction)}`,
  exported: (fileName: string) => `${fileName} is in your downloads.`,
  close: 'Close',
  keptHere: 'What this browser keeps',
  privateMode: 'Private mode',
  privateModeHint:
    'No clip, no part of a film and no setting is kept, in every tab, until you turn it off. The model and what was kept before stay.',
  deleteEverything: 'Delete everything',
  deleteEverythingHint:
    'Clips, models, parts of films, settings, and what makes the page work offline.',
  deleteEverythingQuestion: 'Delete everything? It cannot be brought back.',
  keepIt: 'Keep it',
  deleteEverythingBusy: 'Deleting…',
  deleteEverythingRow: { before: 'Before', after: 'Now' },
  siteData: (itemCount: number, usageByteLength: number | undefined) =>
    `${count(itemCount)} ${itemCount === 1 ? 'item' : 'items'}${usageByteLength === undefined ? '' : `; the browser counts ${bytes(usageByteLength)}`}`,
  deleteEverythingNote:
    'A browser frees some room only later. What is on the screen goes when you close the page.',

  // Sharing
  copyLink: 'Copy link',
  linkCopied: 'The link is copied. It holds the words and settings, not the clip.',
  linkToCopy: 'Copy this link:',
  linkWithoutPictures: 'Pictures stay here; save the film to send them too.',
  shareFile: 'Share',
  fromLink: 'From a link: look at it, then press Generate.',

  // Models
  modelsHint: 'A model makes pictures of your words. It comes down once and stays on this device.',
  modelsWait: 'A film is being made. Models wait until it is done.',
  modelInUse: 'In use',
  modelUse: 'Use this model',
  modelInstall: (missingByteLength: number) => `Install ${bytes(missingByteLength)}`,
  /** Said beside `modelInstall` where the engine is not here. */
  modelEngine: (engineByteLength: number) =>
    `${bytes(engineByteLength)} of it is the engine, which all models share.`,
  modelContinue: 'Continue',
  modelVerify: 'Verify',
  modelParts: 'Parts, licences and sources',
  modelWork: {
    install: 'Downloading',
    verify: 'Checking',
    remove: 'Removing',
    use: 'Changing the model',
  },
  /** What a model can do, a line for each thing. */
  modelAbilities: ({ sizes, windowSeconds, ...offers }: ModelAbilities) => {
    const pictures = [
      ...(offers.startPictures ? ['begin with'] : []),
      ...(offers.endPictures ? ['end on'] : []),
    ];
    const window = formats.seconds(Math.round(windowSeconds * 10) / 10);
    return [
      `Makes ${sizes.map(({ shape, widthPx, heightPx }) => `${shape} (${widthPx}\u00a0×\u00a0${heightPx})`).join(', ')}`,
      offers.continues
        ? `Films of any length, made ${window} at a time`
        : `Clips of ${window}, no longer`,
      pictures.length > 0
        ? `Can ${pictures.join(' and ')} a picture of yours`
        : 'Works from words alone',
      offers.guides
        ? 'Follows the words as hard as you like, and keeps away from others'
        : 'Follows the words as hard as it was taught',
    ];
  },
  /** How much of a model is here. */
  modelState: (
    kept: { presence: string; keptByteLength: number; totalByteLength: number },
    isInterrupted: boolean,
  ) => {
    const { presence, keptByteLength, totalByteLength } = kept;
    const total = bytes(totalByteLength);
    const part = `${formats.bytesIn(keptByteLength, totalByteLength)} of ${total}`;
    if (presence === 'whole') return `On this device, ${total}`;
    if (isInterrupted) return `${part} are here: the download was interrupted.`;
    if (presence === 'partly') return `${part} are here; the rest comes when a film needs it.`;
    return keptByteLength > 0
      ? `Not on this device; it shares ${part} with a model that is.`
      : `Not on this device, ${total}`;
  },
  modelInstalled: (title: string) => `“${title}” is on this device.`,
  modelPaused: (title: string) => `Stopped. What has come of “${title}” is kept.`,
  modelCheckStopped: (title: string) =>
    `Stopped. What was found damaged in “${title}” comes down again with the next film.`,
  modelRemoved: (title: string) => `“${title}” is removed from this browser.`,
  modelRemoveQuestion: (title: string) =>
    `Remove “${title}”? Your finished clips stay; the model would have to come down again.`,
  modelUsed: (title: string) => `Films are made with “${title}” from now on.`,
  modelVerified: (title: string, checkedCount: number, mendedCount: number) => {
    const checked = `${checkedCount === 1 ? 'One part' : `${count(checkedCount)} parts`} of “${title}” ${checkedCount === 1 ? 'was' : 'were'} checked`;
    return mendedCount === 0
      ? `${checked}: nothing is damaged.`
      : `${checked}: ${mendedCount === 1 ? 'one was damaged and came' : `${count(mendedCount)} were damaged and came`} down again.`;
  },
  persistence: 'Will it stay?',
  persisted: 'This browser promises to keep models and clips until you delete them.',
  notPersisted: 'This browser may clear models and clips away when the device runs out of room.',
  persist: 'Ask the browser to keep them',
  persistRefused:
    'The browser does not promise it yet. It may later, if you come back often or bookmark this page.',

  // Offline
  updateReady: 'A new version is ready.',
  updateOtherTabs: 'A new version is ready. Close the other tabs of this page first.',
  shieldReady: 'Reloaded, this page is faster and cannot send anything elsewhere.',
  reload: 'Reload',
  install: 'Install',

  /** The step in hand: the unit that is being worked on, of how many; of a stage without end no total is known. */
  stepOf: (stage: Stage, number: string, total: string | undefined) => {
    const unit = stage === 'denoise' ? 'step' : 'frame';
    return total === undefined ? `${unit} ${number}` : `${unit} ${number} of ${total}`;
  },
  bytesOf: (done: string, total: string) => `${done} of ${total}`,
  timeLeft: (seconds: number, part: 'job' | 'stage') =>
    `about ${duration(seconds)} left${part === 'stage' ? ' in this stage' : ''}`,
  /** What the page says about a download before a byte of it is fetched. */
  consent(download: {
    missingByteLength: number;
    engineByteLength: number;
    keptByteLength: number;
  }): { what: string; where: string; accept: string } {
    const { missingByteLength, engineByteLength, keptByteLength } = download;
    const total = bytes(missingByteLength + engineByteLength);
    const engine =
      engineByteLength > 0 ? ` and the engine that runs it (${bytes(engineByteLength)})` : '';
    const kept = keptByteLength > 0 ? ` Another ${bytes(keptByteLength)} is already here.` : '';
    return {
      what: `${total} comes down once: the model (${bytes(missingByteLength)})${engine}.${kept}`,
      where:
        'The model stays on this device until you remove it under “Models”; the engine stays in the browser’s cache. The next clip starts without a download.',
      accept: `Download ${total}`,
    };
  },

  /** A shot of a storyboard by its number, from 1 on. */
  shot: (number: number) => `Shot ${number}`,
  /** The names of what belongs to one shot of a storyboard, for people who hear them one by one. */
  shotLabels: (number: number) => ({
    prompt: `What happens in shot ${number}?`,
    moveUp: `Move shot ${number} up`,
    moveDown: `Move shot ${number} down`,
    remove: `Remove shot ${number}`,
    retake: `Retake shot ${number}`,
  }),
  /** Said when a shot has come to another place. */
  moved: (number: number, shotCount: number) => `Now shot ${number} of ${shotCount}.`,
  /** How long a film is planned to be. */
  filmLength: (seconds: number) =>
    seconds === Infinity ? 'until you stop it' : `${clockText(seconds)} in all`,
  /** How much of a film without end there is. */
  soFar: (seconds: number) => `${clockText(seconds)} so far`,
  /** From where on other words count. */
  steered: (atSeconds: number, prompt: string) =>
    `From ${clockText(atSeconds, true)} on: ${prompt}`,
  /** What was left behind by a page that closed. */
  unfinishedFilm: (seconds: number) =>
    `A film was being made when this page closed: ${seconds < 1 ? 'less than a second' : formats.seconds(Math.round(seconds))} of it ${seconds < 1.5 ? 'is' : 'are'} kept.`,
  /** A button that makes a clip longer. */
  extend: (seconds: number) => `Extend ${seconds} s`,
  /** One of several clips of the same words. */
  variation: (number: number, seed: number) => `Variation ${number}, seed ${seed}`,
  /** One of several clips that is not there yet. */
  variationPending: (number: number) => `Variation ${number}, not made yet`,
  /** Where several clips stand. */
  variationLine: (number: number, variationCount: number, line: string) =>
    `${number} of ${variationCount} · ${line}`,
  /** A picture slot that is filled. */
  removePicture: (slot: string) => `Remove ${slot.toLowerCase()}`,
  /** The way to the models, at the foot of the page. */
  stored: (byteLength: number) => `${bytes(byteLength)} of models and films on this device`,
  /** How a clip is announced to people who do not see it. */
  clip: (prompt: string) => `Clip: ${prompt}`,
};

/** What every language says. */
export type Messages = typeof en;
