// What helps with the words of the form: over the fake studio, and once with the model that comes with the site.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { chromiumLaunch } from '../chromium-launch.ts';
import type {} from './page-fake.ts';
import { servePage, whenMaking } from './serve-page.ts';
import { test } from './studio-test.ts';

const MODEL_BYTE_LENGTH = 42_700_000;
const TYPED = 'a kitten dances at sunset';

let site: Awaited<ReturnType<typeof servePage>>;

test.beforeAll(async () => {
  site = await servePage();
});

test.afterAll(async () => {
  await site.close();
});

async function open(page: Page, { isModelHere = true } = {}): Promise<void> {
  await page.goto(site.url);
  await expect(button(page, 'Words')).toBeVisible();
  if (isModelHere) {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  }
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const prompt = (page: Page) => page.getByLabel('What happens?');
const chip = (page: Page, name: string) =>
  page
    .getByRole('list', { name: /^(?:Cast|Action|Place|Time|Weather|Camera)$/ })
    .getByRole('button', { name, exact: true });
const films = (page: Page) => page.evaluate(() => window.fake.films);

async function choose(page: Page, kind: string, phrase: string): Promise<void> {
  await page.getByRole('radio', { name: kind }).check();
  await chip(page, phrase).click();
}

async function finish(page: Page): Promise<void> {
  await whenMaking(page);
  await page.evaluate(async () => {
    await window.fake.deliver(0, 17);
    window.fake.finish();
  });
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled();
}

/** What a screen reader says of the prompt beside its name. */
const description = (page: Page) => expect(prompt(page));

test('the line under the prompt says what is understood, and what is not', async ({ page }) => {
  await open(page);
  await description(page).toHaveAccessibleDescription('');
  await prompt(page).fill('a kitten is dancing on the beach with a violin');
  await description(page).toHaveAccessibleDescription(
    /^Understood: kitten → cat\s?·\s?dances\s?·\s?on the beach\. Unknown to the model: violin\./,
  );
  await prompt(page).fill('');
  await description(page).toHaveAccessibleDescription('');
});

test('words wait for the model, and are looked up once a film has brought it', async ({ page }) => {
  await open(page, { isModelHere: false });
  await prompt(page).fill(TYPED);
  await description(page).toHaveAccessibleDescription(/Not in its list: kitten\./);
  expect(await films(page)).toEqual([]);
  await button(page, 'Surprise me').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Download/ }).click();
  await page.evaluate((byteLength) => window.fake.advance('obtain', byteLength), MODEL_BYTE_LENGTH);
  await finish(page);
  await description(page).toHaveAccessibleDescription(/kitten → cat/);
});

test('chips write plain words where a sentence has them, from the keyboard alone', async ({
  page,
}) => {
  await open(page);
  await prompt(page).focus();
  await page.keyboard.press('Tab');
  await expect(button(page, 'Surprise me')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Cast' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(prompt(page)).toHaveValue('a cat');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(prompt(page)).toHaveValue('a cat jumps');
  await expect(chip(page, 'jumps')).toHaveAttribute('aria-pressed', 'true');
});

test('a chip takes the place of another of its kind, and goes when it is pressed again', async ({
  page,
}) => {
  await open(page);
  await prompt(page).fill('a fox is dancing at sunset, zooming in');
  await button(page, 'Words').click();
  await choose(page, 'Cast', 'astronaut');
  await choose(page, 'Place', 'on the beach');
  await choose(page, 'Time', 'at night');
  await choose(page, 'Action', 'jumps');
  await choose(page, 'Camera', 'pans left');
  await expect(prompt(page)).toHaveValue('an astronaut jumps on the beach at night');
  await choose(page, 'Place', 'on the beach');
  await expect(prompt(page)).toHaveValue('an astronaut jumps at night');
  await button(page, 'Generate')
    .or(page.getByRole('button', { name: /^Generate/ }))
    .first()
    .click();
  expect(await films(page)).toMatchObject([
    { rows: [{ prompt: 'an astronaut jumps at night', camera: 'the camera pans left' }] },
  ]);
});

test('each shot of a storyboard has words of its own, at 390 px too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await prompt(page).fill('a fox jumps');
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.keyboard.type('a panda');
  const shot = page.getByRole('group', { name: 'Shot 2' });
  await shot.getByRole('button', { name: 'Words' }).click();
  await choose(page, 'Action', 'dances');
  await expect(page.getByLabel('What happens in shot 2?')).toHaveValue('a panda dances');
  await expect(page.getByLabel('What happens in shot 1?')).toHaveValue('a fox jumps');
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflowPx).toBeLessThanOrEqual(0);
});

