// The page over the fake studio: every state, by keyboard, by rule and by axe-core.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Failure } from '../../src/core/errors.ts';
import { errorMessage } from '../../src/ui/messages.ts';
import { expectAccessible } from './accessible.ts';
import type {} from './page-fake.ts';
import { servePage, whenMaking } from './serve-page.ts';

const PROMPT = 'a panda dances in the snow';
const MODEL_BYTE_LENGTH = 42_700_000;
let site: Awaited<ReturnType<typeof servePage>>;

test.beforeAll(async () => {
  site = await servePage();
});

test.afterAll(async () => {
  await site.close();
});

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`${site.url}${query}`);
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible();
}

/** Orders a clip and consents, so that the fake studio holds a job. */
async function start(page: Page): Promise<void> {
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Download/ }).click();
  await whenMaking(page);
}

async function startDenoising(page: Page, stepCount: number): Promise<void> {
  await start(page);
  await page.evaluate(
    ({ byteLength, stepCount }) => {
      window.fake.advance('obtain', byteLength);
      window.fake.advance('tokenize', 1);
      window.fake.advance('encode-text', 1);
      for (let step = 0; step <= stepCount; step++) window.fake.advance('denoise', step);
    },
    { byteLength: MODEL_BYTE_LENGTH, stepCount },
  );
}

async function finish(page: Page, mp4: readonly number[] = []): Promise<void> {
  await whenMaking(page);
  await page.evaluate(async (bytes) => {
    window.fake.mp4 = new Uint8Array(bytes);
    await window.fake.deliver(0, 17);
    window.fake.finish();
  }, mp4);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
}

async function fail(page: Page, failure: Failure): Promise<void> {
  await whenMaking(page);
  await page.evaluate((failure) => window.fake.fail(failure), failure);
  await expect(page.getByRole('alert')).toContainText(errorMessage(failure).title);
}

const filmCount = (page: Page) => page.evaluate(() => window.fake.films.length);

const lastFilm = (page: Page) => page.evaluate(() => window.fake.films.at(-1)!);

const canvasPixels = (page: Page) =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('nothing is made before consent, and no is an answer', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByRole('button', { name: 'Generate' }).click();
  const question = page.getByRole('region', { name: 'One download first' });
  await expect(question).toContainText('59.5 MB');
  await expect(question).toContainText('42.7 MB');
  await expect(question).toContainText('under “Models”');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole('button', { name: 'Generate' })).toBeFocused();
  expect(await filmCount(page)).toBe(0);

  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: 'Generate' }).click();
  await whenMaking(page);
  expect(await filmCount(page)).toBe(1);
});

test('a clip can be made, paused and saved from the keyboard alone', async ({ page }) => {
  await open(page);
  const prompt = page.getByLabel('What happens?');
  // The way between the screens and the player come first.
  for (let tabCount = 0; tabCount < 6 && !(await isFocused(prompt)); tabCount++) {
    await page.keyboard.press('Tab');
  }
  await expect(prompt).toBeFocused();
  await page.keyboard.type(PROMPT);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'One download first' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Generate' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'One download first' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toHaveText('Cancelled. Nothing half-made is kept.');
  await expect(page.getByRole('button', { name: 'Generate' })).toBeFocused();
  // Consent to these bytes was given; it is not asked for twice.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await finish(page, [1, 2, 3]);

  await pauseButton(page).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
  await page.keyboard.press('Tab');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^a-panda-dances-in-the-snow-\d+\.mp4$/);
  expect([...(await readFile(await file.path()))]).toEqual([1, 2, 3]);
});

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

function pauseButton(page: Page) {
  return page.getByRole('button', { name: 'Pause' });
}

test('progress names stage, step and time left, and never falls', async ({ page }) => {
  await page.clock.install();
  await open(page, '?plain');
  await start(page);
  const bar = page.getByRole('progressbar');
  const shares: number[] = [];
  const look = async () => shares.push(Number(await bar.getAttribute('aria-valuenow')));
  await page.evaluate(() => window.fake.advance('obtain', 0));
  await page.clock.runFor(1000);
  await page.evaluate(() => window.fake.advance('obtain', 17_300_000));
  await expect(page.getByText('Obtaining the model — 17.3 of 42.7 MB')).toBeVisible();
  await look();
  await page.evaluate((byteLength) => {
    window.fake.advance('obtain', byteLength);
    window.fake.advance('encode-text', 1);
    window.fake.advance('denoise', 0);
  }, MODEL_BYTE_LENGTH);
  await look();
  for (let step = 1; step <= 6; step++) {
    await page.clock.runFor(2000);
    await page.evaluate((step) => window.fake.advance('denoise', step), step);
    await look();
  }
  await page.clock.runFor(1000);
  await expect(page.getByText('Denoising — step 7 of 24')).toBeVisible();
  await expect(page.getByText('about 35 seconds left in this stage')).toBeVisible();
  await expect(page).toHaveTitle('Denoising — step 7 of 24 · Zoetrope');

  // Rates of another device weigh the stages differently; the bar must not show it.
  await page.evaluate(() => {
    localStorage.setItem('zoetrope.stage-rates.wasm', JSON.stringify({ decode: 100 }));
    const refusal = { cause: 'no-webgpu', detail: '' } as const;
    const facts = { kind: 'wasm', threadCount: 1, refusal } as const;
    window.fake.notice({ code: 'device', facts });
  });
  await look();
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeGreaterThan(shares[0]!);
});

