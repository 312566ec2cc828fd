// The first visit on the built site: what is there before any model, what is said of this browser, and what comes by itself.
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { words } from '../../src/ui/messages.ts';
import { expectAccessible } from './accessible.ts';
import { openHost } from './host.ts';
import { test } from './studio-test.ts';

const clip = (page: Page) => page.locator('video');
const check = (page: Page) => page.locator('summary', { hasText: words.checkTitle });
const generate = (page: Page) => page.getByRole('button', { name: words.generate });
const blockPacks = (page: Page) => page.route('**/packs/**', (route) => route.abort());

/** Tells the page that it is on a connection that costs something. */
async function meter(page: Page, connection: object): Promise<void> {
  await page.addInitScript((connection) => {
    Object.defineProperty(navigator, 'connection', { value: connection });
  }, connection);
}

test('everything that a first visit needs is there without a byte of a model', async ({
  page,
  tinySiteUrl,
}) => {
  await blockPacks(page);
  await page.goto(tinySiteUrl);
  await expect(clip(page)).toBeVisible();
  await expect
    .poll(() => clip(page).evaluate((it: HTMLVideoElement) => it.currentTime))
    .not.toBe(0);
  await expect(page.getByText(words.firstLight)).toBeVisible();
  await expect(page.getByText(words.about)).toBeVisible();
  const prompt = page.getByLabel(words.prompt);
  await expect(prompt).toHaveAttribute('placeholder', words.promptPlaceholder);
  await expect(generate(page)).toBeEnabled();
  await check(page).click();
  for (const { name } of Object.values(words.checks)) {
    await expect(page.getByRole('term').filter({ hasText: name })).toBeVisible();
  }
});

test('the page has painted its largest thing without a model', async ({ page, tinySiteUrl }) => {
  await blockPacks(page);
  await page.goto(tinySiteUrl);
  const paint = await page.evaluate(
    () =>
      new Promise<{ tag: string | undefined; atMs: number }>((resolve) => {
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1) as LargestContentfulPaint;
          resolve({ tag: last.element?.tagName, atMs: last.startTime });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  expect(paint.tag).toBeDefined();
  test.info().annotations.push({ type: 'painted', description: JSON.stringify(paint) });
});

test('size, place and way out are said before Generate is pressed', async ({
  page,
  tinySiteUrl,
}) => {
  await page.goto(tinySiteUrl);
  const line = page.getByText('The first clip brings');
  await expect(line).toContainText(/ (\d|\.)+ [kM]B down once/);
  await expect(line).toContainText('stays in this browser');
  await expect(line).toContainText(words.screens.models);
});

test('Generate on an untouched page runs the example', async ({ page, tinySiteUrl }) => {
  await page.goto(`${tinySiteUrl}?device=wasm`);
  await expect(check(page)).toBeVisible();
  await generate(page).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByRole('link', { name: words.save })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByLabel(words.prompt)).toHaveValue(words.promptPlaceholder);
  await expect(page.getByRole('img', { name: words.clip(words.promptPlaceholder) })).toBeVisible();
  await expect(check(page)).toBeHidden();
  await page.reload();
  await expect(page.getByText(words.stored(0).replace(/^\d+\skB/, ''))).toBeVisible();
  await expect(check(page)).toBeHidden();
});

test('the report holds the browser and what was found, and no word of the prompt', async ({
  page,
  context,
  tinySiteUrl,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(tinySiteUrl);
  await page.getByLabel(words.prompt).fill('a canary in the quartz mine');
  await check(page).click();
  await page.getByRole('button', { name: words.copyReport }).click();
  await expect(page.getByText(words.reportCopied)).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain(await page.evaluate(() => navigator.userAgent));
  for (const { name } of Object.values(words.checks)) expect(report).toContain(name);
  expect(report).not.toMatch(/canary|quartz|http|undefined/);
});

test('where the clipboard is denied, the report stands there to be selected', async ({
  page,
  tinySiteUrl,
}) => {
  await page.addInitScript(() => {
    const deny = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: deny } });
  });
  await page.goto(tinySiteUrl);
  await check(page).click();
  await page.getByRole('button', { name: words.copyReport }).click();
  await expect(page.getByLabel(words.reportToCopy)).toHaveValue(/^Zoetrope.*Browser: /s);
});

test('says what is missing: no GPU, no codec, no storage', async ({ page, tinySiteUrl }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'gpu', { value: undefined });
    Reflect.deleteProperty(window, 'VideoEncoder');
    IDBFactory.prototype.open = () => {
      throw new DOMException('', 'SecurityError');
    };
  });
  await page.goto(tinySiteUrl);
  await expect(check(page)).toContainText(words.checkOverall.missing);
  await check(page).click();
  const row = (name: string) => page.getByRole('term').filter({ hasText: name });
  await expect(row(words.checks.gpu.name)).toContainText(words.checkVerdicts.missing);
  await expect(row(words.checks.codec.name)).toContainText(words.checkVerdicts.missing);
  await expect(row(words.checks.storage.name)).toContainText(words.checkVerdicts.slow);
  await expect(row(words.checks.isolation.name)).toContainText(words.checkVerdicts.pass);
});

for (const [connection, sentence] of [
  [{ saveData: true }, words.consentSaveData],
  [{ type: 'cellular' }, words.consentCellular],
] as const) {
  test.describe(`on a metered connection, ${JSON.stringify(connection)}`, () => {
    test.use({ serviceWorkers: 'allow' });

    test('the clip waits for a click, and nothing is kept ahead', async ({ page, tinySiteUrl }) => {
      const host = await openHost({ siteUrl: tinySiteUrl });
      const asksForClip = () => host.heard.some((line) => line.includes('first-light.mp4'));
      await meter(page, connection);
      await page.goto(host.url);
      await expect(check(page)).toBeVisible();
      await expect(clip(page)).toHaveAttribute('poster', /first-light-still/);
      await page.waitForTimeout(500);
      expect(asksForClip()).toBe(false);
      expect(host.heard.some((line) => line.includes('sw.js'))).toBe(false);
      await page.getByRole('button', { name: words.play }).click();
      await expect.poll(asksForClip).toBe(true);
      await expect(page.getByRole('button', { name: words.pause })).toBeVisible();

      await generate(page).click();
      await expect(page.getByText(sentence)).toBeVisible();
      await host.close();
    });
  });
}

for (const width of [390, 1440]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe-core finds nothing at ${width} px, ${colorScheme}`, async ({
      page,
      siteUrl,
    }, info) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.addInitScript(() => {
        const deny = () => Promise.reject(new DOMException('', 'NotAllowedError'));
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: deny } });
      });
      await page.goto(siteUrl);
      await expect(page.getByText('The first clip brings')).toBeVisible();
      await page.screenshot({ path: info.outputPath('closed.png'), fullPage: true });
      await check(page).click();
      await page.getByRole('button', { name: words.copyReport }).click();
      await expect(page.getByLabel(words.reportToCopy)).toBeVisible();
      await page.screenshot({ path: info.outputPath('open.png'), fullPage: true });
      await expectAccessible(page);
      const overflowPx = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflowPx).toBeLessThanOrEqual(0);
    });
  }
}
