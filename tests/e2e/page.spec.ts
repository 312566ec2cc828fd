// The page over the fake studio: every state, by keyboard, by rule and by axe-core.
// Served from source by a Vite of its own, so that no fake ships with the site.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import type Axe from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import { createServer } from 'vite';
import type { ViteDevServer } from 'vite';
import type { Failure } from '../../src/core/errors.ts';
import { errorMessage } from '../../src/ui/messages.ts';
import type {} from './page-fake.ts';

declare global {
  interface Window {
    axe: typeof Axe;
  }
}

const PROMPT = 'a panda dances in the snow';
const MODEL_BYTE_LENGTH = 42_700_000;
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let server: ViteDevServer;
let origin = '';

test.beforeAll(async () => {
  server = await createServer({
    cacheDir: 'node_modules/.vite-page',
    logLevel: 'error',
    optimizeDeps: { entries: ['tests/e2e/page-fake.html'] },
    server: { port: 0, hmr: false, watch: null },
  });
  await server.listen();
  origin = server.resolvedUrls?.local[0] ?? '';
});

test.afterAll(async () => {
  await server.close();
});

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`${origin}tests/e2e/page-fake.html${query}`);
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible();
}

/** Orders a clip and consents, so that the fake studio holds a job. */
async function start(page: Page): Promise<void> {
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
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
  await page.evaluate(async (bytes) => {
    await window.fake.deliver(0, 17);
    window.fake.finish(new Uint8Array(bytes));
  }, mp4);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
}

async function fail(page: Page, failure: Failure): Promise<void> {
  await page.evaluate((failure) => window.fake.fail(failure), failure);
  await expect(page.getByRole('alert')).toContainText(errorMessage(failure).title);
}

const requestCount = (page: Page) => page.evaluate(() => window.fake.requests.length);

const canvasPixels = (page: Page) =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('nothing is made before consent, and no is an answer', async ({ page }) => {
  await open(page);
  await page.getByLabel('What happens?').fill(PROMPT);
  await page.getByRole('button', { name: 'Generate' }).click();
  const question = page.getByRole('region', { name: 'One download first' });
  await expect(question).toContainText('59.5 MB');
  await expect(question).toContainText('42.7 MB');
  await expect(question).toContainText('Remove model');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole('button', { name: 'Generate' })).toBeFocused();
  expect(await requestCount(page)).toBe(0);

  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  expect(await requestCount(page)).toBe(1);
});

test('a clip can be made, paused and saved from the keyboard alone', async ({ page }) => {
  await open(page);
  const prompt = page.getByLabel('What happens?');
  for (let tabCount = 0; tabCount < 2 && !(await isFocused(prompt)); tabCount++) {
    await page.keyboard.press('Tab');
  }
  await expect(prompt).toBeFocused();
  await page.keyboard.type(PROMPT);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'One download first' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Generate' })).toBeFocused();
  await page.keyboard.press('Enter');
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
  await open(page);
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
  await open(page);
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
  await open(page);
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
  const request = await page.evaluate(() => window.fake.requests.at(-1));
  expect(request).toMatchObject({ prompt: PROMPT, seed: 7, stepCount: 8, widthPx: 128 });
});

test('size, seed and examples reach the request', async ({ page }) => {
  await open(page, '?sizes=2');
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Size').selectOption('192 × 192');
  await page.getByRole('button', { name: 'a whale swims under water' }).click();
  const seed = page.getByLabel('Seed', { exact: true });
  const before = await seed.inputValue();
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect(seed).not.toHaveValue(before);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Download/ }).click();
  const request = await page.evaluate(() => window.fake.requests.at(-1));
  expect(request).toMatchObject({ prompt: 'a whale swims under water', widthPx: 192 });
  expect(String(request?.seed)).toBe(await seed.inputValue());
});

test('a model without guidance shows no field for it', async ({ page }) => {
  await open(page, '?unguided');
  await page.getByText('More', { exact: true }).click();
  await expect(page.getByLabel('Steps')).toBeVisible();
  await expect(page.getByLabel('Guidance')).toBeHidden();
  await start(page);
  const request = await page.evaluate(() => window.fake.requests.at(-1));
  expect(request).toMatchObject({ guidance: 1 });
});

test('the model can be removed, and consent goes with it', async ({ page }) => {
  await open(page);
  await startDenoising(page, 3);
  await page.keyboard.press('Escape');
  await expect(page.getByText('The model takes 42.7 MB in this browser.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove model' }).click();
  await expect(page.getByRole('button', { name: 'Remove model' })).toBeHidden();
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('heading', { name: 'One download first' })).toBeVisible();
});

test('the prompt goes to no checker, no address and no store', async ({ page }) => {
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
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('panda');
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
  'everything unfolded': async (page) => {
    for (const summary of await page.locator('summary').all()) await summary.click();
  },
};

for (const [state, reach] of Object.entries(states)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe-core finds nothing: ${state}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, '?sizes=2');
      await reach(page);
      await page.addScriptTag({ path: axePath });
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
      });
      expect(found).toEqual([]);
    });
  }

  test(`fits every width, with targets for fingers: ${state}`, async ({ page }) => {
    await open(page, '?sizes=2');
    await reach(page);
    for (const width of [320, 390, 768, 1024, 1440, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      const { overflowPx, small } = await page.evaluate(() => ({
        overflowPx: document.documentElement.scrollWidth - window.innerWidth,
        small: [...document.querySelectorAll('button, a, input, select, summary')]
          .map((element) => ({ name: element.outerHTML, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 36)
          .map(({ name }) => name),
      }));
      expect(overflowPx, `at ${width} px`).toBeLessThanOrEqual(0);
      expect(small, `at ${width} px`).toEqual([]);
    }
  });
}