test('a second clip tells the time left for all of it', async ({ page }) => {
  await page.clock.install();
  await open(page, '?plain');
  for (const round of [1, 2]) {
    if (round === 1) await start(page);
    else await page.getByRole('button', { name: 'Generate' }).click();
    await page.evaluate((byteLength) => {
      window.fake.advance('obtain', byteLength);
      window.fake.advance('denoise', 0);
    }, MODEL_BYTE_LENGTH);
    await page.clock.runFor(12_000);
    await page.evaluate(() => window.fake.advance('denoise', 12));
    if (round === 2) break;
    await page.evaluate(() => {
      for (const stage of ['decode', 'encode', 'tokenize', 'encode-text', 'mux'] as const)
        window.fake.advance(stage, 0);
    });
    await page.clock.runFor(17_000);
    await page.evaluate(() => {
      for (const stage of ['decode', 'encode'] as const) window.fake.advance(stage, 17);
      for (const stage of ['tokenize', 'encode-text', 'mux'] as const)
        window.fake.advance(stage, 1);
    });
    await finish(page);
  }
  await page.clock.runFor(1000);
  await expect(page.getByText(/^about \d+ (seconds?|minutes?) left$/)).toBeVisible();
});

test('screen readers hear each stage, and within one at most every 10 s', async ({ page }) => {
  await page.clock.install();
  await open(page, '?plain');
  await start(page);
  await page.evaluate(() => {
    const heard: string[] = [];
    const status = document.querySelector('[role=status]')!;
    const hear = () => heard.push(status.textContent);
    new MutationObserver(hear).observe(status, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    Object.assign(window, { heard });
    window.fake.advance('denoise', 0);
  });
  for (let step = 1; step <= 20; step++) {
    await page.clock.runFor(1000);
    await page.evaluate((step) => window.fake.advance('denoise', step), step);
  }
  await page.evaluate(() => window.fake.advance('denoise', 24));
  await page.evaluate(() => window.fake.advance('decode', 4));
  await page.clock.runFor(1000);
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  const denoising = heard.filter((line) => line.startsWith('Denoising'));
  expect(denoising.length).toBeGreaterThanOrEqual(2);
  expect(denoising.length).toBeLessThanOrEqual(3);
  expect(heard.filter((line) => line.startsWith('Decoding'))).toHaveLength(1);
});

test('the clip loops as it comes, and goes on where its file cannot be played', async ({
  page,
}) => {
  await open(page);
  await startDenoising(page, 24);
  await expect(page.locator('canvas')).toBeHidden();
  await page.evaluate(() => window.fake.deliver(0, 5));
  await expect(page.getByRole('img', { name: `Clip: ${PROMPT}` })).toBeVisible();
  const first = await canvasPixels(page);
  await expect.poll(() => canvasPixels(page)).not.toBe(first);
  await finish(page, [0]);
  const later = await canvasPixels(page);
  await expect.poll(() => canvasPixels(page)).not.toBe(later);

  await pauseButton(page).click();
  const still = await canvasPixels(page);
  await page.waitForTimeout(400);
  expect(await canvasPixels(page)).toBe(still);
});

test('the finished file plays in place of the frames', async ({ page }) => {
  await open(page);
  const canPlay = await page.evaluate(() =>
    document.createElement('video').canPlayType('video/mp4; codecs="avc1.64000d"'),
  );
  test.skip(canPlay === '', 'this browser has no H.264');
  await startDenoising(page, 24);
  await finish(page, [...(await readFile('public/first-light.mp4'))]);
  const video = page.locator('video');
  await expect(video).toHaveCSS('opacity', '1');
  const seconds = () => video.evaluate((video: HTMLVideoElement) => video.currentTime);
  const before = await seconds();
  await expect.poll(seconds).not.toBe(before);
  await pauseButton(page).click();
  await expect.poll(() => video.evaluate((video: HTMLVideoElement) => video.paused)).toBe(true);
});

test('nothing moves by itself for people who ask for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await startDenoising(page, 24);
  await page.evaluate(() => window.fake.deliver(0, 17));
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const still = await canvasPixels(page);
  await page.waitForTimeout(400);
  expect(await canvasPixels(page)).toBe(still);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => canvasPixels(page)).not.toBe(still);
});

