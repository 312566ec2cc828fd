// The site with its service worker: without a network, without a host that sets headers, and from one version to the next.
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect as expectSoon } from '@playwright/test';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { SITE_FOLDER, serveSite } from '../../src/cli/site.ts';
import { errorMessage, words } from '../../src/ui/messages.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';
import { openHost } from './host.ts';
import type { Host } from './host.ts';
import { generate, test as base } from './studio-test.ts';

/** `host` serves the tiny pack, `bareHost` the same without a header of policy. */
const test = base.extend<{ host: Host; bareHost: Host }>({
  serviceWorkers: 'allow',
  host: async ({ tinySiteUrl }, use) => {
    const host = await openHost({ siteUrl: tinySiteUrl });
    await use(host);
    await host.close().catch(() => undefined);
  },
  bareHost: async ({ tinySiteUrl }, use) => {
    const host = await openHost({ siteUrl: tinySiteUrl, isBare: true });
    await use(host);
    await host.close().catch(() => undefined);
  },
});

/** Clips are made for real, on a machine that may have other work. */
const expect = expectSoon.configure({ timeout: 60_000 });

const PROMPT = 'a fox in the snow';

/** Opens the page and waits until the service worker answers for it. */
async function open(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?device=wasm`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

async function expectMade(page: Page, prompt: string): Promise<void> {
  const told = await generate(page, { prompt, seed: 1, stepCount: 1 });
  expect(told.result, JSON.stringify(told.result)).toMatchObject({ ok: true });
}

test('after the first film the whole studio works without a server or a network', async ({
  page,
  context,
  host,
}) => {
  await open(page, host.url);
  await expectMade(page, PROMPT);
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText(words.tagline)).toBeVisible();
  await expect(page.getByText(words.firstLight)).toBeVisible();
  await expect(page.getByRole('alert')).toBeEmpty();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expectMade(page, 'a dog on the moon');
  // What nobody has opened while there was a network is there too.
  const chunks = readdirSync(join(SITE_FOLDER, 'assets')).filter((name) => !name.endsWith('.wasm'));
  const found = await page.evaluate(
    (names) => Promise.all(names.map(async (name) => (await fetch(`./assets/${name}`)).status)),
    chunks,
  );
  expect(found).toEqual(chunks.map(() => 200));
});

test('a model that was installed ahead is all that a first film without a network needs', async ({
  page,
  context,
  host,
}) => {
  await page.goto(`${host.url}?device=wasm#models`);
  await page.getByRole('button', { name: /^Install/ }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('is on this device');
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await expectMade(page, PROMPT);
});

