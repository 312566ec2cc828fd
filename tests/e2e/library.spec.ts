// The library on the built site, over the real chain with the tiny pack: what is kept, what goes, and what never comes.
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Download, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { expectAccessible } from './accessible.ts';
import { decodeLuma, probeMp4, psnr } from './mp4.ts';
import { test } from './studio-test.ts';

test.beforeEach(async ({ page, tinySiteUrl }) => {
  await page.goto(`${tinySiteUrl}?device=wasm`);
});

/** Makes a clip on the page and waits until it is on the stage. */
async function make(page: Page, prompt: string): Promise<void> {
  await page.getByLabel('What happens?').fill(prompt);
  await page.getByRole('button', { name: /^Generate/ }).click();
  const download = page.getByRole('button', { name: /^Download/ });
  const caption = page.locator('.caption', { hasText: prompt });
  await expect(download.or(caption).first()).toBeVisible({ timeout: 60_000 });
  if (await download.isVisible()) await download.click();
  await expect(caption).toBeVisible({ timeout: 60_000 });
}

async function openLibrary(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
}

const cards = (page: Page) => page.getByRole('list', { name: 'Library' }).getByRole('listitem');

const card = (page: Page, name: string) => cards(page).filter({ hasText: name });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await card(page, name).getByLabel(`More with “${name}”`).click();
  await card(page, name).getByRole('button', { name: action }).click();
}

/** Every value in every database of ours, every setting, every cached file: what could be read by somebody later. */
function everythingStored(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const keys = await answer(database.transaction(store).objectStore(store).getAllKeys());
        found.push(...keys.map((key) => `${name!}/${store}/${JSON.stringify(key)}`));
      }
      database.close();
    }
    for (const storage of [localStorage, sessionStorage]) {
      found.push(...Object.entries(storage).map((entry) => entry.join('=')));
    }
    for (const name of await caches.keys()) {
      found.push(...(await (await caches.open(name)).keys()).map(({ url }) => `${name}/${url}`));
    }
    return found.toSorted();
  });
}