test('cancel waits in words for a long step, then keeps the clip from before', async ({ page }) => {
  await open(page);
  await startDenoising(page, 24);
  await finish(page);
  await page.getByLabel('What happens?').fill('a fox jumps');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.evaluate(() => {
    window.fake.slowToCancel = true;
    window.fake.advance('denoise', 3);
  });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Cancelling…' })).toBeDisabled();
  await page.evaluate(() => window.fake.answerCancel());
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled();
  await expect(page.getByRole('img', { name: `Clip: ${PROMPT}` })).toBeVisible();
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('a failure says what to do, and the page works again', async ({ page }) => {
  await open(page);
  await startDenoising(page, 3);
  const failure: Failure = { code: 'webgpu-lost', facts: { reason: 'device reset' } };
  await fail(page, failure);
  await expect(page.getByRole('alert')).toContainText(errorMessage(failure).action);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('alert')).toBeEmpty();
  await finish(page);
});

test('a site without its pack says so, and the next try reads it', async ({ page }) => {
  await open(page, '?offline');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.evaluate(() => (window.fake.packFailure = undefined));
  await start(page);
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('what is wrong in the form is named, marked and focused', async ({ page }) => {
  await open(page);
  const wrong = [
    { label: 'What happens?', value: '   ', good: PROMPT, title: 'There is no prompt yet.' },
    { label: 'Seed', value: '-4', good: '7', title: 'The seed cannot be -4.' },
    { label: 'Seed', value: '', good: '7', title: 'The seed cannot be empty.' },
    { label: 'Steps', value: 'many', good: '8', title: 'The number of steps cannot be "many".' },
  ];
  await page.getByText('More', { exact: true }).click();
  for (const { label, value, good, title } of wrong) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(value);
    await page.getByRole('button', { name: 'Generate' }).click();
    await expect(page.getByRole('alert')).toContainText(title);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
    await field.fill(good);
  }
  await start(page);
  expect(await lastFilm(page)).toMatchObject({
    rows: [{ prompt: PROMPT }],
    seed: 7,
    stepCount: 8,
    widthPx: 128,
  });
});

test('shape, seed and examples reach the film', async ({ page }) => {
  await open(page, '?sizes=5');
  await expect(page.getByRole('radio')).toHaveCount(4);
  await expect(page.getByRole('radio', { name: '1:1' })).toBeChecked();
  await page.getByRole('radio', { name: '9:16' }).check();
  await page.getByRole('button', { name: 'a whale swims under water' }).click();
  const seed = page.getByLabel('Seed', { exact: true });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Download/ }).click();
  const film = await lastFilm(page);
  expect(film).toMatchObject({
    rows: [{ prompt: 'a whale swims under water', seconds: 3 }],
    widthPx: 96,
    heightPx: 160,
  });
  expect(String(film.seed)).toBe(await seed.inputValue());
});

test('every clip has a new seed, until the seed is locked', async ({ page }) => {
  await open(page);
  await startDenoising(page, 1);
  await finish(page);
  const again = async () => {
    await page.getByRole('button', { name: 'Generate' }).click();
    await finish(page);
  };
  const lock = page.getByRole('button', { name: 'Lock the seed' });
  await expect(lock).toHaveAttribute('aria-pressed', 'false');
  await again();
  await lock.click();
  await again();
  await page.getByLabel('Seed', { exact: true }).fill('11');
  await again();
  await again();
  const seeds = await page.evaluate(() => window.fake.films.map(({ seed }) => seed));
  expect(seeds[1]).not.toBe(seeds[0]);
  expect(seeds.slice(2)).toEqual([seeds[1], 11, 11]);
});

test('a model without guidance shows no field for it', async ({ page }) => {
  await open(page, '?unguided');
  await page.getByText('More', { exact: true }).click();
  await expect(page.getByLabel('Steps')).toBeVisible();
  await expect(page.getByLabel('Guidance')).toBeHidden();
  await start(page);
  expect(await lastFilm(page)).toMatchObject({ guidance: 1 });
});

test('the model can be removed, and consent goes with it', async ({ page }) => {
  await open(page);
  await startDenoising(page, 3);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: '42.7 MB of models and films' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  const remove = page.getByRole('group').getByRole('button', { name: 'Remove' });
  const colour = await remove.evaluate((button) => getComputedStyle(button).color);
  await remove.hover();
  await expect(remove).toHaveCSS('color', colour);
  await remove.click();
  await expect(page.getByRole('status').filter({ hasText: 'is removed' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'of models and films' })).toBeHidden();
  await page.goBack();
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('heading', { name: 'One download first' })).toBeVisible();
});

test('the prompt goes to no checker and no address', async ({ page }) => {
  await open(page);
  const prompt = page.getByLabel('What happens?');
  for (const [name, value] of [
    ['spellcheck', 'false'],
    ['autocomplete', 'off'],
    ['autocorrect', 'off'],
  ] as const) {
    await expect(prompt).toHaveAttribute(name, value);
  }
  await startDenoising(page, 24);
  await finish(page);
  expect(decodeURIComponent(page.url())).not.toContain('panda');
});

