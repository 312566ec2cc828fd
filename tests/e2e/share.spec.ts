// Films as links, and files handed to other programs, on the built site.
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect as expectSoon } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { errorMessage, words } from '../../src/ui/messages.ts';
import { openHost } from './host.ts';
import { test } from './studio-test.ts';

/** Clips are made for real, on a machine that may have other work. */
const expect = expectSoon.configure({ timeout: 60_000 });

const PROMPT = 'a canary in the quartz mine';

const promptOf = (page: Page) => page.getByLabel(words.prompt);
const notice = (page: Page) => page.locator('.card-note', { hasText: words.fromLink });
const clipboardText = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Makes a clip from the form. */
async function make(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?device=wasm`);
  await promptOf(page).fill(PROMPT);
  await page.getByRole('button', { name: words.generate }).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  await expect(page.getByRole('link', { name: words.save })).toBeVisible();
}

/** Makes a clip and copies its link. */
async function makeLink(page: Page, context: BrowserContext, url: string): Promise<string> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await make(page, url);
  await page.getByRole('button', { name: words.copyLink }).click();
  await expect(page.getByText(words.linkCopied)).toBeVisible();
  await expect(page.getByText(words.linkWithoutPictures)).toBeHidden();
  return clipboardText(page);
}

function linkOf(url: string, json: unknown): string {
  const content = deflateRawSync(JSON.stringify(json)).toString('base64url');
  return `${url}#film=${content}`;
}

test('a link fills in the form of another page, and makes nothing', async ({
  page,
  context,
  tinySiteUrl,
}) => {
  const link = await makeLink(page, context, tinySiteUrl);
  expect(link.startsWith(`${tinySiteUrl}#film=`)).toBe(true);
  const seed = await page.getByLabel(words.seed, { exact: true }).inputValue();

  const other = await context.newPage();
  await other.goto(link);
  await expect(notice(other)).toBeVisible();
  await expect(promptOf(other)).toHaveValue(PROMPT);
  await expect(other.getByLabel(words.seed, { exact: true })).toHaveValue(seed);
  expect(other.url()).toBe(tinySiteUrl);
  expect(await other.evaluate(() => history.length)).toBe(2);
  // The model is there, so that nothing but the person keeps a film from being made.
  await other.waitForTimeout(500);
  const workerUrls = other.workers().map((worker) => worker.url());
  expect(workerUrls.filter((url) => url.includes('generate'))).toEqual([]);
  await expect(other.getByRole('button', { name: words.generate })).toBeEnabled();

  await other.getByRole('button', { name: words.generate }).click();
  await expect(notice(other)).toBeHidden();
  await expect(other.getByRole('link', { name: words.save })).toBeVisible();
});

test('a link that comes to an open page fills in the form too, and withdraws a question', async ({
  page,
  tinySiteUrl,
}) => {
  await page.goto(`${tinySiteUrl}?device=wasm`);
  await promptOf(page).fill('something else');
  await page.getByRole('button', { name: words.generate }).click();
  const question = page.getByRole('button', { name: /^Download/ });
  await expect(question).toBeVisible();
  const { hash } = new URL(linkOf(tinySiteUrl, { prompt: PROMPT, seed: 5 }));
  await page.evaluate((fragment) => (location.hash = fragment), hash);
  await expect(notice(page)).toBeVisible();
  await expect(promptOf(page)).toHaveValue(PROMPT);
  await expect(question).toBeHidden();
  expect(page.url()).toBe(`${tinySiteUrl}?device=wasm`);
});

