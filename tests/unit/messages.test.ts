// What people read: every failure and notice has a finished sentence, and numbers read as numbers.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { CAPABILITIES } from '../../src/core/capability.ts';
import type { Capability, CapabilityFacts } from '../../src/core/capability.ts';
import type { GpuRefusal } from '../../src/core/device.ts';
import type { ErrorCode, Failure } from '../../src/core/errors.ts';
import { STAGES } from '../../src/core/event.ts';
import type { Notice } from '../../src/core/event.ts';
import type { Expectation } from '../../src/core/expectation.ts';
import { clipFileName, filmFileName } from '../../src/core/file-name.ts';
import {
  errorMessage,
  noticeMessage,
  speak,
  stageLine,
  stageStep,
  words,
} from '../../src/ui/messages.ts';
import type { Messages } from '../../src/ui/messages.ts';
import { ar } from '../../src/ui/messages/ar.ts';
import { de } from '../../src/ui/messages/de.ts';
import { en } from '../../src/ui/messages/en.ts';
import { es } from '../../src/ui/messages/es.ts';
import type { Formats } from '../../src/ui/messages/formats.ts';
import { zh } from '../../src/ui/messages/zh.ts';

const url = 'https://zoetrope.example/packs/little/pack.json';
const shard = `https://zoetrope.example/packs/little/${'9f86d081'.repeat(8)}`;

/** One failure of each kind; a code that is missing here does not compile. */
const failures: { [C in ErrorCode]: Extract<Failure, { code: C }>['facts'] } = {
  'prompt-empty': { row: undefined },
  'prompt-too-long': {
    row: undefined,
    place: 'prompt',
    characterCount: 10_000,
    maxCharacterCount: 1000,
  },
  'request-invalid': {
    row: 3,
    place: 'seed',
    value: 'NaN',
    expected: { kind: 'whole-number', min: 0, max: 10 },
  },
  'conditioning-missing': { row: 2, asked: 'endPicture' },
  'picture-unusable': { cause: 'too-large', detail: '9000 × 20' },
  'film-version': { found: '1', supported: 2 },
  'film-unreadable': { name: 'notes.json', reason: 'SyntaxError: unexpected token' },
  'link-unusable': { cause: 'damaged' },
  'link-refused': { refusal: { code: 'prompt-empty', facts: { row: 2 } } },
  'link-too-long': { characterCount: 20_000, maxCharacterCount: 16_000 },
  'size-unavailable': { widthPx: 100, heightPx: 90, sizes: '128x128, 192x128' },
  'catalogue-invalid': { url, place: 'packs', value: '[]', expected: '>=1' },
  'pack-format': { url, found: '7', supported: 1 },
  'pack-invalid': { url, place: 'sizes.0.widthPx', value: '12', expected: 'a multiple of 16' },
  'pack-unreachable': { url, reason: 'HTTP 404' },
  'offline-without-model': { missingByteLength: 42_700_000 },
  'shard-unreachable': { url: shard, reason: 'HTTP 503', attemptCount: 3 },
  'shard-corrupt': { url: shard, expected: 'a1', found: 'b2', attemptCount: 1 },
  'engine-unreachable': { reason: 'HTTP 404' },
  'webgpu-missing': { cause: 'no-adapter', detail: '' },
  'webgpu-wrong': { relativeError: 0.5 },
  'webgpu-lost': { reason: 'device reset.' },
  'out-of-memory': { step: 'decode' },
  'graph-failed': { graph: 'denoise', reason: 'shape mismatch' },
  'encoder-missing': { widthPx: 128, heightPx: 128, tried: 'avc1, vp09' },
  'encoder-failed': { codec: 'avc1.64000d', reason: 'closed' },
  'unfinished-lost': {},
  'clip-missing': { name: 'a fox' },
  'clip-unreadable': { reason: 'there is no video in it' },
  'worker-died': { worker: 'export', cause: 'stopped', detail: '' },
  'call-misused': { call: 'add', state: 'closed', expected: 'open' },
  'language-unreachable': { name: 'Deutsch', reason: 'TypeError: Failed to fetch' },
  cancelled: {},
  unexpected: { reason: 'TypeError: x is not a function' },
};

const codes = Object.keys(failures) as ErrorCode[];
const message = (code: ErrorCode) => errorMessage({ code, facts: failures[code] } as Failure);

/** Facts that a person needs to act: they must be readable somewhere in the message. */
const told: Partial<Record<ErrorCode, readonly string[]>> = {
  'prompt-too-long': ['10,000', '1,000', '9,000'],
  'conditioning-missing': ['end on a picture', 'shot 2'],
  'picture-unusable': ['9000 × 20'],
  'film-version': ['1', '2'],
  'film-unreadable': ['notes.json', 'unexpected token'],
  'link-refused': ['Shot 2 has no prompt yet.'],
  'link-too-long': ['20,000', '16,000'],
  'offline-without-model': ['42.7 MB'],
  'request-invalid': ['seed', 'shot 3', 'NaN', 'a whole number from 0 to 10'],
  'size-unavailable': ['100 × 90', '128x128'],
  'pack-format': [url, '7', '1'],
  'pack-invalid': [url, 'sizes.0.widthPx', '12', 'a multiple of 16'],
  'shard-unreachable': ['3 attempts', '9f86d0819f86', 'HTTP 503'],
  'shard-corrupt': ['One attempt'],
  'webgpu-wrong': ['50%'],
  'out-of-memory': ['decode'],
  'clip-missing': ['“a fox”'],
  'clip-unreadable': ['there is no video in it.'],
  unexpected: ['x is not a function'],
};