/** Three shots in the form, each with words of its own; the last field keeps the focus. */
async function writeBoard(page: Page): Promise<void> {
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.keyboard.type('a fox jumps');
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.keyboard.type('a whale swims');
}

/** Orders the film of the form where no download comes first, so that the fake studio holds a job. */
async function order(page: Page): Promise<void> {
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: 'Generate' }).click();
  await whenMaking(page);
}

const prompts = async (page: Page) => (await lastFilm(page)).rows.map(({ prompt }) => prompt);

const deliver = (page: Page, frameIndex: number, frameCount: number) =>
  page.evaluate((args) => window.fake.deliver(...args), [frameIndex, frameCount] as const);

test('the length goes from 1 to 60 seconds, by slider and by number', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  const slider = page.getByRole('slider', { name: 'Length' });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(page.getByLabel('Length in seconds')).toHaveValue('60');
  await page.keyboard.press('Home');
  await expect(page.getByLabel('Length in seconds')).toHaveValue('1');
  await page.getByLabel('Length in seconds').fill('4.5');
  await order(page);
  expect((await lastFilm(page)).rows[0]?.seconds).toBe(4.5);
});

test('a film can go on until it is stopped, and what was made is kept', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByLabel('Keep going').check();
  await expect(page.getByRole('button', { name: 'Four variations' })).toBeHidden();
  await order(page);
  expect((await lastFilm(page)).rows[0]?.seconds).toBe('endless');
  await page.evaluate(() => window.fake.advance('denoise', 30));
  await deliver(page, 0, 17);
  await deliver(page, 17, 84);
  await expect(
    page.locator('main').getByText('Denoising — step 31', { exact: true }).first(),
  ).toBeVisible();
  await expect(page.getByText('0:08 so far')).toBeVisible();
  await expect(page.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toHaveText('Stopped. What was made is kept.');
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  await page.getByRole('button', { name: 'Retake a part' }).click();
  await expect(page.getByRole('slider', { name: 'To' })).toHaveAttribute('max', /^8\.5/);
});

test('a storyboard is written, ordered and cut down by mouse', async ({ page }) => {
  await open(page);
  await writeBoard(page);
  await page.getByLabel('Follows (Shot 2)').selectOption('Cut');
  await page.getByLabel('Follows (Shot 3)').selectOption('Cross-fade');
  await page.getByRole('button', { name: 'Move shot 3 up' }).click();
  await page.getByRole('button', { name: 'Words' }).nth(2).click();
  await page.getByRole('radio', { name: 'Camera' }).check();
  await page.getByRole('button', { name: 'zooms in' }).click();
  await expect(page.getByText('0:09 in all')).toBeVisible();
  await order(page);
  expect(await lastFilm(page)).toMatchObject({
    rows: [
      { prompt: PROMPT, transition: 'cut', camera: '' },
      { prompt: 'a whale swims', transition: 'cross-fade' },
      { prompt: 'a fox jumps', transition: 'cut', camera: 'the camera zooms in' },
    ],
  });
  await finish(page);
  await page.getByRole('button', { name: 'Remove shot 2' }).click();
  await page.getByRole('button', { name: 'Remove shot 2' }).click();
  await expect(page.getByLabel('What happens?')).toHaveValue(PROMPT);
});

test('a shot is dragged to another place', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1200 });
  await open(page);
  await writeBoard(page);
  const grip = page.locator('.grip').first();
  const from = (await grip.boundingBox())!;
  const last = (await page.getByRole('group', { name: 'Shot 3' }).boundingBox())!;
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 5, last.y + last.height - 5, { steps: 12 });
  await page.mouse.up();
  await page.mouse.move(from.x, from.y, { steps: 3 });
  await order(page);
  expect(await prompts(page)).toEqual(['a fox jumps', 'a whale swims', PROMPT]);
});

