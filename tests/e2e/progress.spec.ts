// While it works: previews, the queue, the notice of the end and the lit screen, over the fake studio.
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { test } from './fake-page.ts';
import type {} from './page-fake.ts';
import { whenMaking } from './serve-page.ts';

declare global {
  interface Window {
    /** What the page asked of the browser, in order. */
    asked: string[];
  }
}

const MODEL_BYTE_LENGTH = 42_700_000;
const prompt = (page: Page) => page.getByLabel('What happens?');
const queue = (page: Page) => page.getByRole('region', { name: 'Queue' });
const rows = (page: Page) => queue(page).getByRole('group');
const rowNames = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
const tool = (page: Page, name: string, of: string) =>
  queue(page).getByRole('button', { name: `${name}: ${of}` });

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
}

/** Has one film in the making. */
async function start(page: Page, url: string, words = 'a fox'): Promise<void> {
  await open(page, url);
  await prompt(page).fill(words);
  await page.getByRole('button', { name: 'Generate' }).click();
  await whenMaking(page);
}

/** Has a film in the making and others that wait. */
async function startQueue(page: Page, url: string, waiting: readonly string[]): Promise<void> {
  await start(page, url);
  for (const words of waiting) {
    await prompt(page).fill(words);
    await page.getByRole('button', { name: 'Add to queue' }).click();
    await expect(queue(page)).toContainText(words);
  }
}

async function finish(page: Page): Promise<void> {
  await whenMaking(page);
  await page.evaluate(async () => {
    await window.fake.deliver(0, 17);
    window.fake.finish();
  });
}

const canvasPixels = (page: Page) =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('a preview sharpens on the stage until the frames come', async ({ page, fakePageUrl }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await start(page, fakePageUrl);
  await expect(page.locator('canvas')).toBeHidden();
  await page.evaluate(() => window.fake.preview(0.2));
  await expect(page.getByRole('img', { name: 'Preview: a fox' })).toBeVisible();
  await expect(page.getByText('Preview', { exact: true })).toBeVisible();
  const blurred = await canvasPixels(page);
  await page.evaluate(() => window.fake.preview(0.8));
  await expect.poll(() => canvasPixels(page)).not.toBe(blurred);
  const sharper = await canvasPixels(page);
  await expectAccessible(page);
  // Who wants no motion sees one picture that stands still.
  await page.waitForTimeout(400);
  expect(await canvasPixels(page)).toBe(sharper);

  await page.evaluate(() => window.fake.deliver(0, 5));
  await expect(page.getByRole('img', { name: 'Clip: a fox' })).toBeVisible();
  await expect(page.getByText('Preview', { exact: true })).toBeHidden();
  await expect.poll(() => canvasPixels(page)).not.toBe(sharper);
});

test('a preview moves to and fro, and leaves nothing behind that could be kept', async ({
  page,
  fakePageUrl,
}) => {
  await start(page, fakePageUrl);
  await page.evaluate(() => window.fake.preview(1));
  const first = await canvasPixels(page);
  await expect.poll(() => canvasPixels(page)).not.toBe(first);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('status')).toHaveText('Cancelled. Nothing half-made is kept.');
  await expect(page.getByRole('img', { name: 'A clip that this model made' })).toBeVisible();
});

test('films are queued and put in order by mouse', async ({ page, fakePageUrl }) => {
  await startQueue(page, fakePageUrl, ['a dog', 'a whale', 'a ghost']);
  expect(await rowNames(page)).toEqual(['a fox', 'a dog', 'a whale', 'a ghost']);
  await expect(rows(page).first()).toContainText('being made');
  await expect(rows(page).nth(1)).toContainText(/\d s · seed \d+/);

  await dragOver(page, rows(page).nth(3).locator('.grip'), rows(page).nth(1));
  expect(await rowNames(page)).toEqual(['a fox', 'a ghost', 'a dog', 'a whale']);
  await tool(page, 'Move down', 'a ghost').click();
  expect(await rowNames(page)).toEqual(['a fox', 'a dog', 'a ghost', 'a whale']);
  await tool(page, 'Remove', 'a dog').click();
  await tool(page, 'Edit', 'a whale').click();
  await expect(prompt(page)).toHaveValue('a whale');
  expect(await rowNames(page)).toEqual(['a fox', 'a ghost']);

  await finish(page);
  await expect(rows(page).first()).toContainText('finished');
  await expect(rows(page).last()).toContainText('being made');
  const download = page.waitForEvent('download');
  await tool(page, 'Save MP4', 'a fox').click();
  expect((await download).suggestedFilename()).toMatch(/^a-fox-\d+\.mp4$/);
  await finish(page);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Clip: a ghost' })).toBeVisible();
  await tool(page, 'Show', 'a fox').click();
  await expect(page.getByText(/^a fox Seed \d+$/)).toBeVisible();
});

async function dragOver(page: Page, grip: Locator, target: Locator): Promise<void> {
  await grip.scrollIntoViewIfNeeded();
  const from = (await grip.boundingBox())!;
  const to = (await target.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 2, { steps: 12 });
  await page.mouse.up();
}