/** The same for every language, as it writes numbers. */
const toldEverywhere = ({ bytes, count, percent }: Formats): typeof told => ({
  'prompt-empty': ['a panda dances in the snow'],
  'prompt-too-long': [count(10_000), count(1000), count(9000)],
  'request-invalid': ['3', 'NaN', '0', '10'],
  'conditioning-missing': ['2'],
  'picture-unusable': ['9000 × 20'],
  'film-version': ['1', '2'],
  'film-unreadable': ['notes.json', 'unexpected token'],
  'link-refused': ['2'],
  'link-too-long': [count(20_000), count(16_000)],
  'size-unavailable': ['100 × 90', '128x128, 192x128'],
  'catalogue-invalid': [url, 'packs', '[]', '>=1'],
  'pack-format': [url, '7', '1'],
  'pack-invalid': [url, 'sizes.0.widthPx', '12', 'a multiple of 16'],
  'pack-unreachable': [url, 'HTTP 404'],
  'offline-without-model': [bytes(42_700_000)],
  'shard-unreachable': ['3', '9f86d0819f86', 'HTTP 503'],
  'engine-unreachable': ['HTTP 404'],
  'webgpu-wrong': [percent(0.5)],
  'webgpu-lost': ['device reset'],
  'out-of-memory': ['decode'],
  'graph-failed': ['denoise', 'shape mismatch'],
  'encoder-missing': ['128 × 128', 'avc1, vp09'],
  'encoder-failed': ['avc1.64000d', 'closed'],
  'clip-missing': ['a fox'],
  'clip-unreadable': ['MP4', 'there is no video in it'],
  'worker-died': ['export'],
  'call-misused': ['add', 'closed', 'open'],
  'language-unreachable': ['Deutsch', 'Failed to fetch'],
  unexpected: ['x is not a function'],
});

const linkFaults = ['damaged', 'not-ours'] as const;

const languages: Record<string, Messages> = { en, de, es, zh, ar };

afterEach(() => {
  speak(() => en);
});