test('a storyboard is directed from the keyboard alone', async ({ page }) => {
  await open(page);
  const first = page.getByLabel('What happens?');
  await tabTo(page, first);
  await page.keyboard.type(PROMPT);
  await tabTo(page, page.getByRole('button', { name: 'Add a shot' }));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('What happens in shot 2?')).toBeFocused();
  await page.keyboard.type('a fox jumps');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByLabel('What happens in shot 1?')).toBeFocused();
  await expect(page.getByLabel('What happens in shot 1?')).toHaveValue('a fox jumps');
  await expect(page.getByRole('status')).toHaveText('Now shot 1 of 2.');
  await tabTo(page, page.getByRole('button', { name: 'Move shot 2 up' }));
  await page.keyboard.press('Enter');
  // At its end the button is off, and the focus stays with the shot.
  await expect(page.getByRole('button', { name: 'Move shot 1 down' })).toBeFocused();
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.keyboard.press('Control+Enter');
  await whenMaking(page);
  expect(await prompts(page)).toEqual([PROMPT, 'a fox jumps']);
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 60 && !(await isFocused(target)); count++) {
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('one shot is retaken, and the others stay as they are', async ({ page }) => {
  await open(page);
  await writeBoard(page);
  await expect(page.getByRole('button', { name: 'Retake shot 2' })).toBeHidden();
  await order(page);
  await finish(page);
  const before = await lastFilm(page);
  await page.getByRole('button', { name: 'Retake shot 2' }).click();
  await finish(page);
  const after = await lastFilm(page);
  expect(after).toEqual({
    ...before,
    rows: before.rows.with(1, {
      ...before.rows[1]!,
      retakes: [{ startSeconds: 0, endSeconds: 3, seed: expect.any(Number) as unknown as number }],
    }),
  });
  // The form has the retake now: made again, the film is the same.
  await expect(page.getByRole('button', { name: 'Lock the seed' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: 'Generate' }).click();
  await finish(page);
  expect(await lastFilm(page)).toEqual(after);
});

test('an arrow that has come to its end gives the focus to the other one, not to Retake', async ({
  page,
}) => {
  await open(page);
  await writeBoard(page);
  await order(page);
  await finish(page);
  await expect(page.getByRole('button', { name: 'Retake shot 2' })).toBeEnabled();
  await page.getByRole('button', { name: 'Move shot 2 up' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Move shot 1 down' })).toBeFocused();
});

test('a shot that is removed leaves the focus with its neighbour', async ({ page }) => {
  await open(page);
  await writeBoard(page);
  await page.getByRole('button', { name: 'Remove shot 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove shot 1' })).toBeFocused();
  await expect(page.getByLabel('What happens in shot 1?')).toHaveValue('a fox jumps');
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.getByRole('button', { name: 'Remove shot 3' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove shot 2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Storyboard' })).toBeFocused();
});

test('a model that makes single windows from words offers nothing more', async ({ page }) => {
  await open(page, '?plain');
  for (const name of ['Pictures', 'Extend 3 s']) {
    await expect(page.getByRole('button', { name })).toBeHidden();
  }
  await expect(page.getByRole('slider')).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await expect(page.getByLabel('Follows (Shot 2)').getByRole('option')).toHaveText([
    'Cut',
    'Cross-fade',
  ]);
  await page.getByRole('button', { name: 'Remove shot 2' }).click();
  await startDenoising(page, 24);
  await expect(page.getByLabel('And now?')).toBeHidden();
  await finish(page);
  const { name } = { name: /Extend|Loop|Retake/ };
  await expect(page.getByRole('button', { name })).toHaveCount(0);
});

/** A picture file of one colour, 60 × 40 pixels. */
async function pictureFile(page: Page, colour = '#4a8') {
  const base64 = await page.evaluate((fill) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    const context = canvas.getContext('2d')!;
    context.fillStyle = fill;
    context.fillRect(0, 0, 60, 40);
    return canvas.toDataURL('image/png').split(',')[1]!;
  }, colour);
  return { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}

interface FilePayload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Drops or pastes a file on an element, as a browser would. */
async function give(target: Locator, kind: 'drop' | 'paste', file: FilePayload): Promise<void> {
  const { name, mimeType: type } = file;
  await target.evaluate(
    (element, { kind, name, type, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const options = { bubbles: true, cancelable: true };
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data });
      element.dispatchEvent(event);
    },
    { kind, name, type, bytes: [...file.buffer] },
  );
}

test('pictures are picked, dropped and pasted, and follow the shape', async ({ page }) => {
  await open(page, '?sizes=4');
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByRole('button', { name: 'Pictures' }).click();
  const firstSlot = page.getByRole('group', { name: 'First picture' });
  const chooser = page.waitForEvent('filechooser');
  await firstSlot.getByRole('button', { name: 'First picture' }).click();
  await (await chooser).setFiles(await pictureFile(page));
  await expect(firstSlot.locator('img')).toHaveJSProperty('naturalWidth', 128);
  const lastSlot = page.getByRole('group', { name: 'Last picture' });
  await give(lastSlot, 'drop', await pictureFile(page, '#a48'));
  await expect(lastSlot.locator('img')).toBeVisible();
  await page.getByRole('radio', { name: '16:9' }).check();
  await expect(firstSlot.locator('img')).toHaveJSProperty('naturalWidth', 160);
  await lastSlot.getByRole('button', { name: 'Remove last picture' }).click();
  await expect(lastSlot.locator('img')).toBeHidden();
  await order(page);
  const [row] = (await lastFilm(page)).rows;
  expect(row?.startPicture).toMatch(/^data:image\/png;base64,/);
  expect(row?.endPicture).toBeUndefined();
  await page.keyboard.press('Escape');

  // Pasted into the words of a shot that would go on, a picture begins it with a cut.
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.keyboard.type('a fox jumps');
  await give(page.getByLabel('What happens in shot 2?'), 'paste', await pictureFile(page));
  await expect(page.getByLabel('Follows (Shot 2)')).toHaveValue('cut');
});

test('a film waits for its pictures to be cropped', async ({ page }) => {
  await open(page, '?sizes=4');
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByRole('button', { name: 'Pictures' }).click();
  const slot = page.getByRole('group', { name: 'First picture' });
  await give(slot, 'drop', await pictureFile(page));
  await expect(slot.locator('img')).toBeVisible();
  await page.evaluate((byteLength) => {
    window.fake.stored = byteLength;
    document.querySelector<HTMLElement>('input[aria-label="16:9"]')!.click();
    document.querySelector<HTMLElement>('.generate')!.click();
  }, MODEL_BYTE_LENGTH);
  await expect.poll(() => lastFilm(page)).toMatchObject({ widthPx: 160, heightPx: 96 });
});

test('a picture that cannot be used is refused where it was given', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Pictures' }).click();
  const slot = page.getByRole('group', { name: 'First picture' });
  const file = { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await give(slot, 'drop', file);
  await expect(page.getByRole('alert')).toContainText('not a picture');
  await expect(slot.getByRole('button', { name: 'First picture' })).toBeFocused();
});

test('what is wrong in a shot is named with its number, marked and focused', async ({ page }) => {
  await open(page);
  await writeBoard(page);
  const second = page.getByLabel('What happens in shot 2?');
  await second.fill(' ');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('alert')).toContainText('Shot 2 has no prompt yet.');
  await expect(second).toBeFocused();
  await expect(page.getByLabel('What happens in shot 1?')).toHaveAttribute('aria-invalid', 'false');
  await second.fill('a fox jumps');
  const third = page.getByLabel('Length in seconds').nth(2);
  await third.fill('long');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('alert')).toContainText('The length of shot 3 cannot be "long".');
  await expect(third).toBeFocused();
});

test('four variations are made one after the other, and one of them is chosen', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: 'Four variations' }).click();
  for (const number of [1, 2, 3, 4]) {
    await expect(page.getByText(`${number} of 4 ·`)).toBeVisible();
    await page.evaluate(async () => {
      await window.fake.deliver(0, 17);
      window.fake.finish();
    });
    await expect(page.getByRole('button', { name: `Variation ${number}, seed` })).toBeVisible();
  }
  const films = await page.evaluate(() => window.fake.films);
  expect(films).toHaveLength(4);
  expect(new Set(films.map(({ seed }) => seed)).size).toBe(4);
  await page.getByRole('button', { name: 'Variation 3, seed' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue(String(films[2]?.seed));
  await expect(page.getByRole('list', { name: 'Variations' })).toBeHidden();
});

test('a variation chosen early is the last one made', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: 'Four variations' }).click();
  await whenMaking(page);
  await page.evaluate(async () => {
    await window.fake.deliver(0, 17);
    window.fake.finish();
  });
  await expect.poll(() => filmCount(page)).toBe(2);
  await page.getByRole('button', { name: 'Variation 1, seed' }).click();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  expect(await filmCount(page)).toBe(2);
});

