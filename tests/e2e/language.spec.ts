// The page in its five languages: which one it speaks, what a change keeps, and that everybody can use each of them.
import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Failure } from '../../src/core/errors.ts';
import type { Messages } from '../../src/ui/messages.ts';
import { ar } from '../../src/ui/messages/ar.ts';
import { de } from '../../src/ui/messages/de.ts';
import { en } from '../../src/ui/messages/en.ts';
import { es } from '../../src/ui/messages/es.ts';
import { zh } from '../../src/ui/messages/zh.ts';
import { expectAccessible } from './accessible.ts';
import type {} from './page-fake.ts';
import { servePage, whenMaking } from './serve-page.ts';
import { test } from './studio-test.ts';

const PROMPT = 'a panda dances in the snow';
const MODEL_BYTE_LENGTH = 42_700_000;
let site: Awaited<ReturnType<typeof servePage>>;

test.beforeAll(async () => {
  site = await servePage();
});

test.afterAll(async () => {
  await site.close();
});

/** A page in a browser of that locale. */
async function openIn(
  browser: Browser,
  locale: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ locale, ...options });
  await visit(page);
  return page;
}

async function visit(page: Page): Promise<void> {
  await page.goto(`${site.url}?sizes=4`);
  await expect(page.locator('.generate')).toBeVisible();
}

/** Orders the film of the form where no download comes first, and brings it to its seventh step. */
async function startDenoising(page: Page, words: Messages): Promise<void> {
  await page.getByLabel(words.prompt).fill(PROMPT);
  await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
  await page.getByRole('button', { name: words.generate }).click();
  await whenMaking(page);
  await page.evaluate((byteLength) => {
    window.fake.advance('obtain', byteLength);
    window.fake.advance('denoise', 6);
  }, MODEL_BYTE_LENGTH);
}

async function finish(page: Page, words: Messages): Promise<void> {
  await whenMaking(page);
  await page.evaluate(async () => {
    await window.fake.deliver(0, 17);
    window.fake.finish();
  });
  await expect(page.getByRole('link', { name: words.save })).toBeVisible();
}

const chooser = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

for (const [locale, tag, words] of [
  ['en-GB', 'en', en],
  ['de-AT', 'de', de],
  ['es-MX', 'es', es],
  ['zh-CN', 'zh-Hans', zh],
  ['ar-EG', 'ar', ar],
  ['fr-FR', 'en', en],
] as const) {
  test(`a browser in ${locale} is answered in ${tag}`, async ({ browser }) => {
    const page = await openIn(browser, locale);
    await expect(page.getByLabel(words.prompt)).toBeVisible();
    await expect(page.getByText(words.privacy)).toBeVisible();
    const root = page.locator('html');
    await expect(root).toHaveAttribute('lang', tag);
    await expect(root).toHaveAttribute('dir', words.direction);
    // Languages that the model does not read say so, once.
    if (words.promptLanguage !== '') {
      await expect(page.getByText(words.promptLanguage)).toHaveCount(1);
      await expect(page.getByLabel(words.prompt)).toHaveAccessibleDescription(words.promptLanguage);
    }
    await page.close();
  });
}

test('the built site brings a language as a file of its own', async ({ browser, tinySiteUrl }) => {
  const page = await browser.newPage({ locale: 'ar' });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(tinySiteUrl);
  await expect(page.getByLabel(ar.prompt)).toBeVisible();
  const languages = fetched.filter((url) => /\/(de|es|zh|ar)-[^/]+\.js$/.test(url));
  expect(languages).toEqual([expect.stringContaining('/ar-')]);
  await page.close();
});

test('the first language of the browser that the page has is taken', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'languages', { value: ['fr-FR', 'es-AR', 'de'] });
  });
  await visit(page);
  await expect(page.getByLabel(es.prompt)).toBeVisible();
});

