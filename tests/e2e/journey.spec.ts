// One visit from the first look to a page without a network, on the built site over the real chain, at three widths.
import { expect as expectSoon } from '@playwright/test';
import type { Page } from '@playwright/test';
import { words } from '../../src/ui/messages.ts';
import { openHost } from './host.ts';
import { test } from './studio-test.ts';

/** Clips are made for real, on a machine that may have other work. */
const expect = expectSoon.configure({ timeout: 60_000 });

test.use({ serviceWorkers: 'allow' });

const prompt = (page: Page) => page.getByLabel(words.prompt);
const caption = (page: Page) => page.locator('.caption');

async function expectNoOverflow(page: Page): Promise<void> {
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflowPx).toBeLessThanOrEqual(0);
}

async function openScreen(page: Page, name: keyof typeof words.screens): Promise<void> {
  await page.getByRole('link', { name: words.screens[name], exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`#${name}$`));
}

for (const width of [1440, 1024, 390]) {
  test(`a whole visit, ${width} px wide`, async ({ page, context, tinySiteUrl }) => {
    const host = await openHost({ siteUrl: tinySiteUrl });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${host.url}?device=wasm`);
    await expect(page.getByText(words.about)).toBeVisible();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByText(words.checkTitle).click();
    await expect(page.getByRole('button', { name: words.copyReport })).toBeVisible();
    await expectNoOverflow(page);

    await page.getByRole('button', { name: words.surprise }).click();
    await expect(prompt(page)).not.toHaveValue('');
    const text = await prompt(page).inputValue();
    await expect(page.getByText(words.understood)).toBeAttached();
    await page.getByLabel(words.secondsNumber).fill('10');
    await page.getByRole('button', { name: words.generate }).click();
    await page.getByRole('button', { name: /^Download/ }).click();
    await prompt(page).fill('a fox jumps');
    await page.getByRole('button', { name: words.addToQueue }).click();
    await expect(page.getByRole('region', { name: words.queue })).toContainText('a fox jumps');
    await expectNoOverflow(page);
    await expect(caption(page)).toContainText('a fox jumps');
    await expectNoOverflow(page);

    await page.getByRole('button', { name: words.copyLink }).click();
    await expect(page.getByText(words.linkCopied)).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());

    await openScreen(page, 'library');
    const clips = page.getByRole('list', { name: words.screens.library });
    await expect(clips.getByRole('listitem')).toHaveCount(2);
    await expect(clips).toContainText(text);
    await page.getByRole('button', { name: words.clipLabels('a fox jumps').star }).click();
    await clips.getByRole('button', { name: words.export }).first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: words.exportKinds.gif.name }).click();
    expect((await download).suggestedFilename()).toMatch(/^a-fox-jumps.*\.gif$/);
    await page.getByRole('button', { name: words.close }).click();
    await page.getByRole('button', { name: words.libraryStarred }).click();
    await expect(clips.getByRole('listitem')).toHaveCount(1);
    await expectNoOverflow(page);

    await openScreen(page, 'models');
    await page.getByRole('button', { name: words.modelVerify }).click();
    await expect(page.getByText('nothing is damaged')).toBeVisible();
    await expectNoOverflow(page);

    await page.goto(link);
    await expect(prompt(page)).toHaveValue('a fox jumps');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expectNoOverflow(page);
    await page.getByRole('button', { name: 'English' }).click();

    await host.close();
    await context.setOffline(true);
    await page.goto(`${host.url}?device=wasm`);
    await page.getByLabel(words.privateMode).check();
    await prompt(page).fill('a dog on the moon');
    await page.getByRole('button', { name: words.generate }).click();
    await expect(caption(page)).toContainText('a dog on the moon');
    await openScreen(page, 'library');
    await expect(clips.getByRole('listitem')).toHaveCount(2);
    await page.getByRole('button', { name: words.deleteEverything }).click();
    await page.getByRole('button', { name: words.deleteEverything }).click();
    await expect(page.getByRole('definition').last()).toContainText(/^0 items/);
    await expectNoOverflow(page);
  });
}