test('a film is steered while it is made, and says from when', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByLabel('Length in seconds').fill('9');
  await order(page);
  await deliver(page, 0, 17);
  await page.getByLabel('And now?').fill('the panda flies away');
  await page.keyboard.press('Enter');
  await expect(page.getByText('From 0:03.0 on: the panda flies away').first()).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('From 0:03.0 on: the panda flies away');
  await page.evaluate(() => (window.fake.steerSeconds = undefined));
  await page.getByLabel('And now?').fill('and lands');
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByText('Too late').first()).toBeVisible();
  await finish(page);
  await expect(
    page.getByRole('listitem').filter({ hasText: '0:03 the panda flies' }),
  ).toBeVisible();
  await expect(page.getByLabel('What happens in shot 2?')).toHaveValue('the panda flies away');
});

test('a clip is extended, looped and retaken in part, and the form follows', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await order(page);
  await finish(page);
  const first = await lastFilm(page);
  await page.getByRole('button', { name: 'Extend 3 s' }).click();
  await finish(page);
  const longer = await lastFilm(page);
  expect(longer).toMatchObject({ seed: first.seed, rows: [{}, { transition: 'continue' }] });
  await expect(page.getByLabel('What happens in shot 2?')).toHaveValue(PROMPT);

  await page.getByRole('button', { name: 'Loop', exact: true }).click();
  await finish(page);
  expect(await lastFilm(page)).toEqual({ ...longer, loops: true });
  await page.getByRole('button', { name: 'Stop looping' }).click();
  await finish(page);
  expect(await lastFilm(page)).toEqual(longer);

  await page.getByRole('button', { name: 'Retake a part' }).click();
  await page.getByRole('slider', { name: 'From' }).fill('1');
  await page.getByRole('slider', { name: 'To' }).focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Retake', exact: true }).click();
  await whenMaking(page);
  const seed = expect.any(Number) as unknown as number;
  expect((await lastFilm(page)).rows.map(({ retakes }) => retakes)).toEqual([
    [{ startSeconds: 1, endSeconds: 3, seed }],
    [{ startSeconds: 0, endSeconds: 0.5, seed }],
  ]);
});