test('a finished clip is kept, found, renamed, starred, deleted and brought back', async ({
  page,
}) => {
  await make(page, 'a fox runs');
  await make(page, 'a dog');
  await page.reload();
  await openLibrary(page);
  await expect(cards(page)).toHaveCount(2);
  await expect(cards(page).first()).toContainText('a dog');
  await expect(page.getByText(/^2 clips, \d+ kB$/)).toBeVisible();
  await expect(card(page, 'a fox runs').locator('img')).toBeVisible();

  await choose(page, 'a fox runs', 'Rename');
  await page.getByLabel('Name of “a fox runs”').fill('Holiday');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Holiday')).toBeVisible();
  const star = card(page, 'Holiday').getByLabel('Star “Holiday”');
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(star).toHaveAttribute('aria-pressed', 'true');

  // The prompt is still found under another name.
  await page.getByRole('searchbox').fill('fox');
  await expect(cards(page)).toHaveText([/Holiday/]);
  await page.getByRole('searchbox').fill('whale');
  await expect(page.getByText('No clip fits.')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Starred only' }).click();
  await expect(cards(page)).toHaveText([/Holiday/]);
  await page.getByRole('button', { name: 'Starred only' }).click();

  await choose(page, 'Holiday', 'Delete');
  await expect(cards(page)).toHaveText([/a dog/]);
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(2);
  await expect(page.getByRole('heading', { name: 'Library' })).toBeFocused();

  await choose(page, 'Holiday', 'Delete');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(undo).toBeHidden();
  await expect
    .poll(async () =>
      (await everythingStored(page)).filter((place) => place.startsWith('zoetrope-clips')),
    )
    .toHaveLength(3);
  await page.reload();
  await expect(cards(page)).toHaveText([/a dog/]);
});

test('one clip plays at a time, under the pointer, the focus or a click', async ({ page }) => {
  await make(page, 'a fox');
  await make(page, 'a dog');
  await openLibrary(page);
  const video = (name: string) => card(page, name).locator('video');
  await card(page, 'a fox').getByLabel('Play “a fox”').hover();
  await expect(video('a fox')).toBeVisible();
  await expect
    .poll(() => video('a fox').evaluate((v: HTMLVideoElement) => v.currentTime))
    .toBeGreaterThan(0);
  await card(page, 'a dog').getByLabel('Play “a dog”').hover();
  await expect(video('a dog')).toBeVisible();
  await expect(page.locator('video')).toHaveCount(1);
  await page.getByRole('heading', { name: 'Library' }).hover();
  await expect(page.locator('video')).toHaveCount(0);

  await page.getByRole('button', { name: 'Starred only' }).focus();
  await page.keyboard.press('Tab');
  await expect(video('a dog')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator('video')).toHaveCount(0);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await card(page, 'a fox').getByLabel('Play “a fox”').hover();
  await page.waitForTimeout(300);
  await expect(page.locator('video')).toHaveCount(0);
  await card(page, 'a fox').getByLabel('Play “a fox”').click();
  await expect(video('a fox')).toBeVisible();
  await card(page, 'a fox').getByLabel('Pause “a fox”').click();
  await expect(page.locator('video')).toHaveCount(0);
});

test('the grid follows another tab', async ({ page, context, tinySiteUrl }) => {
  await make(page, 'a fox');
  const other = await context.newPage();
  await other.goto(`${tinySiteUrl}?device=wasm#library`);
  await expect(cards(other)).toHaveText([/a fox/]);
  await make(page, 'a dog');
  await expect(cards(other)).toHaveCount(2);
  await expect(cards(other).locator('img')).toHaveCount(2);
  await openLibrary(page);
  await choose(page, 'a fox', 'Delete');
  await expect(cards(other)).toHaveText([/a dog/]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(cards(other)).toHaveCount(2);
});

test('the way back stays as long as the focus is on it, and then for a while', async ({ page }) => {
  await make(page, 'a fox');
  await openLibrary(page);
  await page.clock.install();
  await choose(page, 'a fox', 'Delete');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await page.clock.runFor(20_000);
  await expect(undo).toBeVisible();
  await undo.blur();
  await page.clock.runFor(10_000);
  await expect(undo).toBeVisible();
  await page.clock.runFor(10_000);
  await expect(undo).toBeHidden();
});

test('a kept clip goes back to the studio: its settings, and itself to go on from', async ({
  page,
}) => {
  await make(page, 'a fox');
  const seed = await page.getByLabel('Seed', { exact: true }).inputValue();
  await page.reload();
  await openLibrary(page);
  await choose(page, 'a fox', 'Use these settings');
  await expect(page.getByLabel('What happens?')).toHaveValue('a fox');
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue(seed);

  await openLibrary(page);
  await card(page, 'a fox').getByRole('button', { name: 'Open' }).click();
  await expect(page.locator('.caption')).toContainText('a fox');
  await page.getByRole('button', { name: 'Extend 3 s' }).click();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible({ timeout: 60_000 });
  await openLibrary(page);
  // Opening is not making: there are the first and the longer one.
  await expect(cards(page)).toHaveCount(2);
});

test('each export has the frames of the MP4', async ({ page }, info) => {
  await make(page, 'a fox');
  await openLibrary(page);
  await card(page, 'a fox').getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export “a fox”' });
  const save = async (name: string): Promise<{ path: string; fileName: string }> => {
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name }).click();
    const download: Download = await waiting;
    const path = info.outputPath(download.suggestedFilename());
    await download.saveAs(path);
    await expect(dialog.getByRole('status')).toHaveText(
      `${download.suggestedFilename()} is in your downloads.`,
    );
    return { path, fileName: download.suggestedFilename() };
  };

  const mp4 = await save('MP4');
  const { frameCount, widthPx, heightPx } = probeMp4(mp4.path);
  expect(frameCount).toBe(36);
  const luma = decodeLuma(mp4.path);
  const pixelCount = widthPx * heightPx;

  const gif = await save('GIF');
  expect(gif.fileName).toMatch(/^a-fox-\d+\.gif$/);
  expect(probeMp4(gif.path)).toMatchObject({ codec: 'gif', frameCount, widthPx, heightPx });

  const zip = await save('PNG frames');
  const files = Object.values(unzipSync(readFileSync(zip.path)));
  expect(files).toHaveLength(frameCount);
  const first = PNG.sync.read(Buffer.from(files[0]!));
  expect(psnr(lumaOf(first), luma.subarray(0, pixelCount))).toBeGreaterThan(30);

  const sheet = await save('Sprite sheet');
  expect(sheet.fileName).toMatch(/-sheet-6x6-36-frames\.png$/);
  const { width, height } = PNG.sync.read(readFileSync(sheet.path));
  expect([width, height]).toEqual([6 * widthPx, 6 * heightPx]);

  const poster = await save('Poster');
  expect(PNG.sync.read(readFileSync(poster.path)).data.equals(first.data)).toBe(true);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('link', { name: 'Studio' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await save('Poster')).fileName).toBe(poster.fileName);
});

