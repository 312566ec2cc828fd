// What goes wrong on the way, on the built site: every fault ends in one clear terminal event and a page that works again.
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Stage } from '../../src/core/event.ts';
import { probeMp4 } from './mp4.ts';
import { generate, makeFile, noticeCodes, runBefore, terminalEvents, test } from './studio-test.ts';
import type { Told } from './studio-test.ts';

const REQUEST = { prompt: 'a fox', seed: 7, stepCount: 2 };

async function expectWorks(page: Page): Promise<Told> {
  const told = await generate(page, REQUEST);
  expect(told.result, JSON.stringify(told.result)).toMatchObject({ ok: true });
  expect(terminalEvents(told)).toEqual(['done']);
  return told;
}

/** Requests for shards, by name, since the call. */
function shardRequests(page: Page): string[] {
  const names: string[] = [];
  page.context().on('request', (request) => {
    if (request.url().endsWith('.bin')) names.push(request.url().split('/').at(-1)!);
  });
  return names;
}

test.beforeEach(async ({ page, tinySiteUrl }) => {
  await page.goto(`${tinySiteUrl}?device=wasm`);
});

const STAGES_WITHOUT_FRAMES: Stage[] = ['obtain', 'tokenize', 'encode-text', 'denoise'];

for (const stage of STAGES_WITHOUT_FRAMES) {
  test(`cancel at ${stage}`, async ({ page }) => {
    const told = await generate(page, REQUEST, { cancelAt: stage });
    expect(told.result).toEqual({ ok: false, failure: { code: 'cancelled', facts: {} } });
    expect(terminalEvents(told)).toEqual(['cancelled']);
    expect(told.events.at(-1)?.type).toBe('cancelled');
    await expectWorks(page);
  });
}

for (const stage of ['decode', 'encode', 'mux'] as const) {
  test(`stop at ${stage}: the frames that were shown are kept`, async ({ page }, info) => {
    const path = info.outputPath('stopped.mp4');
    // An encoder that is asked to end gives its frames at last, so decode counts those that were shown.
    const cancelAt = { stage, done: { decode: 2, encode: 1, mux: 0 }[stage] };
    const told = await makeFile(page, REQUEST, path, { cancelAt });
    expect(terminalEvents(told)).toEqual(['done']);
    const { frameCount } = told.result.format;
    expect(frameCount).toBeGreaterThan(0);
    expect(probeMp4(path).frameCount).toBe(frameCount);
    await expectWorks(page);
  });
}

test('a second clip while one is being made is refused, and the first goes on', async ({
  page,
}) => {
  const both = await page.evaluate(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const studio = window.zoetrope!;
    const options = { onEvent: () => undefined };
    return Promise.all([studio.generate(request, options), studio.generate(request, options)]);
  }, REQUEST);
  expect(both[0]).toMatchObject({ ok: true });
  expect(both[1]).toMatchObject({ ok: false, failure: { code: 'call-misused' } });
});

test('a tab killed in mid-download resumes without fetching a shard twice', async ({
  page,
  context,
  tinySiteUrl,
}) => {
  const names = shardRequests(page);
  let servedCount = 0;
  await context.route('**/*.bin', async (route) => {
    // The first two shards arrive; then the network stalls until the tab is dead.
    servedCount++;
    if (servedCount <= 2) await route.continue();
  });
  void generate(page, REQUEST).catch(() => undefined);
  await expect.poll(() => storedShardCount(page)).toBe(2);
  await page.close({ runBeforeUnload: false });
  await context.unroute('**/*.bin');
  const firstTwo = names.slice(0, 2);

  const resumed = await context.newPage();
  await resumed.goto(`${tinySiteUrl}?device=wasm`);
  names.length = 0;
  const told = await expectWorks(resumed);
  expect(names.filter((name) => firstTwo.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  const start = told.events.find((event) => event.type === 'advance' && event.stage === 'obtain');
  expect(start?.type === 'advance' && start.done).toBeGreaterThan(0);
});

/** How many shards this origin keeps. */
async function storedShardCount(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'zoetrope-weights')) return 0;
    const open = indexedDB.open('zoetrope-weights');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(new Error('no database'));
    });
    const store = database.objectStoreNames[0];
    if (store === undefined) return 0;
    const request = database.transaction(store).objectStore(store).count();
    const count = await new Promise<number>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return count;
  });
}

test('two tabs at once fetch every shard once', async ({ page, context, tinySiteUrl }) => {
  const names = shardRequests(page);
  await context.route('**/*.bin', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  const second = await context.newPage();
  await second.goto(`${tinySiteUrl}?device=wasm`);
  const told = await Promise.all([expectWorks(page), expectWorks(second)]);
  expect(new Set(names).size).toBe(names.length);
  expect(told.flatMap(noticeCodes)).toContain('waiting-for-other-tab');
});

test('a corrupted shard is fetched three times, refused, and mended later', async ({
  page,
  context,
}) => {
  const names = shardRequests(page);
  let corrupted = '';
  await context.route('**/*.bin', async (route) => {
    corrupted ||= route.request().url();
    if (route.request().url() !== corrupted) return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    body[10]! ^= 1;
    return route.fulfill({ response, body });
  });
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({
    ok: false,
    failure: { code: 'shard-corrupt', facts: { url: corrupted, attemptCount: 3 } },
  });
  expect(terminalEvents(told)).toEqual(['failed']);
  expect(names.filter((name) => corrupted.endsWith(name))).toHaveLength(3);
  await context.unroute('**/*.bin');
  await expectWorks(page);
});

test('a site without its shards says which one', async ({ page, context }) => {
  await context.route('**/*.bin', (route) => route.fulfill({ status: 404 }));
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({ ok: false, failure: { code: 'shard-unreachable' } });
  expect(terminalEvents(told)).toEqual(['failed']);
  await context.unroute('**/*.bin');
  await expectWorks(page);
});

/** How many workers hold the lock that says that they live. */
async function livingWorkerCount(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith('zoetrope-life-')).length;
  });
}