test('a language chosen in the middle of a job changes every word, keeps everything else, and is remembered', async ({
  page,
}) => {
  await page.clock.install();
  await visit(page);
  await startDenoising(page, en);
  await page.getByText(en.more, { exact: true }).click();
  await page.getByLabel(en.negativePrompt).fill('rain');
  await page.evaluate(() => window.fake.deliver(0, 5));
  const canvas = page.locator('canvas');
  await canvas.evaluate((element) => element.setAttribute('data-before', ''));

  await chooser(page, 'Deutsch').click();
  await expect(page.getByText('Entrauschen — Schritt 7 von 72').first()).toBeVisible();
  await expect(page).toHaveTitle('Entrauschen — Schritt 7 von 72 · Zoetrope');
  await expect(page.getByLabel(de.prompt)).toHaveValue(PROMPT);
  await expect(page.getByLabel(de.negativePrompt, { exact: true })).toHaveValue('rain');
  await expect(page.getByRole('img', { name: de.clip(PROMPT) })).toBeVisible();
  await expect(canvas).toHaveAttribute('data-before');
  await expect(chooser(page, 'Deutsch')).toBeFocused();
  await expect(chooser(page, 'Deutsch')).toHaveAttribute('aria-pressed', 'true');

  // What was announced in English is not left standing; what comes is German.
  await expect(page.getByRole('status')).toBeEmpty();
  await page.clock.runFor(11_000);
  await expect(page.getByRole('status')).toContainText('Entrauschen — Schritt 7 von 72');
  await finish(page, de);
  await expect(page.getByRole('status')).toHaveText(de.statusDone);
  await chooser(page, 'العربية').click();
  await expect(page.getByRole('link', { name: ar.save })).toBeVisible();

  await visit(page);
  await expect(page.getByLabel(ar.prompt)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
});

test('a failure follows the language', async ({ page }) => {
  await visit(page);
  await startDenoising(page, en);
  const failure: Failure = { code: 'webgpu-lost', facts: { reason: 'device reset' } };
  await page.evaluate((failure) => window.fake.fail(failure), failure);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(en.errors['webgpu-lost'](failure.facts).title);
  await chooser(page, 'Español').click();
  await expect(alert).toContainText(es.errors['webgpu-lost'](failure.facts).title);
});

test('a language that does not come is said so, and the page goes on in the one before', async ({
  page,
}) => {
  await visit(page);
  await page.route('**/messages/de.ts*', (route) => route.abort());
  await chooser(page, 'Deutsch').click();
  await expect(page.getByRole('alert')).toContainText('The words in Deutsch could not be loaded.');
  await chooser(page, '简体中文').click();
  await expect(page.getByLabel(zh.prompt)).toBeVisible();
});

test('a page whose language does not come speaks English', async ({ browser }) => {
  const page = await browser.newPage({ locale: 'de' });
  await page.route('**/messages/de.ts*', (route) => route.abort());
  await visit(page);
  await expect(page.getByLabel(en.prompt)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.close();
});

test('numbers are typed as the language writes them', async ({ browser }) => {
  const page = await openIn(browser, 'de');
  const seconds = page.getByLabel(de.secondsNumber);
  await seconds.fill('4,5');
  await startDenoising(page, de);
  expect((await page.evaluate(() => window.fake.films.at(-1)!)).rows[0]?.seconds).toBe(4.5);
  await chooser(page, 'English').click();
  await expect(page.getByLabel(en.secondsNumber)).toHaveValue('4.5');
  await finish(page, en);
  await chooser(page, 'العربية').click();
  await page.getByLabel(ar.secondsNumber).fill('٧٫٢٥');
  await page.getByRole('button', { name: ar.generate }).click();
  await expect(page.getByRole('button', { name: ar.cancel })).toBeVisible();
  expect((await page.evaluate(() => window.fake.films.at(-1)!)).rows[0]?.seconds).toBe(7.25);
  await page.close();
});

test('from right to left, everything but the words of a person is mirrored', async ({
  browser,
}) => {
  const page = await openIn(browser, 'ar', { viewport: { width: 1280, height: 900 } });
  const leftOf = async (selector: string) => (await page.locator(selector).boundingBox())!.x;
  expect(await leftOf('.picture')).toBeGreaterThan(await leftOf('.desk'));
  const prompt = page.getByLabel(ar.prompt);
  await prompt.fill(PROMPT);
  await expect(prompt).toHaveCSS('direction', 'ltr');
  await prompt.fill('باندا يرقص في الثلج');
  await expect(prompt).toHaveCSS('direction', 'rtl');
  const slider = page.getByRole('slider', { name: ar.seconds });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByLabel(ar.secondsNumber)).toHaveValue('4');
  await page.close();
});

const SPOKEN: readonly (readonly [locale: string, words: Messages])[] = [
  ['de', de],
  ['es', es],
  ['zh-CN', zh],
  ['ar', ar],
];

/** The states that hold most of the words. */
const states: Record<string, (page: Page, words: Messages) => Promise<void>> = {
  'the first screen, unfolded': async (page) => {
    for (const fold of await page.locator('summary, .fold[aria-expanded]').all()) {
      await fold.click();
    }
  },
  'the question': async (page, words) => {
    await page.getByLabel(words.prompt).fill(PROMPT);
    await page.getByRole('button', { name: words.generate }).click();
    await expect(page.getByRole('heading', { name: words.consentTitle })).toBeVisible();
  },
  'an endless film': async (page, words) => {
    await page.getByLabel(words.endless).check();
    await startDenoising(page, words);
    await page.evaluate(() => window.fake.deliver(0, 17));
    await page.getByLabel(words.steer).fill('a fox jumps');
    await page.keyboard.press('Enter');
  },
  'a finished film of two shots': async (page, words) => {
    await page.getByRole('button', { name: words.addShot }).click();
    await page.keyboard.type('a fox jumps');
    await page.getByLabel(words.shotLabels(1).prompt).fill(PROMPT);
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await page.getByRole('button', { name: words.generate }).click();
    await finish(page, words);
    await page.getByRole('button', { name: words.retakePart }).click();
  },
  'a queue': async (page, words) => {
    await startDenoising(page, words);
    await page.getByLabel(words.prompt).fill('a fox jumps');
    await page.getByRole('button', { name: words.addToQueue }).click();
    await expect(page.getByRole('region', { name: words.queue })).toContainText('a fox jumps');
  },
  variations: async (page, words) => {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await page.getByLabel(words.prompt).fill(PROMPT);
    await page.getByRole('button', { name: words.variations }).click();
    await whenMaking(page);
  },
  'the library, about to export': async (page, words) => {
    await page.evaluate((byteLength) => (window.fake.stored = byteLength), MODEL_BYTE_LENGTH);
    await page.getByLabel(words.prompt).fill(PROMPT);
    await page.getByRole('button', { name: words.generate }).click();
    await finish(page, words);
    await page.getByRole('link', { name: words.screens.library, exact: true }).click();
    await page.getByRole('main').getByRole('button', { name: words.export, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the models, unfolded': async (page, words) => {
    await page.getByRole('link', { name: words.screens.models, exact: true }).click();
    await page.getByText(words.modelParts).click();
    await page.getByText(words.checkTitle).click();
  },
  'an error': async (page, words) => {
    await page.getByLabel(words.prompt).fill(PROMPT);
    await page.getByLabel(words.secondsNumber).fill('long');
    await page.getByRole('button', { name: words.generate }).click();
    await expect(page.getByRole('alert')).toContainText('long');
  },
};

/** How many pixels stand out of the window, and the controls whose words are cut off. */
function misfits(page: Page) {
  return page.evaluate(() => ({
    overflowPx: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
    cut: [...document.querySelectorAll<HTMLElement>('button, a, summary, label')]
      .filter((element) => element.closest('.visually-hidden') === null)
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.outerHTML),
  }));
}

/** WCAG 2.2, 1.4.12 Text Spacing. */
const TEXT_SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }';

for (const [locale, words] of SPOKEN) {
  for (const [state, reach] of Object.entries(states)) {
    test(`${locale}, ${state}: axe-core finds nothing, and all of it fits`, async ({ browser }) => {
      const page = await openIn(browser, locale);
      await reach(page, words);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
      const fits = { overflowPx: 0, cut: [] };
      for (const width of [320, 390, 1024, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await misfits(page), `at ${width} px`).toEqual(fits);
      }
      // Text of twice the size, as a browser's own setting makes it.
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
      expect(await misfits(page), 'with text of twice the size').toEqual(fits);
      await page.addStyleTag({ content: `html { font-size: 100% !important } ${TEXT_SPACING}` });
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await misfits(page), 'with wider text').toEqual(fits);
      await page.close();
    });
  }
}

