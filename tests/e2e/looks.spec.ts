// How the main screens look, against pictures of them. Fonts come with the test, so that they look the same everywhere;
// what moves or is drawn by chance is covered.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { words } from '../../src/ui/messages.ts';
import { test } from './fake-page.ts';
import type {} from './page-fake.ts';
import { whenMaking } from './serve-page.ts';

const MODEL_BYTE_LENGTH = 42_700_000;
const PROMPT = 'a panda dances in the snow';

const require = createRequire(import.meta.url);
const fonts = [
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
].map((path, index) => {
  const base64 = readFileSync(require.resolve(path)).toString('base64');
  return `@font-face { font-family: 'Looks ${index}'; font-weight: 100 900; src: url(data:font/woff2;base64,${base64}); }`;
});
const style = `${fonts.join('\n')}
  :root { --font: 'Looks 0', 'Looks 1', sans-serif !important; --font-mark: var(--font) !important; }`;

const prompt = (page: Page) => page.locator('textarea').first();
const main = (page: Page) => page.locator('.generate');

async function make(page: Page, text: string): Promise<void> {
  await prompt(page).fill(text);
  await main(page).click();
  await whenMaking(page);
  await page.evaluate(async (byteLength) => {
    const clip = await fetch('/first-light.mp4');
    window.fake.mp4 = new Uint8Array(await clip.arrayBuffer());
    window.fake.advance('obtain', byteLength);
    await window.fake.deliver(0, 17);
    window.fake.finish();
  }, MODEL_BYTE_LENGTH);
  await expect(page.locator('.caption')).toContainText(text);
  // It comes when typing has paused.
  await expect(page.locator('.says').first()).toBeVisible();
}

/** The way to each picture, from the opened page on. */
const looks: Record<string, (page: Page) => Promise<unknown>> = {
  'first-visit': () => Promise.resolve(),
  storyboard: async (page) => {
    await prompt(page).fill(PROMPT);
    await page.getByRole('button', { name: words.addShot }).click();
    await page.keyboard.type('a panda jumps in the snow');
  },
  'making-and-queue': async (page) => {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await prompt(page).fill(PROMPT);
    await main(page).click();
    await whenMaking(page);
    for (const waiting of ['a fox jumps in a forest', 'a whale swims under water']) {
      await prompt(page).fill(waiting);
      await page.getByRole('button', { name: words.addToQueue }).click();
    }
    await page.evaluate((byteLength) => {
      window.fake.advance('obtain', byteLength);
      window.fake.advance('denoise', 6);
    }, MODEL_BYTE_LENGTH);
  },
  finished: async (page) => {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await make(page, PROMPT);
  },
  library: async (page) => {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    for (const text of [PROMPT, 'a fox jumps in a forest']) await make(page, text);
    await page.evaluate(() => (location.hash = 'library'));
    await expect(page.locator('main img')).toHaveCount(2);
  },
  models: async (page) => {
    await page.evaluate(() => (location.hash = 'models'));
    await expect(page.locator('main li').first()).toBeVisible();
  },
};

for (const [look, width, colorScheme, locale] of [
  ['first-visit', 1440, 'light', 'en'],
  ['first-visit', 390, 'dark', 'en'],
  ['storyboard', 1024, 'light', 'en'],
  ['making-and-queue', 1440, 'dark', 'en'],
  ['finished', 390, 'light', 'en'],
  ['finished', 1024, 'light', 'ar'],
  ['library', 1440, 'light', 'en'],
  ['library', 390, 'dark', 'en'],
  ['models', 1440, 'light', 'en'],
  ['models', 390, 'dark', 'de'],
] as const) {
  test(`looks as it should: ${look}, ${width} px, ${colorScheme}, ${locale}`, async ({
    browser,
    fakePageUrl,
  }) => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      locale,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${fakePageUrl}?sizes=4`);
    await page.addStyleTag({ content: style });
    await expect(main(page)).toBeVisible();
    await looks[look]!(page);
    await page.evaluate(() => document.fonts.ready);
    const chance = ['video', 'canvas', '[name=seed], #seed', '.caption .hint'];
    await expect(page).toHaveScreenshot(`${look}-${width}-${colorScheme}-${locale}.png`, {
      fullPage: true,
      animations: 'disabled',
      mask: chance.map((selector) => page.locator(selector)),
      maskColor: '#888888',
      // Two machines draw the edges of letters a little differently.
      maxDiffPixelRatio: 0.002,
    });
    await context.close();
  });
}