describe('errorMessage', () => {
  test.each(codes)('%s: a title and something to do, both whole sentences', (code) => {
    for (const text of Object.values(message(code))) {
      // A sentence may begin with the name of a clip.
      expect(text).toMatch(/^[\p{Lu}“].*[.]$/u);
      expect(text).not.toMatch(/undefined|\[object|\.\.|\s\s/);
    }
  });

  test.each(Object.entries(told))('%s tells its facts', (code, facts) => {
    const { title, action } = message(code as ErrorCode);
    for (const fact of facts) expect(`${title} ${action}`).toContain(fact);
  });

  test('no two failures read the same', () => {
    expect(new Set(codes.map((code) => message(code).title)).size).toBe(codes.length);
  });
});

describe('errorMessage, every case', () => {
  const faults = ['not-a-picture', 'too-large', 'animated'] as const;
  const asked = ['length', 'continue', 'startPicture', 'endPicture', 'loop', 'retake'] as const;
  const messages = [
    ...faults.map((cause) =>
      errorMessage({ code: 'picture-unusable', facts: { cause, detail: 'image/gif' } }),
    ),
    ...linkFaults.map((cause) => errorMessage({ code: 'link-unusable', facts: { cause } })),
    ...asked.map((what) =>
      errorMessage({ code: 'conditioning-missing', facts: { row: undefined, asked: what } }),
    ),
  ];

  test('reads as whole sentences, no two the same', () => {
    for (const text of messages.flatMap(({ title, action }) => [title, action])) {
      expect(text).toMatch(/^\p{Lu}.*[.]$/u);
      expect(text).not.toMatch(/undefined|\.\./);
    }
    expect(new Set(messages.map(({ title }) => title)).size).toBe(messages.length);
  });

  test('names the shot only where there are several', () => {
    const title = (row: number | undefined) =>
      errorMessage({ code: 'prompt-empty', facts: { row } }).title;
    expect(title(undefined)).toBe('There is no prompt yet.');
    expect(title(2)).toBe('Shot 2 has no prompt yet.');
  });
});

const notices: { [C in Notice['code']]: [Extract<Notice, { code: C }>, ...string[]][] } = {
  device: [
    [notice('device', { kind: 'webgpu', adapter: 'Apple M2' }), '(Apple M2)'],
    [notice('device', { kind: 'webgpu', adapter: '' }), 'graphics processor.'],
    [onWasm(4, 'not-asked-for', ''), '4 threads', 'asked for'],
    [onWasm(1, 'no-webgpu', ''), 'one thread', 'no WebGPU'],
    [onWasm(1, 'no-adapter', ''), 'offers no graphics processor'],
    [onWasm(1, 'software-adapter', 'SwiftShader'), '(SwiftShader)'],
    [onWasm(1, 'missing-features', 'shader-f16'), 'lacks shader-f16'],
    [onWasm(1, 'small-buffers', '2000000'), '2 MB'],
    [onWasm(1, 'no-device', 'OperationError: x'), 'OperationError: x.'],
    [onWasm(1, 'wrong-results', ''), 'wrong numbers'],
  ],
  'kept-in-memory': [
    [notice('kept-in-memory', { reason: 'full', byteLength: 4e7 }), 'full', '40 MB'],
    [notice('kept-in-memory', { reason: 'denied', byteLength: 4e7 }), 'does not let'],
  ],
  'waiting-for-other-tab': [[notice('waiting-for-other-tab', {}), 'another tab']],
  'prompt-cut': [
    [
      notice('prompt-cut', { tokenCount: 61, maxTokenCount: 40, lastWord: 'meadow' }),
      '61',
      '40',
      '“meadow”',
    ],
  ],
  'codec-uncommon': [[notice('codec-uncommon', { codec: 'av01.0.04M.08' }), 'av01.0.04M.08']],
};

function onWasm(threadCount: number, cause: GpuRefusal['cause'], detail: string) {
  return notice('device', { kind: 'wasm', threadCount, refusal: { cause, detail } });
}

function notice<C extends Notice['code']>(code: C, facts: Extract<Notice, { code: C }>['facts']) {
  return { code, facts } as Extract<Notice, { code: C }>;
}

/** One expectation of each kind; a kind that is missing here does not compile. */
const expectations: { [K in Expectation['kind']]: Expectation & { kind: K } } = {
  'whole-number': { kind: 'whole-number', min: 0, max: 4294967295 },
  number: { kind: 'number', min: 0.04, max: 3600 },
  text: { kind: 'text' },
  'true-or-false': { kind: 'true-or-false' },
  list: { kind: 'list', maxCount: 50 },
  png: { kind: 'png' },
  film: { kind: 'film' },
  row: { kind: 'row' },
  retakes: { kind: 'retakes' },
  rows: { kind: 'rows', maxCount: 100 },
  'one-of': { kind: 'one-of', names: ['continue', 'cut'] },
  'known-field': { kind: 'known-field', names: ['prompt', 'seed'] },
  'film-size': { kind: 'film-size', widthPx: 128, heightPx: 64 },
  'seconds-in-all': { kind: 'seconds-in-all', maxSeconds: 3600 },
  'row-to-fade': { kind: 'row-to-fade', minSeconds: 1 },
  'row-to-arrive': { kind: 'row-to-arrive', minSeconds: 1 },
  'end-of-row': { kind: 'end-of-row' },
  'no-end': { kind: 'no-end' },
  'cut-before-picture': { kind: 'cut-before-picture' },
  'own-end-of-film': { kind: 'own-end-of-film' },
  'start-before-end': { kind: 'start-before-end' },
  'guidance-of-one': { kind: 'guidance-of-one' },
  'guidance-to-avoid': { kind: 'guidance-to-avoid' },
};

function refusal(expected: Expectation, value: string | undefined = 'true', place = 'prompt') {
  const facts = { row: undefined, place, value, expected };
  return errorMessage({ code: 'request-invalid', facts });
}

const download = { missingByteLength: 4.27e7, engineByteLength: 1.68e7, keptByteLength: 0 };

const capable: CapabilityFacts = {
  gpu: { label: 'Apple M2', hasF16: true, maxBufferByteLength: 2e9, maxBindingByteLength: 1e9 },
  refusal: undefined,
  needs: undefined,
  codec: 'avc1.42001f',
  storage: { refusal: undefined, isPersisted: true, usageByteLength: 4.27e7 },
  isIsolated: true,
  threadCount: 4,
};

/** What each check can find, and the facts that it then tells. */
function findings({
  bytes,
}: Formats): Record<Capability, [facts: Partial<CapabilityFacts>, ...told: string[]][]> {
  const { gpu, storage } = capable;
  const kept = { ...storage, isPersisted: false };
  return {
    gpu: [
      [{}, 'Apple M2'],
      [{ gpu: { ...gpu!, label: '' } }],
      [{ gpu: undefined, refusal: { cause: 'no-adapter', detail: '' } }, 'Chrome', 'Safari'],
      [{ refusal: { cause: 'missing-features', detail: 'shader-f16' } }, 'shader-f16', 'Edge'],
    ],
    f16: [[{}], [{ gpu: { ...gpu!, hasF16: false } }], [{ gpu: undefined }]],
    codec: [
      [{}, 'H.264'],
      [{ codec: 'av01.0.04M.08' }, 'av01.0.04M.08'],
      [{ codec: undefined }, 'Chrome', 'Edge', 'Firefox', 'Safari'],
    ],
    storage: [
      [{}, bytes(4.27e7)],
      [{ storage: kept }, bytes(4.27e7)],
      [{ storage: { ...kept, usageByteLength: undefined } }],
      [{ storage: { ...kept, refusal: 'full' } }],
      [{ storage: { ...kept, refusal: 'denied' } }],
    ],
    isolation: [[{}, '4'], [{ threadCount: 1 }], [{ isIsolated: false, threadCount: 1 }]],
  };
}

/** What is the same in some other language, or said by everybody. */
const SHARED = new Set([
  'Zoetrope',
  'a panda dances in the snow',
  'Ctrl + Enter',
  '⌘ Enter',
  'Esc',
  'GIF',
  'MP4',
  's',
  'Pause',
  'Storyboard',
  'Studio',
]);
const SHARED_FUNCTIONS = new Set(['alike', 'clip', 'clipFacts', 'exporting', 'filmTool']);

describe.each(Object.keys(languages))('in %s', (tag) => {
  const messages = languages[tag]!;
  // It may begin with the name of a clip, or with how many there are.
  const wholeSentence = /^[\p{Lu}\p{Lo}“„«\d].*[.。]$/u;
  const slip = /undefined|\[object|\.\.|[.。][.。]|\s\s/;

  beforeEach(() => {
    speak(() => messages);
  });

  test.each(codes)('%s is told in whole sentences', (code) => {
    for (const text of Object.values(message(code))) {
      expect(text).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
  });

  test.each(Object.entries(toldEverywhere(messages.formats)))(
    '%s tells its facts',
    (code, facts) => {
      const { title, action } = message(code as ErrorCode);
      for (const fact of facts) expect(`${title} ${action}`).toContain(fact);
    },
  );

  test('no two failures, and no two expectations, read the same', () => {
    const titles = codes.map((code) => message(code).title);
    const actions = Object.values(expectations).map((it) => refusal(it).action);
    expect(new Set(titles).size).toBe(titles.length);
    expect(new Set(actions).size).toBe(actions.length);
  });

  test('a refused film says what it should hold, with its numbers', () => {
    for (const expected of Object.values(expectations)) {
      const { title, action } = refusal(expected);
      for (const text of [title, action]) expect(text).toMatch(wholeSentence);
      expect(action).not.toMatch(slip);
    }
    expect(refusal(expectations['whole-number']).action).toContain('4294967295');
    expect(refusal(expectations.number).action).toContain(messages.formats.plain(0.04));
    expect(refusal(expectations['known-field']).action).toMatch(/prompt.+seed/);
    expect(refusal(expectations.text, '""').title).not.toContain('"');
    expect(refusal(expectations['no-end'], undefined, 'endPicture').title).toMatch(wholeSentence);
    expect(refusal(expectations.text, 'true', 'colour').title).toContain('colour');
  });

  test('every notice is a whole sentence', () => {
    for (const [said] of Object.values(notices).flat()) {
      expect(noticeMessage(said)).toMatch(wholeSentence);
      expect(noticeMessage(said)).not.toMatch(slip);
    }
  });

  test('a link that cannot be read says why', () => {
    const told = linkFaults.map((cause) =>
      errorMessage({ code: 'link-unusable', facts: { cause } }),
    );
    for (const text of told.flatMap(({ title, action }) => [title, action])) {
      expect(text).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
    expect(new Set(told.map(({ title }) => title)).size).toBe(told.length);
  });

  test('advice, news and what has been done are whole sentences', () => {
    const { advice, statusBack, statusTaken, unwatched, historyCleared, tellRefused } = messages;
    const { toldDone, toldAttention, queueEdited, linkCopied, linkWithoutPictures } = messages;
    const { fromLink, updateReady, updateOtherTabs, shieldReady } = messages;
    for (const text of [
      ...advice,
      ...Object.values(statusBack),
      ...[statusTaken, unwatched, historyCleared, tellRefused, toldDone, toldAttention],
      ...[queueEdited, linkCopied, linkWithoutPictures, fromLink, updateReady, updateOtherTabs],
      ...[shieldReady, messages.queueAdded(3), messages.queueMoved(3, 4)],
      ...[messages.unknownWords(['dog', 'emu']), messages.openWords(['dog', 'emu'])],
    ]) {
      expect(text.replace(/^[¿¡]/, '')).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
  });

  test('the library speaks in whole sentences', () => {
    const { libraryEmpty, libraryEmptyHint, libraryEmptyPrivate, libraryNoneFits } = messages;
    const { variationsHint, notKept, privateModeHint, deleteEverythingHint } = messages;
    const { deleteEverythingQuestion, deleteEverythingNote, clipsDeleted } = messages;
    for (const text of [
      ...[libraryEmpty, libraryEmptyHint, libraryEmptyPrivate, libraryNoneFits, variationsHint],
      ...Object.values(notKept),
      ...[privateModeHint, deleteEverythingHint, deleteEverythingQuestion, deleteEverythingNote],
      ...[clipsDeleted(['a fox']), clipsDeleted(['a fox', 'an emu'])],
    ]) {
      expect(text.replace(/^[¿¡]/, '')).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
    expect(messages.exported('a-fox-7.gif')).toMatch(/[.。]$/);
  });

  test('the first visit speaks in whole sentences', () => {
    const { about, consentCellular, checkOverall, reportHolds, reportCopied } = messages;
    for (const text of [
      ...[about, consentCellular, reportHolds, reportCopied, messages.firstDownload(download)],
      ...Object.values(checkOverall),
    ]) {
      expect(text).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
    for (const names of [messages.checkOverall, messages.checkVerdicts]) {
      expect(new Set(Object.values(names)).size).toBe(3);
    }
    const checkNames = CAPABILITIES.map((name) => messages.checks[name].name);
    expect(new Set(checkNames).size).toBe(checkNames.length);
  });

  test.each(CAPABILITIES)('the check of %s says what was found, with its facts', (name) => {
    const found = findings(messages.formats)[name];
    const texts = found.map(([facts]) => messages.checks[name].says({ ...capable, ...facts }));
    for (const [index, [, ...told]] of found.entries()) {
      expect(texts[index]).toMatch(wholeSentence);
      expect(texts[index]).not.toMatch(slip);
      for (const fact of told) expect(texts[index]).toContain(fact);
    }
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('the models screen speaks in whole sentences', () => {
    const { modelsHint, modelsWait, modelInstalled, modelPaused, modelRemoved } = messages;
    const { modelCheckStopped } = messages;
    const { modelRemoveQuestion, modelUsed, modelVerified, modelState } = messages;
    const { persisted, notPersisted, persistRefused } = messages;
    const some = { keptByteLength: 1.73e7, totalByteLength: 4.27e7 };
    for (const text of [
      ...[modelsHint, modelsWait, persisted, notPersisted, persistRefused],
      ...[
        modelInstalled,
        modelPaused,
        modelCheckStopped,
        modelRemoved,
        modelRemoveQuestion,
        modelUsed,
      ].map((say) => say('Little')),
      ...[0, 1, 2, 3, 11, 100].flatMap((it) => [
        modelVerified('Little', 100, it),
        modelVerified('Little', it, 0),
      ]),
      modelState({ ...some, presence: 'partly' }, true),
      modelState({ ...some, presence: 'partly' }, false),
      modelState({ ...some, presence: 'none' }, false),
    ]) {
      expect(text.replace(/^[¿¡]/, '')).toMatch(wholeSentence);
      expect(text).not.toMatch(slip);
    }
  });

  test('a model says what it can do, and each offer makes a difference', () => {
    const { formats, modelAbilities } = messages;
    const sizes = [
      { shape: '1:1', widthPx: 128, heightPx: 128 },
      { shape: '3:2', widthPx: 192, heightPx: 128 },
    ];
    const bare = { continues: false, startPictures: false, endPictures: false, guides: false };
    const lines = (offers: Partial<typeof bare>) =>
      modelAbilities({ sizes, windowSeconds: 1.4583, ...bare, ...offers });
    for (const fact of ['1:1', '128\u00a0×\u00a0128', '3:2', '192\u00a0×\u00a0128']) {
      expect(lines({})[0]).toContain(fact);
    }
    for (const continues of [false, true]) {
      expect(lines({ continues })[1]).toContain(formats.seconds(1.5));
    }
    const said = [
      ...lines({}),
      lines({ continues: true })[1],
      lines({ startPictures: true })[2],
      lines({ endPictures: true })[2],
      lines({ startPictures: true, endPictures: true })[2],
      lines({ guides: true })[3],
    ];
    expect(new Set(said).size).toBe(9);
    for (const line of said) expect(line).not.toMatch(/[.。]$|undefined|\s\s/);
  });

  test('how much of a model is here is told apart', () => {
    const { formats, modelState } = messages;
    const some = { keptByteLength: 1.73e7, totalByteLength: 4.27e7 };
    const none = { keptByteLength: 0, totalByteLength: 4.27e7 };
    const parts = [
      modelState({ ...some, presence: 'partly' }, true),
      modelState({ ...some, presence: 'partly' }, false),
      modelState({ ...some, presence: 'none' }, false),
    ];
    const all = [
      modelState({ ...some, presence: 'whole' }, false),
      modelState({ ...none, presence: 'none' }, false),
      ...parts,
    ];
    for (const text of all) expect(text).toContain(formats.bytes(4.27e7));
    for (const text of parts) expect(text).toContain(formats.bytesIn(1.73e7, 4.27e7));
    expect(new Set(all).size).toBe(all.length);
  });

  test('what belongs to one clip has names of its own', () => {
    const labels = Object.values(messages.clipLabels('a fox'));
    for (const label of labels) expect(label).toContain('a fox');
    expect(new Set(labels).size).toBe(labels.length);
    const kinds = Object.values(messages.exportKinds).flatMap(({ name, hint }) => [name, hint]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test('sentences call buttons by their names', () => {
    const tooLong = message('link-too-long').action;
    expect(tooLong).toContain(messages.saveFilm);
    expect(messages.fromLink).toContain(messages.generate);
    expect(messages.firstDownload(download)).toContain(messages.screens.models);
    expect(messages.consent(download).where).toContain(messages.screens.models);
    for (const text of [messages.advice[0], messages.unknownWords(['dog'])]) {
      expect(text).toContain(messages.wordsButton);
    }
  });

  test('words, prompts and numbers that are handed in are said', () => {
    const { bytes, clock, percent } = messages.formats;
    const format = { frameCount: 54, framesPerSecond: 12, widthPx: 192, heightPx: 128 };
    const told: [string, ...(string | number)[]][] = [
      [messages.alike('doggy', 'dog'), 'doggy', 'dog'],
      [messages.unknownWords(['dog', 'emu']), 'dog', 'emu'],
      [messages.openWords(['dog', 'emu']), 'dog', 'emu'],
      [messages.earlier(12, 77), 12, 77],
      [messages.earlier(1, 77), 77],
      [messages.previewOf('a fox'), 'a fox'],
      [messages.queueFacts(4.5, 77), messages.formats.count(4.5), 77],
      [messages.queueFacts(Infinity, 77), messages.filmLength(Infinity), 77],
      [messages.moreShots(12), 12],
      [messages.filmTool(messages.edit, 'a fox'), messages.edit, 'a fox'],
      [messages.queueAdded(3), 3],
      [messages.queueMoved(3, 4), 3, 4],
      [messages.queueNext('a fox'), 'a fox'],
      [messages.libraryTotal(12, 4.27e7), 12, bytes(4.27e7)],
      [messages.clipFacts(format, 4.27e7), clock(4.5), '192 × 128', bytes(4.27e7)],
      [messages.clipsDeleted(['a fox']), 'a fox'],
      [messages.clipsDeleted(Array.from({ length: 12 }, () => 'a fox')), 12],
      [messages.exportTitle('a fox'), 'a fox'],
      [messages.exporting('GIF', 0.42), 'GIF', percent(0.42)],
      [messages.exported('a-fox-7.gif'), 'a-fox-7.gif'],
      [messages.siteData(12, 4.27e7), 12, bytes(4.27e7)],
      [messages.siteData(12, undefined), 12],
      [messages.firstDownload(download), bytes(5.95e7)],
      [messages.modelInstall(4.27e7), bytes(4.27e7)],
      [messages.modelEngine(1.68e7), bytes(1.68e7)],
      [messages.modelInstalled('Little'), 'Little'],
      [messages.modelPaused('Little'), 'Little'],
      [messages.modelRemoved('Little'), 'Little'],
      [messages.modelRemoveQuestion('Little'), 'Little'],
      [messages.modelUsed('Little'), 'Little'],
      [messages.modelVerified('Little', 12, 0), 'Little', 12],
      [messages.modelVerified('Little', 100, 12), 'Little', 100, 12],
      [messages.stored(4.27e7), bytes(4.27e7)],
    ];
    for (const [text, ...facts] of told) {
      for (const fact of facts) expect(text).toContain(String(fact));
      expect(text).not.toMatch(/undefined|Infinity|∞|NaN/);
    }
    expect(messages.earlier(1, 77)).not.toContain(',');
  });
});

test.each(Object.entries(languages).filter(([tag]) => tag !== 'en'))(
  '%s: nothing is left in English',
  (_tag, messages) => {
    speak(() => messages);
    const here = everySentence();
    speak(() => en);
    const inEnglish = everySentence();
    expect(here.filter((text, index) => text === inEnglish[index])).toEqual([]);
    expect(untranslated(messages, en)).toEqual([]);
  },
);

/** What is said of every failure, notice and refusal. */
function everySentence(): string[] {
  return [
    ...codes.flatMap((code) => Object.values<string>({ ...message(code) })),
    ...Object.values(notices).flatMap((list) => list.map(([said]) => noticeMessage(said))),
    ...Object.values(expectations).map((it) => refusal(it).action),
    ...CAPABILITIES.flatMap((name) =>
      findings(words.formats)[name].map(([facts]) =>
        words.checks[name].says({ ...capable, ...facts }),
      ),
    ),
  ];
}

/** Places of words that are the English ones; functions count as the same where their text is. */
function untranslated(here: object, english: object, place = ''): string[] {
  return Object.entries(here).flatMap(([name, value]: [string, unknown]) => {
    const same: unknown = (english as Record<string, unknown>)[name];
    if (['formats', 'errors', 'notices', 'direction'].includes(name)) return [];
    if (typeof value === 'object' && value !== null)
      return untranslated(value, same as object, `${place}${name}.`);
    const isShared = typeof value === 'string' ? SHARED.has(value) : SHARED_FUNCTIONS.has(name);
    return String(value) === String(same) && !isShared ? [`${place}${name}`] : [];
  });
}

test.each(Object.values(notices).flat())('notice %o', (said, ...facts) => {
  const text = noticeMessage(said);
  expect(text).toMatch(/^\p{Lu}.*[.]$/u);
  for (const fact of facts) expect(text).toContain(fact);
});

describe('stages', () => {
  test('each has a label of its own', () => {
    expect(new Set(STAGES.map((stage) => words.stages[stage])).size).toBe(STAGES.length);
  });

  test('the step in hand is the one after those done', () => {
    expect(stageLine('denoise', 6, 24)).toBe('Denoising — step 7 of 24');
    expect(stageStep('denoise', 0, 24)).toBe('step 1 of 24');
    expect(stageStep('denoise', 24, 24)).toBe('step 24 of 24');
    expect(stageStep('decode', 9, 17)).toBe('frame 10 of 17');
    expect(stageLine('denoise', 30, Infinity)).toBe('Denoising — step 31');
  });

  test('bytes share one unit, and single units need no count', () => {
    expect(stageStep('obtain', 900_000, 42_700_000)).toBe('0.9 of 42.7 MB');
    expect(stageStep('obtain', 0, 4000)).toBe('0 of 4 kB');
    expect(stageLine('mux', 0, 1)).toBe(words.stages.mux);
  });
});

test('time left is never nothing and never overly exact', () => {
  expect(words.timeLeft(0.2, 'job')).toBe('about 1 second left');
  expect(words.timeLeft(41.6, 'stage')).toBe('about 42 seconds left in this stage');
  expect(words.timeLeft(59.7, 'job')).toBe('about 1 minute left');
  expect(words.timeLeft(200, 'job')).toBe('about 3 minutes left');
  expect(words.timeLeft(9000, 'job')).toBe('about 3 hours left');
});

test('times in a film are clock times', () => {
  const { clock } = words.formats;
  expect(clock(8.99)).toBe('0:08');
  expect(clock(65)).toBe('1:05');
  // 36 frames of 12 a second, added up one by one.
  expect(clock(Array.from({ length: 36 }).reduce((sum: number) => sum + 1 / 12, 0))).toBe('0:03');
  expect(clock(4.26, true)).toBe('0:04.3');
  expect(clock(59.97, true)).toBe('1:00.0');
  expect(words.filmLength(Infinity)).toBe('until you stop it');
  expect(words.filmLength(9)).toBe('0:09 in all');
  expect(words.unfinishedFilm(8.1)).toContain('8 seconds of it are kept');
  expect(words.unfinishedFilm(1)).toContain('1 second of it is kept');
});

test('byte counts are decimal', () => {
  expect(words.formats.bytes(0)).toBe('0 kB');
  expect(words.formats.bytes(738)).toBe('1 kB');
  expect(words.formats.bytes(999_999)).toBe('1 MB');
  expect(words.formats.bytes(42_651_000)).toBe('42.7 MB');
});

test('consent names the whole download, its parts, where it stays and how it goes', () => {
  const all = words.consent({
    missingByteLength: 4.27e7,
    engineByteLength: 1.68e7,
    keptByteLength: 0,
  });
  expect(all.accept).toBe('Download 59.5 MB');
  expect(all.what).toBe(
    '59.5 MB comes down once: the model (42.7 MB) and the engine that runs it (16.8 MB).',
  );
  expect(all.where).toContain('under “Models”');
  const rest = words.consent({
    missingByteLength: 1e7,
    engineByteLength: 0,
    keptByteLength: 3.27e7,
  });
  expect(rest.what).toBe(
    '10 MB comes down once: the model (10 MB). Another 32.7 MB is already here.',
  );
});

describe('quantities in other languages', () => {
  test('are written as each writes them', () => {
    expect(de.formats.bytes(42_651_000)).toMatch(/^42,7\sMB$/);
    expect(es.formats.bytes(42_651_000)).toMatch(/^42,7\sMB$/);
    expect(zh.formats.bytes(42_651_000)).toMatch(/^42\.7\s?MB$/);
    expect(ar.formats.bytes(42_651_000)).toContain('42.7');
    expect(de.formats.count(10_000)).toBe('10.000');
    expect(de.formats.plain(10_000)).toBe('10000');
    expect(de.formats.clock(4.26, true)).toBe('0:04,3');
    expect(zh.formats.duration(200)).toContain('3');
  });

  test('have digits that fields can hold, whatever the browser takes for Arabic', () => {
    expect(ar.formats.count(1234)).toMatch(/^[\d,]+$/);
    expect(ar.formats.clock(65)).toBe('1:05');
  });

  test('come in as many forms as the language has', () => {
    const attempts = [1, 2, 3, 11].map((attemptCount) => {
      speak(() => ar);
      return errorMessage({
        code: 'shard-corrupt',
        facts: { url, expected: '', found: '', attemptCount },
      }).action;
    });
    for (const [index, form] of ['محاولة واحدة', 'محاولتان', '3 محاولات', '11 محاولة'].entries()) {
      expect(attempts[index]).toContain(form);
    }
  });

  test('of further shots agree with their number', () => {
    expect([1, 2].map(en.moreShots)).toEqual(['and 1 more shot', 'and 2 more shots']);
    expect([1, 2].map(de.moreShots)).toEqual(['und 1 weitere Szene', 'und 2 weitere Szenen']);
    expect([1, 2].map(es.moreShots)).toEqual(['y 1 toma más', 'y 2 tomas más']);
    expect([1, 2, 3, 11, 100].map(ar.moreShots)).toEqual([
      'ولقطة أخرى',
      'ولقطتان أخريان',
      'و3 لقطات أخرى',
      'و11 لقطة أخرى',
      'و100 لقطة أخرى',
    ]);
    expect(ar.earlier(2, 7)).toContain('لقطتان');
  });

  test('of threads agree with their number', () => {
    const says = (threadCount: number) =>
      ar.checks.isolation.says({ ...capable, threadCount }).replace('يستطيع المعالج العمل ', '');
    expect([2, 4, 16].map(says)).toEqual(['بخيطين.', 'بـ 4 خيوط.', 'بـ 16 خيطًا.']);
  });

  test('of clips and kept items agree with their number', () => {
    const total = ({ libraryTotal, formats }: Messages) =>
      [1, 2].map((clipCount) => libraryTotal(clipCount, 0).replace(formats.bytes(0), '…'));
    expect(total(en)).toEqual(['One clip, …', '2 clips, …']);
    expect(total(de)).toEqual(['Ein Clip, …', '2 Clips, …']);
    expect(total(es)).toEqual(['Un clip, …', '2 clips, …']);
    expect(total(zh)).toEqual(['1 部短片，…', '2 部短片，…']);
    const items = ({ siteData }: Messages) => [0, 1, 2].map((it) => siteData(it, undefined));
    expect(items(en)).toEqual(['0 items', '1 item', '2 items']);
    expect(items(de)).toEqual(['0 Einträge', '1 Eintrag', '2 Einträge']);
    expect(items(es)).toEqual(['0 elementos', '1 elemento', '2 elementos']);
    expect([0, 1, 2, 3, 11, 100].map((it) => ar.siteData(it, undefined))).toEqual([
      'لا عناصر',
      'عنصر واحد',
      'عنصران',
      '3 عناصر',
      '11 عنصرًا',
      '100 عنصر',
    ]);
    expect(
      [2, 3, 11, 100].map((length) => ar.clipsDeleted(Array.from({ length }, () => 'a fox'))),
    ).toEqual(['حُذف مقطعان.', 'حُذف 3 مقاطع.', 'حُذف 11 مقطعًا.', 'حُذف 100 مقطع.']);
  });

  test('of checked parts of a model agree with their number', () => {
    const verified = ({ modelVerified }: Messages) =>
      [
        [1, 0],
        [1, 1],
        [2, 2],
      ].map(([checkedCount, mendedCount]) => modelVerified('A', checkedCount!, mendedCount!));
    expect(verified(en)).toEqual([
      'One part of “A” was checked: nothing is damaged.',
      'One part of “A” was checked: one was damaged and came down again.',
      '2 parts of “A” were checked: 2 were damaged and came down again.',
    ]);
    expect(verified(de)).toEqual([
      'Ein Teil von „A“ wurde geprüft: Nichts ist beschädigt.',
      'Ein Teil von „A“ wurde geprüft: Einer war beschädigt und wurde neu geladen.',
      '2 Teile von „A“ wurden geprüft: 2 waren beschädigt und wurden neu geladen.',
    ]);
    expect(verified(es)).toEqual([
      'Se ha comprobado una parte de «A»: no hay nada dañado.',
      'Se ha comprobado una parte de «A»: una estaba dañada y se ha descargado de nuevo.',
      'Se han comprobado 2 partes de «A»: 2 estaban dañadas y se han descargado de nuevo.',
    ]);
    const forms = ['جزء واحد', 'جزآن', '3 أجزاء', '11 جزءًا', '100 جزء'];
    for (const [index, partCount] of [1, 2, 3, 11, 100].entries()) {
      expect(ar.modelVerified('A', partCount, 0)).toContain(`(${forms[index]})`);
      expect(ar.modelVerified('A', 200, partCount)).toContain(`${forms[index]} تالف`);
    }
  });

  test('are typed as the language writes them, in digits of any script', () => {
    expect(de.formats.untyped('4,5')).toBe('4.5');
    expect(de.formats.untyped('4.5')).toBe('4.5');
    expect(de.formats.typed('4.5')).toBe('4,5');
    expect(ar.formats.untyped('٤٫٥')).toBe('4.5');
    expect(zh.formats.untyped('１２')).toBe('12');
    expect(en.formats.untyped('4,5')).toBe('4,5');
    for (const text of ['many', 'v1.2.3', 'a, b. c']) {
      expect(de.formats.typed(de.formats.untyped(text))).toBe(text);
    }
  });

  test.each(Object.values(languages))('what is typed stays what it was', ({ formats }) => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d*\.?\d*$/), (text) => {
        expect(formats.untyped(formats.typed(text))).toBe(text);
      }),
    );
  });
});

describe('clipFileName', () => {
  const film = (prompt: string, seed: number) => ({ rows: [{ prompt }, { prompt: 'then' }], seed });

  test('is shared by the document of the film', () => {
    expect(filmFileName(film('a fox', 3))).toBe('a-fox-3.json');
  });

  test('keeps the words of any language', () => {
    expect(clipFileName(film('A panda, dancing!', 7))).toBe('a-panda-dancing-7.mp4');
    expect(clipFileName(film('ein Bär läuft', 0))).toBe('ein-bär-läuft-0.mp4');
    expect(clipFileName(film('雪の中のパンダ', 1))).toBe('雪の中のパンダ-1.mp4');
    expect(clipFileName(film('🐼🐼', 2))).toBe('clip-2.mp4');
  });

  test('is a plain, short file name whatever the prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.nat(), (prompt, seed) => {
        const name = clipFileName(film(prompt, seed));
        expect(name).toMatch(/^[\p{L}\p{M}\p{N}-]+\.mp4$/u);
        expect(name.length).toBeLessThan(80);
      }),
    );
  });
});