/** Where the focus is: a name for it, and whether a person can see that it is there. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    // Some controls are drawn by the label around them.
    const drawn = element.closest('label:has(input[type="radio"])') ?? element;
    const box = drawn.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isSeen = at !== null && (drawn.contains(at) || at.contains(drawn));
    const isMarked = parseFloat(getComputedStyle(drawn).outlineWidth) >= 2;
    return {
      html: element.outerHTML.slice(0, 160),
      number: element.dataset.stop,
      isBody: element === document.body,
      isSeen,
      isMarked,
    };
  });
}

for (const [locale, words] of [
  ['de', de],
  ['ar', ar],
] as const) {
  for (const width of [390, 1440]) {
    test(`${locale}: Tab comes to every control at ${width} px, seen and marked`, async ({
      browser,
    }) => {
      const page = await openIn(browser, locale, { viewport: { width, height: 800 } });
      await states['a finished film of two shots']!(page, words);
      await page.evaluate(() => {
        document
          .querySelectorAll('button, a[href], input, select, textarea, summary')
          .forEach((element, index) => element.setAttribute('data-stop', String(index)));
      });
      const expected = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-stop]')]
          .filter((element) => element.tabIndex >= 0 && element.checkVisibility())
          .filter((element) => !element.matches(':disabled, [type="radio"]:not(:checked)'))
          .map((element) => element.dataset.stop),
      );
      const come = new Set<string | undefined>();
      for (let press = 0; press < expected.length + 5; press++) {
        await page.keyboard.press('Tab');
        const { html, number, isBody } = await focused(page);
        // Behind the last control the walk begins anew.
        if (isBody) continue;
        // The page may still be scrolling there.
        const seenAndMarked = { isSeen: true, isMarked: true };
        await expect.poll(() => focused(page), html).toMatchObject(seenAndMarked);
        come.add(number);
      }
      expect(expected.filter((stop) => !come.has(stop))).toEqual([]);
      await page.close();
    });
  }
}

test('from the first Tab to a saved clip and another language by keys alone', async ({
  browser,
}) => {
  const page = await openIn(browser, 'ar');
  const tabTo = async (name: string | RegExp) => {
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press('Tab');
      const here = page.locator(':focus');
      if ((await here.count()) === 0) continue;
      const label = await here.evaluate(
        (element: HTMLInputElement) =>
          `${element.getAttribute('aria-label') ?? ''} ${element.labels?.[0]?.textContent ?? ''} ${element.textContent}`,
      );
      if (label.includes(String(name))) return;
    }
    throw new Error(`no Tab comes to ${String(name)}`);
  };
  await tabTo(ar.prompt);
  await page.keyboard.type(PROMPT);
  await tabTo(ar.endless);
  await page.keyboard.press('Space');
  await tabTo(ar.generate);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: ar.consentTitle })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: ar.cancel })).toBeFocused();
  await page.evaluate(() => window.fake.deliver(0, 17));
  await expect(page.getByRole('button', { name: `${ar.stop} Esc` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText(ar.statusStopped);
  await expect(page.getByRole('button', { name: ar.generate })).toBeFocused();
  await tabTo(ar.save);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.mp4$/);
  await tabTo('English');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: en.generate })).toBeVisible();
  await page.close();
});