test('the part to retake lies in the clip that stands on the stage', async ({ page }) => {
  await open(page, '?unfinished=3');
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByLabel('Length in seconds').fill('6');
  await order(page);
  await finish(page);
  await page.getByRole('button', { name: 'Retake a part' }).click();
  await page.getByRole('slider', { name: 'From' }).fill('5');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.locator('.caption')).toContainText('a whale');
  await page.getByRole('button', { name: 'Retake', exact: true }).click();
  await whenMaking(page);
  expect((await lastFilm(page)).rows[0]?.retakes).toHaveLength(1);
});

test('a kept clip gives its settings back, and its picture stays when it gets a star', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await order(page);
  await finish(page, [...(await readFile('public/first-light.mp4'))]);
  await page.getByLabel('What happens?').fill(' ');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();

  await page.getByRole('link', { name: 'Library' }).click();
  const picture = await page.locator('main img').getAttribute('src');
  const star = page.getByRole('button', { name: 'Star “' });
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  const isHere = (url: string) => fetch(url).then(({ ok }) => ok);
  expect(await page.evaluate(isHere, picture!).catch(() => false)).toBe(true);

  await page.getByLabel('More with').click();
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await expect(page.getByLabel('What happens?')).toHaveValue(PROMPT);
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('private mode outlives the deletion of everything', async ({ page }) => {
  await open(page);
  await page.getByLabel('Private mode').check();
  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('definition')).toHaveCount(2, { timeout: 15_000 });
  await page.reload();
  await expect(page.getByLabel('Private mode')).toBeChecked();
});

test('a clip gives its settings back', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await order(page);
  await finish(page);
  const made = await lastFilm(page);
  await page.getByLabel('What happens?').fill('something else');
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await expect(page.getByLabel('What happens?')).toHaveValue(PROMPT);
  await page.getByRole('button', { name: 'Generate' }).click();
  await whenMaking(page);
  expect(await lastFilm(page)).toEqual(made);
});

test('a film is saved as JSON and opened again, by choosing and by dropping', async ({ page }) => {
  await open(page);
  await writeBoard(page);
  await order(page);
  await finish(page);
  const made = await lastFilm(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save film' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^a-panda-dances-in-the-snow-\d+\.json$/);
  const path = await file.path();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(made);

  await open(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open film' }).click();
  await (await chooser).setFiles(path);
  await expect(page.getByLabel('What happens in shot 3?')).toHaveValue('a whale swims');
  await order(page);
  expect(await lastFilm(page)).toEqual(made);

  await open(page);
  const buffer = await readFile(path);
  await give(page.locator('footer'), 'drop', { name: 'film.json', mimeType: '', buffer });
  await expect(page.getByLabel('What happens in shot 3?')).toHaveValue('a whale swims');
});

test('a file without a film is refused in words', async ({ page }) => {
  await open(page);
  const drop = (name: string, text: string) =>
    give(page.locator('footer'), 'drop', { name, mimeType: '', buffer: Buffer.from(text) });
  for (const name of ['notes.json', 'clip.mp4']) {
    await drop(name, 'nothing of the kind');
    await expect(page.getByRole('alert')).toContainText(`There is no film to be read in ${name}.`);
  }
  await drop('film.json', '{"version": 9, "prompt": "a fox"}');
  await expect(page.getByRole('alert')).toContainText('another version');
  await drop('film.json', '{"prompt": "a fox"}');
  await expect(page.getByRole('alert')).toBeEmpty();
  await expect(page.getByLabel('What happens?')).toHaveValue('a fox');
});

test('prompts go into the file only where the person allows it, and that is remembered', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await order(page);
  await finish(page);
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Write the prompts into the MP4').check();
  await order(page);
  expect(await page.evaluate(() => window.fake.options)).toMatchObject([
    { storesFilm: false },
    { storesFilm: true },
  ]);
  await finish(page);
  await open(page);
  await page.getByText('More', { exact: true }).click();
  await expect(page.getByLabel('Write the prompts into the MP4')).toBeChecked();
});

test('what the film should keep away from goes with it', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Without').fill('rain');
  await page.getByLabel('Guidance').fill('1');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByLabel('Without')).toBeFocused();
  await page.getByLabel('Guidance').fill('3');
  await order(page);
  expect(await lastFilm(page)).toMatchObject({ negativePrompt: 'rain', guidance: 3 });
});

