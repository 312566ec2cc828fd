// The queue of a real page over the fake studio: what waits, what becomes of it, and in which order.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/core/errors.ts';
import { PageState } from '../../src/ui/page-state.svelte.ts';
import type { QueueState } from '../../src/ui/make/queue-state.svelte.ts';
import { FakeStudio } from '../fakes/fake-studio.ts';

const MODEL_BYTE_LENGTH = 42_700_000;
const LOST: Failure = { code: 'webgpu-lost', facts: { reason: 'gone' } };

let studio: FakeStudio;
let page: PageState;
let queue: QueueState;

const prompts = () => queue.films.map(({ film, state }) => `${film.rows[0]!.prompt}: ${state}`);
const madePrompts = () => studio.films.map(({ rows }) => rows[0]!.prompt);

/** Orders a film: the first is made, those after it wait. */
async function order(prompt: string): Promise<void> {
  page.draft.rows[0]!.prompt = prompt;
  const before = queue.films.length + studio.films.length;
  void page.generate();
  await vi.waitFor(() => expect(queue.films.length + studio.films.length).toBeGreaterThan(before));
}

/** Resolves when so many films have been begun. */
const begun = (count: number) => vi.waitFor(() => expect(studio.films).toHaveLength(count));

beforeEach(async () => {
  studio = new FakeStudio({ sizeCount: 2, canGuide: true, canDirect: true });
  studio.stored = MODEL_BYTE_LENGTH;
  page = new PageState(studio);
  await page.open();
  queue = page.queue!;
});