test('a link is sent nowhere', async ({ page, context, tinySiteUrl }) => {
  const host = await openHost({ siteUrl: tinySiteUrl });
  const requests: string[] = [];
  context.on('request', (request) =>
    requests.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`),
  );
  const link = linkOf(host.url, { prompt: PROMPT });
  await page.goto(link);
  await expect(promptOf(page)).toHaveValue(PROMPT);
  await page.reload();
  await expect(promptOf(page)).toHaveValue('');
  expect(host.heard.length).toBeGreaterThan(5);
  const content = link.split('#film=')[1]!;
  // Playwright tells the whole address of the page itself, of which the browser sends no fragment.
  const sent = [...host.heard, ...requests.filter((it) => !it.startsWith(`${link} `))];
  expect(sent.filter((it) => it.includes(content) || it.includes('canary'))).toEqual([]);
  await host.close();
});

const BROKEN: [what: string, fragment: string, title: string][] = [
  [
    'cut off',
    linkOf('', { prompt: PROMPT }).slice(0, 20),
    errorMessage({ code: 'link-unusable', facts: { cause: 'damaged' } }).title,
  ],
  [
    'a bomb',
    linkOf('', { prompt: ' '.repeat(9e6) }),
    errorMessage({ code: 'link-unusable', facts: { cause: 'not-ours' } }).title,
  ],
  ['no film', linkOf('', { prompt: 5 }), 'The prompt cannot be 5.'],
];

for (const [what, fragment, title] of BROKEN) {
  test(`a link that is broken (${what}) leaves the form as it is and says so`, async ({
    page,
    tinySiteUrl,
  }) => {
    const thrown: Error[] = [];
    page.on('pageerror', (error) => thrown.push(error));
    await page.goto(tinySiteUrl + fragment);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(title);
    await expect(alert).toContainText('This link');
    await expect(notice(page)).toBeHidden();
    await expect(promptOf(page)).toHaveValue('');
    expect(page.url()).toBe(tinySiteUrl);
    expect(thrown).toEqual([]);
  });
}

test('where the clipboard is denied, the link stands in a field to be selected', async ({
  page,
  tinySiteUrl,
}) => {
  await page.addInitScript(() => {
    const deny = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: deny } });
  });
  await make(page, tinySiteUrl);
  await page.getByRole('button', { name: words.copyLink }).click();
  const field = page.getByLabel(words.linkToCopy);
  await expect(field).toHaveValue(/#film=[\w-]+$/);
  await field.focus();
  const selected = () => page.evaluate(() => getSelection()?.toString());
  expect(await selected()).toBe(await field.inputValue());
});

test('pictures stay out of the link, and it is said', async ({ page, context, tinySiteUrl }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${tinySiteUrl}?device=wasm`);
  const picture = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    canvas.getContext('2d')!.fillRect(0, 0, 64, 64);
    return canvas.toDataURL();
  });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'film.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ rows: [{ prompt: PROMPT, startPicture: picture }] })),
    });
  await expect(promptOf(page)).toHaveValue(PROMPT);
  await page.getByRole('button', { name: words.generate }).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  await page.getByRole('button', { name: words.copyLink }).click();
  await expect(page.getByText(words.linkWithoutPictures)).toBeVisible();
  expect((await clipboardText(page)).length).toBeLessThan(400);
});

test('the file is shared where the browser can share files, and only there', async ({
  page,
  tinySiteUrl,
}, info) => {
  const share = page.getByRole('button', { name: words.shareFile, exact: true });
  await make(page, tinySiteUrl);
  await expect(page.getByRole('button', { name: words.copyLink })).toBeVisible();
  await expect(share).toBeHidden();

  await page.addInitScript(() => {
    const shared: File[] = [];
    Object.assign(window, { shared });
    Object.assign(navigator, {
      canShare: ({ files }: ShareData) => files?.[0]?.type === 'video/mp4',
      share: ({ files }: ShareData) => {
        shared.push(...files!);
        // As when a person closes the dialogue.
        return Promise.reject(new DOMException('', 'AbortError'));
      },
    });
  });
  await page.reload();
  await promptOf(page).fill(PROMPT);
  await page.getByRole('button', { name: words.generate }).click();
  await share.click();
  const shared = await page.evaluate(async () => {
    const [file] = (window as unknown as { shared: File[] }).shared;
    return { name: file!.name, bytes: [...new Uint8Array(await file!.arrayBuffer())] };
  });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: words.save }).click();
  const saved = await download;
  await saved.saveAs(info.outputPath('saved.mp4'));
  expect(shared.name).toBe(saved.suggestedFilename());
  expect(Buffer.from(shared.bytes).equals(readFileSync(info.outputPath('saved.mp4')))).toBe(true);
  await expect(page.getByRole('alert')).toBeEmpty();
});