test('films are queued and put in order from the keyboard alone', async ({ page, fakePageUrl }) => {
  await start(page, fakePageUrl);
  for (const words of ['a dog', 'a whale']) {
    await prompt(page).fill(words);
    await page.keyboard.press('Control+Enter');
    await expect(queue(page)).toContainText(words);
    // Who writes goes on writing.
    await expect(prompt(page)).toBeFocused();
  }
  await expect(page.getByRole('status')).toHaveText('Added to the queue, number 2.');
  await tool(page, 'Move up', 'a whale').focus();
  await page.keyboard.press('Enter');
  expect(await rowNames(page)).toEqual(['a fox', 'a whale', 'a dog']);
  // The button has come to its end, so the focus is on its neighbour.
  await expect(tool(page, 'Move down', 'a whale')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  expect(await rowNames(page)).toEqual(['a fox', 'a dog', 'a whale']);
  await expect(page.getByRole('status')).toHaveText('Now number 2 of 2.');

  await page.keyboard.press('Escape');
  await expect(rows(page).first()).toContainText('a dog');
  await expect(rows(page).first()).toContainText('being made');
  await queue(page).getByRole('button', { name: 'Stop all' }).focus();
  await page.keyboard.press('Enter');
  await expect(queue(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible();
});

test('a film that is removed leaves the focus with its neighbour', async ({
  page,
  fakePageUrl,
}) => {
  await startQueue(page, fakePageUrl, ['a dog', 'a whale']);
  await tool(page, 'Remove', 'a whale').focus();
  await page.keyboard.press('Enter');
  await expect(tool(page, 'Remove', 'a dog')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(queue(page).getByRole('list')).toBeFocused();
});

test('one that fails says so in its place, and the next goes on', async ({ page, fakePageUrl }) => {
  await startQueue(page, fakePageUrl, ['a dog']);
  await page.evaluate(() =>
    window.fake.fail({ code: 'webgpu-lost', facts: { reason: 'it went away' } }),
  );
  await expect(rows(page).first()).toContainText('failed');
  await expect(queue(page)).toContainText('The graphics processor stopped.');
  await expect(rows(page).last()).toContainText('being made');
  await expectAccessible(page);
});

test('a page with a queue asks before it closes', async ({ page, fakePageUrl }) => {
  await startQueue(page, fakePageUrl, ['a dog']);
  const asked = page.waitForEvent('dialog');
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
});

for (const [width, scheme] of [
  [1440, 'light'],
  [390, 'dark'],
  [1024, 'dark'],
] as const) {
  test(`a queue at ${width} px, ${scheme}, breaks no rule and no line`, async ({
    page,
    fakePageUrl,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    const long = 'an astronaut floats in the air on the moon at night while snow falls slowly';
    await startQueue(page, fakePageUrl, [long, 'a whale swims under water']);
    await page.evaluate(() => window.fake.preview(0.6));
    await expect(page.getByRole('checkbox', { name: 'Tell me when it is done' })).toBeVisible();
    await expectAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    for (const button of await queue(page).getByRole('button').all()) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
    }
  });
}

/** Notices and locks as the browser would show and hold them; hidden pages are the test's to say. */
async function watchBrowser(page: Page, answer: NotificationPermission): Promise<void> {
  await page.addInitScript((answer) => {
    window.asked = [];
    let permission: NotificationPermission = 'default';
    class Notice extends EventTarget {
      static get permission() {
        return permission;
      }
      static requestPermission() {
        window.asked.push('permission');
        permission = answer;
        return Promise.resolve(answer);
      }
      onclick: (() => void) | undefined;
      constructor(title: string, { body }: NotificationOptions) {
        super();
        window.asked.push(`notice ${title}: ${body}`);
        Object.assign(window, { notice: this });
      }
      close() {
        window.asked.push('closed');
      }
    }
    Object.assign(window, { Notification: Notice });
    window.focus = () => window.asked.push('focus');
    navigator.wakeLock.request = () => {
      window.asked.push('lit');
      const release = () => Promise.resolve(void window.asked.push('dark'));
      return Promise.resolve({ release } as WakeLockSentinel);
    };
  }, answer);
}

const asked = (page: Page) => page.evaluate(() => window.asked);

const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
    const visibilityState = isHidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      value: visibilityState,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

const tellSwitch = (page: Page) => page.getByRole('checkbox', { name: 'Tell me when it is done' });

test('who asks for it is told of the end, once all is done and out of sight', async ({
  page,
  fakePageUrl,
}) => {
  await watchBrowser(page, 'granted');
  await startQueue(page, fakePageUrl, ['a secret dog']);
  expect(await asked(page)).not.toContain('permission');
  await tellSwitch(page).check();
  await expect(tellSwitch(page)).toBeChecked();
  await setHidden(page, true);
  await finish(page);
  await expect(rows(page).last()).toContainText('being made');
  expect((await asked(page)).join()).not.toContain('notice');
  await finish(page);
  await expect.poll(() => asked(page)).toContain('notice Zoetrope: What you asked for is ready.');
  expect((await asked(page)).join()).not.toMatch(/fox|dog/);
  await page.evaluate(() => {
    const { notice } = window as unknown as { notice: Notification };
    notice.onclick?.(new Event('click'));
  });
  expect((await asked(page)).slice(-2)).toEqual(['focus', 'closed']);

  // The choice is kept; a page in sight tells by itself.
  await setHidden(page, false);
  await page.evaluate(() => (window.asked = []));
  await prompt(page).fill('a fox');
  await page.getByRole('button', { name: 'Generate' }).click();
  await whenMaking(page);
  await finish(page);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  expect((await asked(page)).join()).not.toContain('notice');
});

test('a failure out of sight is told as one', async ({ page, fakePageUrl }) => {
  await watchBrowser(page, 'granted');
  await startQueue(page, fakePageUrl, ['a dog']);
  await tellSwitch(page).check();
  await setHidden(page, true);
  await finish(page);
  await expect(rows(page).last()).toContainText('being made');
  await page.evaluate(() => window.fake.fail({ code: 'unexpected', facts: { reason: 'x' } }));
  await expect
    .poll(() => asked(page))
    .toContain('notice Zoetrope: The work has stopped. Come and look.');
});

test('a browser that refuses notices is believed, and the page says so', async ({
  page,
  fakePageUrl,
}) => {
  await watchBrowser(page, 'denied');
  await startQueue(page, fakePageUrl, ['a dog']);
  await tellSwitch(page).click();
  await expect(page.getByText('The browser refuses for this site.').first()).toBeVisible();
  await expect(page.getByRole('status')).toContainText('The browser refuses');
  await expect(tellSwitch(page)).not.toBeChecked();
  await expectAccessible(page);
  await setHidden(page, true);
  await finish(page);
  await expect(rows(page).last()).toContainText('being made');
  await finish(page);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  expect((await asked(page)).join()).not.toContain('notice');
});

test('only a job that takes long offers to tell', async ({ page, fakePageUrl }) => {
  await page.clock.install();
  await start(page, fakePageUrl);
  await page.evaluate(() => window.fake.advance('denoise', 0));
  await page.clock.runFor(1000);
  await page.evaluate(() => window.fake.advance('denoise', 12));
  await page.clock.runFor(1500);
  await expect(page.getByText(/^about \d+ second/)).toBeVisible();
  await expect(tellSwitch(page)).toBeHidden();
  await page.evaluate(() => window.fake.finish());
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.evaluate(() => window.fake.advance('denoise', 0));
  await page.clock.runFor(10_000);
  await page.evaluate(() => window.fake.advance('denoise', 1));
  await page.clock.runFor(1500);
  await expect(tellSwitch(page)).toBeVisible();
});

test('the screen stays lit while a film is made, and only then', async ({ page, fakePageUrl }) => {
  await watchBrowser(page, 'denied');
  await open(page, fakePageUrl);
  expect(await asked(page)).toEqual([]);
  await prompt(page).fill('a fox');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect.poll(() => asked(page)).toEqual(['lit']);
  await setHidden(page, true);
  await setHidden(page, false);
  await expect.poll(() => asked(page)).toEqual(['lit', 'lit']);
  await finish(page);
  await expect.poll(() => asked(page)).toEqual(['lit', 'lit', 'dark']);
  await setHidden(page, false);
  expect(await asked(page)).toHaveLength(3);
});

test('a device that refuses the lock makes the film all the same', async ({
  page,
  fakePageUrl,
}) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.addInitScript(() => {
    navigator.wakeLock.request = () =>
      Promise.reject(new DOMException('low battery', 'NotAllowedError'));
  });
  await start(page, fakePageUrl);
  await finish(page);
  await expect(page.getByRole('link', { name: 'Save MP4' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('on another screen the keys of a film leave it alone', async ({ page, fakePageUrl }) => {
  await start(page, fakePageUrl);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'Studio' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeEnabled();
  await expect(queue(page)).toBeHidden();
});

test('what goes on is heard on another screen too', async ({ page, fakePageUrl }) => {
  await start(page, fakePageUrl);
  await page.getByRole('link', { name: 'Library' }).click();
  await finish(page);
  await expect(page.getByRole('status').filter({ hasText: 'The clip is finished.' })).toHaveCount(
    1,
  );
});

test('progress is announced at most every ten seconds, whatever the stage', async ({
  page,
  fakePageUrl,
}) => {
  await page.clock.install();
  await start(page, fakePageUrl);
  await page.evaluate(() => window.fake.advance('obtain', 0));
  const status = page.getByRole('banner').getByRole('status');
  await expect(status).toContainText('Obtaining');
  await page.evaluate((byteLength) => {
    window.fake.advance('obtain', byteLength);
    window.fake.advance('denoise', 3);
  }, MODEL_BYTE_LENGTH);
  await page.clock.runFor(8000);
  await expect(status).toContainText('Obtaining');
  await page.clock.runFor(4000);
  await expect(status).toContainText('Denoising');
});