test('a film of a closed page is kept or discarded', async ({ page }) => {
  await open(page, '?unfinished=8');
  const card = page.getByRole('region', { name: 'Unfinished film' });
  await expect(card).toContainText('8 seconds of it are kept');
  await card.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  await expect(page.getByText('a whale swims under water Seed 5')).toBeVisible();
  await expect(card).toBeHidden();

  await open(page, '?unfinished=8');
  await tabTo(page, card.getByRole('button', { name: 'Discard' }));
  await page.keyboard.press('Enter');
  await expect(card).toBeHidden();
  expect(await page.evaluate(() => window.fake.leftBehind)).toBeUndefined();
});

const states: Record<string, (page: Page) => Promise<void>> = {
  'first visit': () => Promise.resolve(),
  consent: async (page) => {
    await page.getByLabel('What happens?').fill(PROMPT);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'One download first' })).toBeVisible();
  },
  notices: async (page) => {
    await startDenoising(page, 7);
    await page.evaluate(() => {
      const refusal = { cause: 'no-webgpu', detail: '' } as const;
      const facts = { kind: 'wasm', threadCount: 4, refusal } as const;
      window.fake.notice({ code: 'device', facts });
      window.fake.notice({ code: 'kept-in-memory', facts: { reason: 'full', byteLength: 4e7 } });
    });
  },
  streaming: async (page) => {
    await startDenoising(page, 24);
    await page.evaluate(() => window.fake.deliver(0, 5));
  },
  finished: async (page) => {
    await startDenoising(page, 24);
    await finish(page);
  },
  failed: async (page) => {
    await startDenoising(page, 3);
    const facts = { worker: 'generate', cause: 'stopped', detail: '' } as const;
    await fail(page, { code: 'worker-died', facts });
  },
  'a storyboard of three': writeBoard,
  'an error in shot 2': async (page) => {
    await writeBoard(page);
    await page.getByLabel('What happens in shot 2?').fill('');
    await page.getByRole('button', { name: 'Generate' }).click();
    await expect(page.getByRole('alert')).toContainText('Shot 2');
  },
  'camera and pictures': async (page) => {
    await page.getByRole('button', { name: 'Pictures' }).click();
    await page.getByRole('button', { name: 'Words' }).click();
    await page.getByRole('radio', { name: 'Camera' }).check();
    await page.getByRole('button', { name: 'zooms in' }).click();
    const slot = page.getByRole('group', { name: 'First picture' });
    await give(slot, 'drop', await pictureFile(page));
    await expect(slot.locator('img')).toBeVisible();
  },
  variations: async (page) => {
    await page.getByLabel('What happens?').fill(PROMPT);
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await page.getByRole('button', { name: 'Four variations' }).click();
    await page.evaluate(async () => {
      await window.fake.deliver(0, 17);
      window.fake.finish();
    });
    await expect(page.getByRole('button', { name: 'Variation 1, seed' })).toBeVisible();
  },
  steering: async (page) => {
    await page.getByLabel('What happens?').fill(PROMPT);
    await page.getByLabel('Keep going').check();
    await order(page);
    await deliver(page, 0, 17);
    await page.getByLabel('And now?').fill('a fox jumps');
    await page.keyboard.press('Enter');
  },
  'retake a part': async (page) => {
    await writeBoard(page);
    await order(page);
    await finish(page);
    await page.getByRole('button', { name: 'Retake a part' }).click();
  },
  'an unfinished film': async (page) => {
    await open(page, '?sizes=4&unfinished=8');
    await expect(page.getByRole('region', { name: 'Unfinished film' })).toBeVisible();
  },
  'everything unfolded': async (page) => {
    for (const summary of await page.locator('summary').all()) await summary.click();
  },
};

for (const [state, reach] of Object.entries(states)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe-core finds nothing: ${state}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, '?sizes=4');
      await reach(page);
      await expectAccessible(page);
    });
  }

  test(`fits every width, with targets for fingers: ${state}`, async ({ page }) => {
    await open(page, '?sizes=4');
    await reach(page);
    for (const width of [320, 390, 768, 940, 1000, 1024, 1440, 2560]) {
      await page.setViewportSize({ width, height: 1100 });
      const { overflowPx, small } = await page.evaluate(() => ({
        overflowPx: document.documentElement.scrollWidth - window.innerWidth,
        small: [...document.querySelectorAll('button, a, input, select, summary')]
          .map((element) => element.closest('label:has(input)') ?? element)
          .map((element) => ({ name: element.outerHTML, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 36)
          .map(({ name }) => name),
      }));
      expect(overflowPx, `at ${width} px`).toBeLessThanOrEqual(0);
      expect(small, `at ${width} px`).toEqual([]);
    }
  });
}