test('a worker whose script never comes', async ({ page, context }) => {
  await context.route('**/generate.worker*.js', () => undefined);
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({
    ok: false,
    failure: { code: 'worker-died', facts: { worker: 'generate', cause: 'not-loaded' } },
  });
  expect(terminalEvents(told)).toEqual(['failed']);
  await context.unroute('**/generate.worker*.js');
  await expectWorks(page);
});

for (const name of ['generate', 'export']) {
  test(`the ${name} worker dies`, async ({ page }) => {
    const running = generate(page, { ...REQUEST, stepCount: 90 });
    await expect.poll(() => livingWorkerCount(page)).toBe(2);
    const worker = page.workers().find((w) => w.url().includes(`/${name}.worker`))!;
    await worker.evaluate(() => self.close()).catch(() => undefined);
    const told = await running;
    expect(told.result).toMatchObject({
      ok: false,
      failure: { code: 'worker-died', facts: { worker: name } },
    });
    expect(terminalEvents(told)).toEqual(['failed']);
    await expectWorks(page);
  });
}

test('a browser that cannot encode video says so before the download', async ({
  page,
  context,
  tinySiteUrl,
}) => {
  const names = shardRequests(page);
  await runBefore(context, 'export', 'delete self.VideoEncoder;');
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({ ok: false, failure: { code: 'encoder-missing' } });
  expect(terminalEvents(told)).toEqual(['failed']);
  expect(names).toEqual([]);
});

test('WebGPU asked for where there is none', async ({ page, context, tinySiteUrl }) => {
  await runBefore(
    context,
    'generate',
    "Object.defineProperty(navigator, 'gpu', { value: undefined });",
  );
  await page.goto(`${tinySiteUrl}?device=webgpu`);
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({ ok: false, failure: { code: 'webgpu-missing' } });
  await page.goto(tinySiteUrl);
  expect(noticeCodes(await expectWorks(page))).toContain('device');
});

test('storage denied: the clip is made from memory, and it is said', async ({
  page,
  context,
  tinySiteUrl,
}) => {
  await runBefore(
    context,
    'generate',
    "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };",
  );
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const told = await expectWorks(page);
  expect(noticeCodes(told)).toContain('kept-in-memory');
});

test('a full disk: the clip is made from memory, and it is said', async ({ page, context }) => {
  const client = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 150_000 });
  const told = await expectWorks(page);
  expect(told.events).toContainEqual({
    type: 'notice',
    notice: {
      code: 'kept-in-memory',
      facts: { reason: 'full', byteLength: expect.any(Number) as unknown },
    },
  });
});

test('a worker that does not answer a cancel is ended', async ({ page, context, tinySiteUrl }) => {
  await runBefore(context, 'generate', 'setTimeout(() => { for (;;); }, 500);');
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const running = generate(page, { ...REQUEST, stepCount: 100 });
  // By then the worker hangs, whatever it had come to.
  await page.waitForTimeout(2000);
  await page.evaluate(() => window.zoetrope!.cancel());
  const told = await running;
  expect(told.result).toEqual({ ok: false, failure: { code: 'cancelled', facts: {} } });
  expect(terminalEvents(told)).toEqual(['cancelled']);
  await context.unroute('**/generate.worker*.js');
  await expectWorks(page);
});

for (const [what, request, failure] of [
  ['an empty prompt', { prompt: ' ' }, { code: 'prompt-empty' }],
  ['10,000 characters', { prompt: 'fox '.repeat(2500) + 'x' }, { code: 'prompt-too-long' }],
  ['a size off the grid', { prompt: 'a', widthPx: 100 }, { code: 'size-unavailable' }],
  [
    'a seed that is text',
    { prompt: 'a', seed: 'x' },
    { code: 'request-invalid', facts: { place: 'seed' } },
  ],
] as const) {
  test(`bad input: ${what}`, async ({ page }) => {
    const told = await generate(page, request);
    expect(told.result).toMatchObject({ ok: false, failure });
    await expectWorks(page);
  });
}

test('a pack of another format', async ({ page, context, tinySiteUrl }) => {
  await context.route('**/pack.json', (route) => route.fulfill({ json: { format: 2 } }));
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const told = await generate(page, REQUEST);
  expect(told.result).toMatchObject({
    ok: false,
    failure: { code: 'pack-format', facts: { found: '2' } },
  });
  await context.unroute('**/pack.json');
  await expectWorks(page);
});