test('to delete everything leaves no file of the site behind either', async ({ page, host }) => {
  await open(page, host.url);
  await expectMade(page, PROMPT);
  const left = () =>
    page.evaluate(async () => ({
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
  expect((await left()).caches).toHaveLength(3);
  await page.getByRole('link', { name: words.screens.library }).click();
  await page.getByRole('button', { name: words.deleteEverything }).click();
  await page.getByRole('button', { name: words.deleteEverything }).click();
  await expect.poll(left).toEqual({ caches: [], workers: 0 });
});

test('a film sends nothing: page and workers read files of the site, and no more', async ({
  page,
  context,
  host,
}) => {
  const requests: string[] = [];
  context.on('request', (request) =>
    requests.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`),
  );
  await open(page, host.url);
  await expectMade(page, PROMPT);
  expect(requests.some((it) => it.includes('.bin'))).toBe(true);
  expect(host.heard.some((it) => it.includes('.bin'))).toBe(true);

  const [requestCount, heardCount] = [requests.length, host.heard.length];
  const canary = 'xylophagous quokka pirouette 48151623';
  await page.getByLabel(words.prompt).fill(canary);
  await page.getByRole('button', { name: words.generate }).click();
  await expect(page.getByRole('link', { name: words.save })).toBeVisible();
  // Code that is needed for the first time, and the list of what a model is made of.
  const isSiteFile = (it: string) => /\/(assets\/[\w.-]+|packs\/[\w/-]+\.json) .* null$/.test(it);
  const sent = requests.slice(requestCount).filter((it) => !it.startsWith('blob:'));
  expect(sent.filter((it) => !it.startsWith(host.url) || !isSiteFile(it))).toEqual([]);
  expect(host.heard.slice(heardCount).filter((it) => !/packs\/.*\.json/.test(it))).toEqual([]);
  expect([...requests, ...host.heard].filter((it) => /xylophagous|quokka/.test(it))).toEqual([]);
});

test('without the network and without the model the page says what to do', async ({
  page,
  context,
  host,
}) => {
  await open(page, host.url);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('alert')).toBeEmpty();
  await page.getByLabel(words.prompt).fill(PROMPT);
  await page.getByRole('button', { name: words.generate }).click();
  const facts = { missingByteLength: 0 };
  const { title } = errorMessage({ code: 'offline-without-model', facts });
  await expect(page.getByRole('alert')).toContainText(title);

  await context.setOffline(false);
  await page.getByRole('button', { name: words.generate }).click();
  await expect(page.getByRole('button', { name: /^Download/ })).toBeVisible();
});

/** Which of the page and its workers reach another origin. */
async function whoReaches(page: Page, url: string): Promise<string[]> {
  const reaches = (address: string) =>
    fetch(address).then(
      () => true,
      () => false,
    );
  const workers = page.workers().filter((worker) => worker.url().includes('.worker'));
  expect(workers).toHaveLength(2);
  const reached = (await page.evaluate(reaches, url)) ? ['page'] : [];
  for (const worker of workers) {
    if (await worker.evaluate(reaches, url)) reached.push(/(\w+)\.worker/.exec(worker.url())![1]!);
  }
  return reached.sort();
}

/** Another origin that everybody may read. */
async function openElsewhere() {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      .end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, close: () => server.close() };
}

test('on a host without headers the service worker shields the page and its workers', async ({
  page,
  bareHost,
}) => {
  let loadCount = 0;
  page.on('load', () => loadCount++);
  await page.goto(`${bareHost.url}?device=wasm`);
  await page.waitForFunction(() => crossOriginIsolated);
  await expectMade(page, PROMPT);
  const elsewhere = await openElsewhere();
  expect(await whoReaches(page, elsewhere.url)).toEqual([]);
  elsewhere.close();
  await page.waitForTimeout(1000);
  expect(loadCount).toBe(2);
});

test('workers of a first film that is asked for at once have the policy too', async ({
  page,
  bareHost,
}) => {
  const free = bareHost.keepBack('/sw.js');
  await page.goto(`${bareHost.url}?device=wasm`);
  await page.getByLabel(words.prompt).fill(PROMPT);
  const made = expectMade(page, PROMPT);
  await page.waitForTimeout(500);
  expect(page.workers()).toEqual([]);
  free();
  await made;
  const elsewhere = await openElsewhere();
  expect(await whoReaches(page, elsewhere.url)).toEqual(['page']);
  elsewhere.close();
});

test.describe('where service workers are refused', () => {
  test.use({ serviceWorkers: 'block' });

  test('the studio works as it did, and a bare host shields nobody', async ({ page, bareHost }) => {
    await page.goto(`${bareHost.url}?device=wasm`);
    await expectMade(page, PROMPT);
    const elsewhere = await openElsewhere();
    expect(await whoReaches(page, elsewhere.url)).toEqual(['export', 'generate', 'page']);
    elsewhere.close();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  });
});

test('a page with words in it is not loaded again by itself, and keeps them when asked to', async ({
  page,
  bareHost,
}) => {
  const free = bareHost.keepBack('/sw.js');
  await page.goto(bareHost.url);
  await page.getByLabel(words.prompt).fill(PROMPT);
  free();
  await expect(page.getByText(words.shieldReady)).toBeVisible();
  await expect(page.getByLabel(words.prompt)).toHaveValue(PROMPT);
  await page.getByRole('button', { name: words.reload }).click();
  await page.waitForFunction(() => crossOriginIsolated);
  await expect(page.getByLabel(words.prompt)).toHaveValue(PROMPT);
  await expect(page.getByRole('button', { name: words.lockSeed })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(page.getByText(words.shieldReady)).toBeHidden();
});

test('a new version waits until the person asks for it, and for the other tabs', async ({
  page,
  context,
  host,
}, info) => {
  const newTagline = 'Type a sentence, see a newer version.';
  const outDir = info.outputPath('newer');
  await build({
    logLevel: 'error',
    build: { outDir },
    plugins: [
      {
        name: 'newer',
        enforce: 'pre',
        transform: (code, id) =>
          id.endsWith('messages/en.ts') ? code.replace(words.tagline, newTagline) : undefined,
      },
    ],
  });
  const newer = await serveSite({ siteFolder: outDir, packsFolder: TINY_PACKS_FOLDER });

  await open(page, host.url);
  await expectMade(page, PROMPT);
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((it) => it.startsWith('zoetrope-engine'))!;
    await (await caches.open(name)).put('./assets/old-engine.wasm', new Response('old'));
  });
  host.siteUrl = newer.url;
  await page.reload();
  await expect(page.getByText(words.updateReady)).toBeVisible();
  await expect(page.getByText(words.tagline)).toBeVisible();
  // The page of the version before finds its own chunks, which the server no longer has.
  await expectMade(page, PROMPT);
  const reload = page.getByRole('button', { name: words.reload });
  const prompt = page.getByLabel(words.prompt);
  await prompt.fill(PROMPT);
  await page.getByLabel(words.endless).check();
  await page.getByRole('button', { name: words.generate }).click();
  await expect(page.getByRole('button', { name: words.stop })).toBeVisible();
  await expect(reload).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: words.save })).toBeVisible();
  await expect(reload).toBeEnabled();

  const second = await context.newPage();
  await second.goto(host.url);
  await expect(second.getByText(words.tagline)).toBeVisible();
  await reload.click();
  await expect(page.getByText(words.updateOtherTabs)).toBeVisible();
  await expect(page.getByText(words.tagline)).toBeVisible();
  await second.reload();
  await expect(second.getByText(words.tagline)).toBeVisible();
  await second.close();

  await reload.click();
  await expect(page.getByText(newTagline)).toBeVisible();
  await expect(prompt).toHaveValue(PROMPT);
  await expect(reload).toBeHidden();
  await expectMade(page, 'a whale');
  const engines = await page.evaluate(async () => {
    const name = (await caches.keys()).find((it) => it.startsWith('zoetrope-engine'))!;
    return (await (await caches.open(name)).keys()).map(({ url }) => url.split('/').at(-1));
  });
  expect(engines).toEqual([expect.stringMatching(/^ort-wasm.*\.wasm$/)]);
  await newer.close();
});

test('the page can be installed, from a button where the browser asks', async ({ page, host }) => {
  await open(page, host.url);
  const client = await page.context().newCDPSession(page);
  const { errors, url } = await client.send('Page.getAppManifest');
  expect([errors, url]).toEqual([[], `${host.url}manifest.webmanifest`]);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // A context of a test is as private as a window can be.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);

  const install = page.getByRole('button', { name: words.install });
  await expect(install).toBeHidden();
  const isAsked = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const question = new Event('beforeinstallprompt', { cancelable: true });
        const prompt = () => resolve(question.defaultPrevented);
        dispatchEvent(Object.assign(question, { prompt }));
      }),
  );
  await install.click();
  expect(await isAsked).toBe(true);
  await expect(install).toBeHidden();
});
