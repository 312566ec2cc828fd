// Never a frozen page: whole films through the form of the built site, with every task of its main thread measured.
// The browser's long tasks are wall time, in which other programs of a busy machine have their share; the trace tells
// a task's own processor time beside it, and that is what the page answers for.
import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { forgetFilms, test } from './studio-test.ts';

/** A task of the main thread from here on is one that a person may feel. */
const LONG_TASK_MS = 50;
/** Even processor time grows where caches are shared: the best of a few runs counts. */
const MAX_RUN_COUNT = 3;

/** One event of a Chromium trace; times are in µs. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

interface Tasks {
  count: number;
  longestMs: number;
  /** Processor time of the task that took most of it. */
  longestOwnMs: number;
}

/** What the browser's own observers tell: long tasks, and what ran in long frames. */
async function observeLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told: string[] = [];
    const observe = (type: string) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { scripts?: Script[] })[]) {
          const scripts = (entry.scripts ?? []).map(
            ({ invoker, duration }) => `${invoker} ${Math.round(duration)} ms`,
          );
          told.push(`${type} ${Math.round(entry.duration)} ms ${scripts.join(', ')}`);
        }
      }).observe({ type });
    interface Script {
      invoker: string;
      duration: number;
    }
    observe('longtask');
    observe('long-animation-frame');
    Object.assign(window, { told });
  });
}

/** Makes the film of the form and gives what was measured from the click to the finished clip. */
async function measureFilm(browser: Browser, page: Page): Promise<Tasks> {
  await observeLongTasks(page);
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  });
  await page.getByRole('button', { name: 'Generate' }).click();
  const consent = page.getByRole('button', { name: /^Download/ });
  await consent
    .or(page.getByRole('button', { name: 'Cancel' }))
    .first()
    .waitFor();
  if (await consent.isVisible()) await consent.click();
  await page.getByRole('link', { name: 'Save MP4' }).waitFor({ timeout: 120_000 });
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  if (told.length > 0) console.log(told.join('\n'));
  return tasksOf(trace.traceEvents);
}

/** The tasks of the main threads of pages. */
function tasksOf(events: readonly TraceEvent[]): Tasks {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const isOfPage = ({ pid, tid }: TraceEvent) =>
    mains.some((main) => main.pid === pid && main.tid === tid);
  const tasks = events.filter((event) => /\bRunTask$/.test(event.name) && isOfPage(event));
  return {
    count: tasks.length,
    longestMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    longestOwnMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}

for (const { model, stepCount } of [
  { model: 'tiny', stepCount: 24 },
  { model: 'whole', stepCount: 4 },
]) {
  test(`no task of the page takes ${LONG_TASK_MS} ms: ${model} model, wasm`, async ({
    browser,
    page,
    tinySiteUrl,
    siteUrl,
  }) => {
    test.setTimeout(400_000);
    let best = Infinity;
    for (let run = 0; run < MAX_RUN_COUNT && best >= LONG_TASK_MS; run++) {
      await page.goto(`${model === 'tiny' ? tinySiteUrl : siteUrl}?device=wasm`);
      if (run > 0) await forgetFilms(page);
      await page.getByLabel('What happens?').fill('a fox walks to the right in a forest');
      await page.getByText('More', { exact: true }).click();
      await page.getByLabel('Steps').fill(String(stepCount));
      const tasks = await measureFilm(browser, page);
      console.log(`${model}, run ${run + 1}: ${JSON.stringify(tasks)}`);
      expect(tasks.count).toBeGreaterThan(100);
      best = Math.min(best, tasks.longestOwnMs);
    }
    expect(best).toBeLessThan(LONG_TASK_MS);
  });
}

test('a preview of the whole model is seen before its frames, and goes when it is cancelled', async ({
  page,
  siteUrl,
}) => {
  await page.goto(`${siteUrl}?device=wasm`);
  await page.getByLabel('What happens?').fill('a red car drives to the right in a city');
  // The model’s own few steps are over before a preview is worth its time.
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Steps').fill('60');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: /^Download/ }).click();
  const preview = page.getByRole('img', { name: /^Preview:/ });
  await expect(preview).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/^Denoising/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(preview).toBeHidden({ timeout: 30_000 });
});