describe('the queue', () => {
  it('makes one film after the other by itself, each as it was when it was added', async () => {
    await order('a fox');
    page.draft.isSeedLocked = true;
    page.draft.seedText = '5';
    page.draft.rows[0]!.secondsText = '2';
    await order('a dog');
    page.draft.seedText = '6';
    page.draft.rows[0]!.secondsText = '4';
    await order('a whale');
    page.draft.rows[0]!.prompt = 'something else';
    expect(prompts()).toEqual(['a fox: making', 'a dog: waiting', 'a whale: waiting']);
    studio.finish();
    await begun(2);
    expect(studio.films[1]).toMatchObject({ seed: 5, rows: [{ prompt: 'a dog', seconds: 2 }] });
    expect(page.busy).toBe(true);
    studio.finish();
    await begun(3);
    expect(studio.films[2]).toMatchObject({ seed: 6, rows: [{ prompt: 'a whale', seconds: 4 }] });
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(prompts()).toEqual(['a fox: made', 'a dog: made', 'a whale: made']);
    expect(page.clip?.film.rows[0]?.prompt).toBe('a whale');
    // The form is the person's.
    expect(page.draft.rows[0]!.prompt).toBe('something else');
  });

  it('gives each film a seed of its own, unless the seed is locked', async () => {
    await order('a fox');
    await order('a fox');
    await order('a fox');
    expect(new Set(queue.films.map(({ film }) => film.seed)).size).toBe(3);
  });

  it('says in its place what failed, and goes on', async () => {
    await order('a fox');
    await order('a dog');
    await order('a whale');
    studio.fail(LOST);
    await begun(2);
    expect(queue.films[0]).toMatchObject({ state: 'failed', failure: LOST });
    expect(page.fault.failure).toBeUndefined();
    studio.finish();
    await begun(3);
    studio.fail(LOST);
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(prompts()).toEqual(['a fox: failed', 'a dog: made', 'a whale: failed']);
  });

  it('refuses what the form gets wrong at once, and leaves it readable when the next begins', async () => {
    await order('a fox');
    await order('a dog');
    page.draft.rows[0]!.prompt = '';
    await page.generate();
    expect(page.fault.failure?.code).toBe('prompt-empty');
    expect(queue.waiting).toHaveLength(1);
    studio.finish();
    await begun(2);
    expect(page.fault.failure?.code).toBe('prompt-empty');
  });

  it('stops the film in hand alone, or all', async () => {
    await order('a fox');
    await order('a dog');
    await order('a whale');
    page.cancel();
    await begun(2);
    expect(prompts()).toEqual(['a dog: making', 'a whale: waiting']);
    await studio.deliver(0, 5);
    queue.stopAll();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    // What was shown of a film is a film.
    expect(prompts()).toEqual(['a dog: made']);
    expect(madePrompts()).toEqual(['a fox', 'a dog']);
  });

  it('changes the order of what waits, and of nothing else', async () => {
    for (const prompt of ['a fox', 'a dog', 'a whale', 'a ghost']) await order(prompt);
    const [, , whale, ghost] = queue.films;
    expect(queue.move(ghost!, 0)).toBe(true);
    expect(queue.move(ghost!, -1)).toBe(false);
    expect(queue.move(whale!, 3)).toBe(false);
    expect(queue.move(whale!, 1)).toBe(true);
    expect(prompts().map((line) => line.split(':')[0])).toEqual([
      'a fox',
      'a ghost',
      'a whale',
      'a dog',
    ]);
    studio.finish();
    await begun(2);
    expect(madePrompts()).toEqual(['a fox', 'a ghost']);
    expect(queue.move(queue.films[3]!, 0)).toBe(true);
    expect(prompts()).toEqual([
      'a fox: made',
      'a ghost: making',
      'a dog: waiting',
      'a whale: waiting',
    ]);
  });

  it('lets go of a film, and takes one back into the form with its seed', async () => {
    for (const prompt of ['a fox', 'a dog', 'a whale']) await order(prompt);
    const [, dog, whale] = queue.films;
    queue.remove(dog);
    page.draft.rows[0]!.prompt = 'something else';
    queue.edit(whale!);
    expect(prompts()).toEqual(['a fox: making']);
    expect(page.draft.rows[0]!.prompt).toBe('a whale');
    expect(page.draft.seedText).toBe(String(whale!.film.seed));
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(madePrompts()).toEqual(['a fox']);
  });

  it('asks for a download once, before the first', async () => {
    studio.stored = 0;
    page.draft.rows[0]!.prompt = 'a fox';
    await page.generate();
    expect(page.phase).toBe('asking');
    void page.accept();
    await begun(1);
    await order('a dog');
    // Nothing was kept of it, as where a browser is out of room.
    studio.finish();
    await begun(2);
    expect(page.consent.question).toBeUndefined();
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    await page.generate();
    expect(page.phase).toBe('asking');
  });

  it('asks when a film is added that needs more than is there, and no leaves the rest as it is', async () => {
    await order('a fox');
    studio.stored = 0;
    page.draft.rows[0]!.prompt = 'a dog';
    await page.generate();
    expect(page.consent.question).toBeDefined();
    page.cancel();
    expect(page.consent.question).toBeUndefined();
    expect(page.phase).toBe('making');
    expect(queue.films).toEqual([]);
    await page.generate();
    await page.accept();
    expect(prompts()).toEqual(['a fox: making', 'a dog: waiting']);
    studio.finish();
    await begun(2);
  });

  it('waits while variations are to be chosen from', async () => {
    page.draft.rows[0]!.prompt = 'a fox';
    void page.makeVariations();
    await begun(1);
    await order('a dog');
    for (let count = 2; count <= 4; count++) {
      studio.finish();
      await begun(count);
    }
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(prompts()).toEqual(['a dog: waiting']);
    page.chooseVariation(1);
    await begun(5);
    expect(madePrompts().at(-1)).toBe('a dog');
  });

  it('waits where a download comes in between and the answer is no, until it is started again', async () => {
    await order('a fox');
    await order('a dog');
    studio.stored = 0;
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('asking'));
    page.cancel();
    expect(page.phase).toBe('ready');
    expect(prompts()).toEqual(['a fox: made', 'a dog: waiting']);
    void queue.goOn();
    await vi.waitFor(() => expect(page.phase).toBe('asking'));
    void page.accept();
    await begun(2);
    expect(prompts()).toEqual(['a fox: made', 'a dog: making']);
  });

  it('begins at once with a film before which the one in hand came to its end', async () => {
    await order('a fox');
    const asked = Promise.withResolvers<undefined>();
    const downloadFor = studio.downloadFor.bind(studio);
    studio.downloadFor = () => asked.promise.then(downloadFor);
    page.draft.rows[0]!.prompt = 'a dog';
    void page.generate();
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    asked.resolve(undefined);
    await begun(2);
    expect(prompts()).toEqual(['a dog: making']);
  });

  it('leaves a question standing when the next film begins, and its answer counts', async () => {
    await order('a fox');
    await order('a dog');
    studio.stored = 0;
    page.draft.rows[0]!.prompt = 'a whale';
    await page.generate();
    const { question } = page.consent;
    expect(question).toBeDefined();
    studio.stored = MODEL_BYTE_LENGTH;
    studio.finish();
    await begun(2);
    expect(page.consent.question).toBe(question);
    await page.accept();
    expect(prompts()).toEqual(['a fox: made', 'a dog: making', 'a whale: waiting']);
  });

  it('stops all while a question is open', async () => {
    await order('a fox');
    await order('a dog');
    studio.stored = 0;
    await page.generate();
    expect(page.consent.question).toBeDefined();
    queue.stopAll();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(madePrompts()).toEqual(['a fox']);
  });

  it('is in the list of what was ordered', async () => {
    await order('a fox');
    await order('a dog');
    const { history } = await page.prompting;
    expect(history.films.slice(0, 2).map(({ rows }) => rows[0]!.prompt)).toEqual([
      'a dog',
      'a fox',
    ]);
  });

  it('is there where the model came late', async () => {
    studio.packFailure = { code: 'pack-unreachable', facts: { url: 'pack.json', reason: 'gone' } };
    page = new PageState(studio);
    await page.open();
    expect(page.fault.failure?.code).toBe('pack-unreachable');
    studio.packFailure = undefined;
    queue = page.queue!;
    await order('a fox');
    await order('a dog');
    expect(prompts()).toEqual(['a fox: making', 'a dog: waiting']);
  });
});

describe('the library of the page', () => {
  async function names(): Promise<string[]> {
    const shelf = await page.kept.shelf();
    await shelf.look();
    return shelf.clips.map(({ name }) => name);
  }

  beforeEach(async () => {
    page.privacy.set(false);
    const shelf = await page.kept.shelf();
    for (const clip of shelf.clips) await shelf.delete(clip);
    shelf.endUndo();
  });

  async function makeVariations(): Promise<void> {
    studio.films.length = 0;
    page.draft.rows[0]!.prompt = 'a fox';
    void page.makeVariations();
    for (let count = 1; count <= 4; count++) {
      await begun(count);
      studio.finish();
    }
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
  }

  it('has every variation, whichever is chosen', async () => {
    await makeVariations();
    expect(await names()).toEqual(['a fox', 'a fox', 'a fox', 'a fox']);
    page.chooseVariation(2);
    await vi.waitFor(() => expect(page.clip).toBeDefined());
    expect(await names()).toHaveLength(4);
  });

  it('has nothing that was made in private, whenever that was turned off', async () => {
    page.privacy.set(true);
    page.draft.rows[0]!.prompt = 'a secret';
    void page.generate();
    await begun(1);
    page.privacy.set(false);
    studio.finish();
    await vi.waitFor(() => expect(page.phase).toBe('ready'));
    expect(page.clip).toBeDefined();
    expect(await names()).toEqual([]);
  });
});