/** Brightness (BT.709) in full range, as ffmpeg's grey of the MP4 is. */
function lumaOf({ data }: PNG): Buffer {
  return Buffer.from(
    Array.from({ length: data.length / 4 }, (_, pixel) => {
      const [red, green, blue] = data.subarray(pixel * 4, pixel * 4 + 3);
      return Math.round(0.2126 * red! + 0.7152 * green! + 0.0722 * blue!);
    }),
  );
}

test('everything can be deleted, and the page shows that it is', async ({ page }) => {
  await make(page, 'a fox');
  await openLibrary(page);
  await page.evaluate(async () => {
    await (await caches.open('zoetrope-test')).put('/kept', new Response('kept'));
    await (await caches.open('neighbour')).put('/kept', new Response('kept'));
    localStorage.setItem('neighbour', 'kept');
  });
  const before = await everythingStored(page);
  for (const place of [
    'zoetrope-weights/',
    'zoetrope-films/',
    'zoetrope-clips/',
    'zoetrope.stage-rates',
    'zoetrope-test/',
  ]) {
    expect(
      before.some((found) => found.startsWith(place)),
      place,
    ).toBe(true);
  }
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await everythingStored(page)).toEqual(before);

  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  const rows = page.getByRole('definition');
  await expect(rows).toHaveCount(2, { timeout: 15_000 });
  const [first, last] = await rows.allTextContents();
  const itemsIn = (text = '') => Number(/^([\d,]+) items?/.exec(text)?.[1]?.replace(',', ''));
  expect(itemsIn(first)).toBe(before.length - 2);
  expect(itemsIn(last)).toBe(0);
  const bytesIn = (text = '') => {
    const [, value, unit] = /counts ([\d.,]+) (kB|MB)/.exec(text)!;
    return Number(value!.replace(',', '')) * (unit === 'MB' ? 1000 : 1);
  };
  expect(bytesIn(last)).toBeLessThan(bytesIn(first));
  expect(await everythingStored(page)).toEqual([
    expect.stringMatching(/^neighbour/),
    'neighbour=kept',
  ]);
  await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
});

test('private mode leaves nothing behind, after a reload too', async ({ page }) => {
  await make(page, 'a fox');
  await page.getByLabel('Private mode').check();
  await page.reload();
  await expect(page.getByLabel('Private mode')).toBeChecked();
  const before = await everythingStored(page);
  await make(page, 'a secret dog');
  await page.getByRole('button', { name: 'Extend 3 s' }).click();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible({ timeout: 60_000 });
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Write the prompts into the MP4').check();
  await openLibrary(page);
  await expect(cards(page)).toHaveText([/a fox/]);
  expect(await everythingStored(page)).toEqual(before);

  await page.getByLabel('Private mode').uncheck();
  await page.getByRole('link', { name: 'Studio' }).click();
  // The form has the two shots of the longer film.
  await page.reload();
  await make(page, 'a cat');
  await openLibrary(page);
  await expect(cards(page)).toHaveCount(2);
});

test('private mode leaves no film behind that was being made when its page closed', async ({
  page,
  tinySiteUrl,
}) => {
  await page.getByLabel('Private mode').check();
  await page.getByLabel('What happens?').fill('a fox');
  await page.getByLabel('Keep going').check();
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByText(/0:0[4-9] so far/)).toBeVisible({ timeout: 60_000 });
  await page.goto('about:blank');
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const stored = await everythingStored(page);
  expect(stored.filter((place) => place.startsWith('zoetrope-films'))).toEqual([]);
  await expect(page.getByText('Unfinished film')).toBeHidden();
});

test('where storage is refused, the clip is still there and the page says that it is not kept', async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError');
    };
  });
  await page.reload();
  await make(page, 'a fox');
  await expect(page.getByText('the storage of this browser is full. Save it now')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
});

test.describe('the rules of accessibility', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const widthPx of [390, 1440]) {
      test(`hold, ${colorScheme}, ${widthPx} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width: widthPx, height: 900 });
        await openLibrary(page);
        await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('link', { name: 'Studio' }).click();
        await make(page, 'a fox');
        await openLibrary(page);
        await card(page, 'a fox').getByLabel('More with “a fox”').click();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await card(page, 'a fox').getByRole('button', { name: 'Export' }).click();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await choose(page, 'a fox', 'Delete');
        await page.getByRole('button', { name: 'Delete everything' }).click();
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(widthPx);
      });
    }
  }
});
