// The models screen on the built site with two packs that share shards: installed, checked, switched, removed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { SITE_FOLDER, serveSite } from '../../src/cli/site.ts';
import { buildTwoPacks } from '../two-packs.ts';
import { expectAccessible } from './accessible.ts';
import { generate, test as base } from './studio-test.ts';

/** `twoPacksUrl` serves both packs. */
const test = base.extend<object, { twoPacksUrl: string }>({
  twoPacksUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
    async ({}, use) => {
      const packsFolder = await mkdtemp(join(tmpdir(), 'zoetrope-two-packs-'));
      await buildTwoPacks(packsFolder);
      const site = await serveSite({ siteFolder: SITE_FOLDER, packsFolder });
      await use(site.url);
      await site.close();
      await rm(packsFolder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

const FIRST = 'Tiny random pack for tests';
const SECOND = 'Second pack for tests';

async function openModels(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?device=wasm#models`);
  await expect(page.getByRole('heading', { name: FIRST })).toBeVisible();
}

const card = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

const button = (page: Page, title: string, name: string | RegExp) =>
  card(page, title).getByRole('button', { name });

async function install(page: Page, title: string): Promise<void> {
  await button(page, title, /^Install/).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('is on this device');
}

/** Writes down the shards that arrive. */
function listen(page: Page): string[] {
  const arrived: string[] = [];
  page.on('requestfinished', (request) =>
    arrived.push(...(/[0-9a-f]{64}/.exec(request.url()) ?? [])),
  );
  return arrived;
}

/** Changes a bit of the first kept shard. */
async function damageOne(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await answer(indexedDB.open('zoetrope-weights'));
    const store = database.transaction('shards', 'readwrite').objectStore('shards');
    const [key] = await answer(store.getAllKeys());
    const bytes = (await answer(store.get(key!))) as ArrayBuffer;
    new Uint8Array(bytes)[9]! ^= 1;
    await answer(store.put(bytes, key));
    database.close();
  });
}

test('an install that the page’s end interrupts says so, and goes on without fetching anything twice', async ({
  page,
  twoPacksUrl,
}) => {
  const arrived = listen(page);
  await openModels(page, twoPacksUrl);
  await expect(card(page, FIRST)).toContainText('Not on this device');
  let askedCount = 0;
  await page.route('**/*.bin', (route) => (++askedCount > 4 ? undefined : route.continue()));
  await button(page, FIRST, /^Install/).click();
  await expect(button(page, FIRST, 'Pause')).toBeVisible();
  await expect.poll(() => arrived.length).toBe(4);
  // Stored a moment after it has come.
  await expect(card(page, FIRST).getByRole('progressbar')).not.toHaveAttribute('value', '0');
  await expect.poll(() => storedCount(page)).toBe(4);
  await page.reload();
  await expect(card(page, FIRST)).toContainText('are here: the download was interrupted.');
  await page.unroute('**/*.bin');
  await button(page, FIRST, 'Continue').click();
  await expect(card(page, FIRST)).toContainText('On this device');
  await expect(page.getByRole('main').getByRole('status')).toContainText('is on this device');
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(await storedCount(page)).toBe(arrived.length);
  await expect(button(page, FIRST, /^Install|Continue/)).toHaveCount(0);
});

function storedCount(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction('shards').objectStore('shards').count();
          counting.onsuccess = () => {
            database.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

test('a paused install keeps what has come', async ({ page, twoPacksUrl }) => {
  await openModels(page, twoPacksUrl);
  let askedCount = 0;
  await page.route('**/*.bin', (route) => (++askedCount > 2 ? undefined : route.continue()));
  await button(page, FIRST, /^Install/).click();
  await expect.poll(() => storedCount(page)).toBe(2);
  await button(page, FIRST, 'Pause').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('is kept');
  await expect(button(page, FIRST, 'Continue')).toBeVisible();
  await expect(page.getByRole('heading', { name: FIRST })).toBeFocused();
});

test('damage is found and mended', async ({ page, twoPacksUrl }) => {
  await openModels(page, twoPacksUrl);
  await install(page, FIRST);
  await button(page, FIRST, 'Verify').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('nothing is damaged');
  await damageOne(page);
  await button(page, FIRST, 'Verify').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(
    'one was damaged and came down again',
  );
  await button(page, FIRST, 'Verify').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('nothing is damaged');
});

test('films are made with the chosen model, on later visits too; removing it spares the other', async ({
  page,
  twoPacksUrl,
}) => {
  const arrived = listen(page);
  await openModels(page, twoPacksUrl);
  await install(page, FIRST);
  await expect(card(page, SECOND)).toContainText('it shares');
  const firstCount = arrived.length;
  await install(page, SECOND);
  expect(arrived.length).toBe(firstCount + 1);

  await button(page, SECOND, 'Use this model').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(`made with “${SECOND}”`);
  await page.reload();
  await expect(card(page, SECOND)).toContainText('In use');
  const described: string[] = [];
  page.on('request', (request) => described.push(request.url()));
  const told = await generate(page, { prompt: 'a fox', seed: 1, stepCount: 1 });
  expect(told.result, JSON.stringify(told.result)).toMatchObject({ ok: true });
  // The worker reads the description of what it makes films with.
  expect(described.filter((url) => url.endsWith('/pack.json'))).toEqual([
    `${twoPacksUrl}packs/second/pack.json`,
  ]);
  // A film drops what no pack has, and nothing of the pack that is not in use.
  expect(await storedCount(page)).toBe(firstCount + 1);

  await button(page, SECOND, 'Remove').click();
  await card(page, SECOND).getByRole('group').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('is removed');
  expect(await storedCount(page)).toBe(firstCount);
  await expect(card(page, FIRST)).toContainText('On this device');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe-core finds nothing, ${colorScheme}, ${width} px`, async ({
      page,
      twoPacksUrl,
    }, info) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await openModels(page, twoPacksUrl);
      await install(page, FIRST);
      await page.getByText('Parts, licences').first().click();
      await button(page, FIRST, 'Remove').click();
      await page.screenshot({ path: info.outputPath('models.png'), fullPage: true });
      await expectAccessible(page);
      const room = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(room).toBeLessThanOrEqual(0);
    });
  }
}
