// The words of the form over a load of the page: whatever has become of the site and its model, none are lost.
import { beforeEach, expect, it, vi } from 'vitest';
import { PageState } from '../../src/ui/page-state.svelte.ts';
import { SiteNews } from '../../src/ui/site-news.svelte.ts';
import { carry, draftToCarry } from '../../src/ui/write/carried-draft.ts';
import { FakeStudio } from '../fakes/fake-studio.ts';

const WIDE = { widthPx: 160, heightPx: 96 };

const studioWith = (sizeCount: number) =>
  new FakeStudio({ sizeCount, canGuide: true, canDirect: true });
const promptOf = ({ draft }: PageState) => draft.rows[0]!.prompt;

/** The page as it is when it has been loaded again; nothing here has a service worker. */
async function loadedAgain(studio: FakeStudio): Promise<PageState> {
  const page = new PageState(studio);
  await Promise.all([page.open(), new SiteNews(page).open()]);
  return page;
}

beforeEach(async () => {
  sessionStorage.clear();
  const page = new PageState(studioWith(2));
  await page.open();
  page.draft.rows[0]!.prompt = 'a fox jumps';
  page.draft.seedText = '5';
  page.draft.chooseSize(WIDE);
  carry(await draftToCarry(page));
});

it('comes into the form of the next load, once', async () => {
  const page = await loadedAgain(studioWith(2));
  expect(promptOf(page)).toBe('a fox jumps');
  expect(page.draft).toMatchObject({ seedText: '5', isSeedLocked: false, size: WIDE });
  expect(promptOf(await loadedAgain(studioWith(2)))).toBe('');
});

it('comes where no model does, and where the model is another', async () => {
  const offline = studioWith(1);
  offline.packFailure = { code: 'pack-unreachable', facts: { url: '', reason: '' } };
  const page = await loadedAgain(offline);
  expect(promptOf(page)).toBe('a fox jumps');
  expect(page.fault.failure?.code).toBe('pack-unreachable');
  offline.packFailure = undefined;
  await page.model.load();
  expect(page.draft.size).toMatchObject({ widthPx: 128, heightPx: 128 });
});

it('stays where the form has words already', async () => {
  const page = new PageState(studioWith(2));
  page.draft.rows[0]!.prompt = 'typed at once';
  await new SiteNews(page).open();
  expect(promptOf(page)).toBe('typed at once');
  expect(promptOf(await loadedAgain(studioWith(2)))).toBe('a fox jumps');
});

it('is refused while no model can read the form, so that no words are left behind', async () => {
  const offline = studioWith(1);
  offline.packFailure = { code: 'pack-unreachable', facts: { url: '', reason: '' } };
  const page = new PageState(offline);
  page.draft.rows[0]!.prompt = 'typed without a network';
  await expect(draftToCarry(page)).rejects.toThrow('pack-unreachable');
});

it('is not looked for where the browser blocks storage', async () => {
  const blocked = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('', 'SecurityError');
  });
  const page = await loadedAgain(studioWith(2));
  blocked.mockRestore();
  expect(page.fault.failure).toBeUndefined();
});

it('stays where this version cannot read it, and says so', async () => {
  const key = sessionStorage.key(0)!;
  const json = sessionStorage.getItem(key)!;
  sessionStorage.setItem(key, json.replace('"version":2', '"version":3'));
  const page = await loadedAgain(studioWith(2));
  expect(promptOf(page)).toBe('');
  expect(page.fault.failure?.code).toBe('film-version');
  sessionStorage.setItem(key, json);
  expect(promptOf(await loadedAgain(studioWith(2)))).toBe('a fox jumps');
});