test('undo brings back what a click wrote over, and redo the click', async ({ page }) => {
  await open(page);
  await prompt(page).fill(TYPED);
  await expect(button(page, 'Undo')).toBeHidden();
  await button(page, 'Surprise me').click();
  const surprise = await prompt(page).inputValue();
  expect(surprise).not.toBe(TYPED);
  await page.getByRole('button', { name: 'a whale swims under water' }).click();
  await button(page, 'Undo').click();
  await expect(prompt(page)).toHaveValue(surprise);
  await button(page, 'Undo').click();
  await expect(prompt(page)).toHaveValue(TYPED);
  // The button that went away took no focus with it.
  await expect(button(page, 'Redo')).toBeFocused();
  await expect(page.getByRole('status').first()).toHaveText('What stood here before is back.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(prompt(page)).toHaveValue('a whale swims under water');
});

test('an example of the guide is written and made by one click', async ({ page }) => {
  await open(page);
  await prompt(page).fill(TYPED);
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.keyboard.type('a panda dances');
  await page.getByText('How to write a prompt').click();
  await expect(page.getByText('Spelling is not checked in these boxes')).toBeVisible();
  const tales = page.getByRole('list', { name: 'Once upon a time' });
  await expect(tales.getByRole('button')).toHaveText([
    'a ghost floats in the air in a forest at night',
  ]);
  await tales.getByRole('button').click();
  await finish(page);
  expect(await films(page)).toMatchObject([
    { rows: [{ prompt: 'a ghost floats in the air in a forest at night', camera: '' }] },
  ]);
  await button(page, 'Undo').click();
  await expect(page.getByLabel('What happens in shot 1?')).toHaveValue(TYPED);
  await expect(page.getByLabel('What happens in shot 2?')).toHaveValue('a panda dances');
});

test('what was ordered can be taken again after a reload, and forgotten', async ({ page }) => {
  await open(page);
  for (const text of [TYPED, 'a fox jumps', TYPED]) {
    await prompt(page).fill(text);
    await page.keyboard.press('Control+Enter');
    await finish(page);
  }
  const seeds = (await films(page)).map(({ seed }) => seed);
  await open(page);
  await page.getByText('Earlier prompts').click();
  const list = page.locator('details', { hasText: 'Earlier prompts' }).locator('ol button');
  await expect(list).toHaveText([new RegExp(`^${TYPED}.*seed ${seeds[2]}`), /^a fox jumps/]);
  await list.nth(1).click();
  await expect(prompt(page)).toHaveValue('a fox jumps');
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue(String(seeds[1]));

  await button(page, 'Clear the list').click();
  await expect(list).toHaveCount(0);
  const stored = () => page.evaluate(() => localStorage.getItem('zoetrope.history'));
  expect(await stored()).toBeNull();
  const fold = page.locator('details', { hasText: 'Earlier prompts' });
  await fold.getByRole('button', { name: 'Undo' }).click();
  await expect(list).toHaveCount(2);
  expect(await stored()).toContain('a fox jumps');
});

test('in private mode the list is forgotten for good too, and brought back whole', async ({
  page,
}) => {
  await open(page);
  await prompt(page).fill(TYPED);
  await page.keyboard.press('Control+Enter');
  await finish(page);
  await page.getByLabel('Private mode').check();
  const fold = page.locator('details', { hasText: 'Earlier prompts' });
  await fold.locator('summary').click();
  await button(page, 'Clear the list').click();
  await fold.getByRole('button', { name: 'Undo' }).click();
  await open(page);
  await fold.locator('summary').click();
  await expect(fold.getByRole('button', { name: TYPED })).toBeVisible();
  await button(page, 'Clear the list').click();
  await open(page);
  await expect(page.getByText('How to write a prompt')).toBeVisible();
  await expect(fold).toBeHidden();
});

test('what is broken in storage is passed over', async ({ page }) => {
  await open(page);
  for (const broken of ['{', '7', '[null, 3, {"rows": []}, {"rows": [{}]}]']) {
    await page.evaluate((text) => localStorage.setItem('zoetrope.history', text), broken);
    await open(page);
    await expect(page.getByText('How to write a prompt')).toBeVisible();
    await expect(page.getByText('Earlier prompts')).toBeHidden();
  }
  const old = '[{"version": 1, "rows": [{"prompt": "a fox of another version"}]}]';
  await page.evaluate((text) => localStorage.setItem('zoetrope.history', text), old);
  await open(page);
  await page.getByText('Earlier prompts').click();
  await page.getByRole('button', { name: 'a fox of another version' }).click();
  await expect(page.getByRole('alert')).toContainText('saved by another version');
});

test('the model itself says what words mean, gives way to a film, and fetches nothing for it', async ({
  siteUrl,
}) => {
  test.setTimeout(300_000);
  // Only a browser with a profile keeps a file as large as the engine.
  const profile = await mkdtemp(join(tmpdir(), 'zoetrope-words-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...(await chromiumLaunch()),
    serviceWorkers: 'allow',
  });
  try {
    const page = await context.newPage();
    await page.goto(`${siteUrl}?device=wasm`);
    await prompt(page).fill('a kitten dances in Paris with a violin');
    await description(page).toHaveAccessibleDescription(/Not in its list: kitten, paris, violin\./);
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Steps').fill('1');
    await page.getByLabel('Length in seconds').fill('1');
    await page.getByRole('button', { name: /^Generate/ }).click();
    await page.getByRole('button', { name: /^Download/ }).click();
    await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible({ timeout: 120_000 });
    const requests: string[] = [];
    // To route requests would turn the browser's cache off.
    context.on('request', (request) => requests.push(request.url()));
    await description(page).toHaveAccessibleDescription(
      /kitten → cat\s?·\s?dances\s?·\s?Paris → city\. Unknown to the model: violin\./,
      { timeout: 120_000 },
    );
    expect(requests.filter((url) => url.endsWith('.bin'))).toEqual([]);
    await prompt(page).fill('a puppy dances with a mortgage');
    await page.waitForTimeout(350);
    await page.getByRole('button', { name: /^Generate/ }).click();
    await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('alert')).toBeEmpty();
    await description(page).toHaveAccessibleDescription(
      /puppy → dog.*Unknown to the model: mortgage/s,
      {
        timeout: 120_000,
      },
    );
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});
