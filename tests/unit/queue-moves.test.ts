import { expect, it } from 'vitest';
import { QueueState } from '../../src/ui/make/queue-state.svelte.ts';
import type { PageState } from '../../src/ui/page-state.svelte.ts';
import { film } from './films.ts';

function queueOf(...prompts: readonly string[]): QueueState {
  const variations = { count: 0 };
  const order = () => Promise.resolve();
  const page = { phase: 'ready', variations, order, say: () => undefined };
  const queue = new QueueState(page as unknown as PageState);
  queue.films = prompts.map((prompt, id) => ({ id, film: film([{ prompt }]), state: 'waiting' }));
  return queue;
}

const statesOf = ({ films }: QueueState) =>
  films.map(({ film, state }) => `${film.rows[0]!.prompt} ${state}`);

it('moves films among those that wait', async () => {
  const queue = queueOf('a fox', 'a dog', 'a whale');
  await queue.goOn();
  expect(queue.move(queue.waiting[1]!, 0)).toBe(true);
  expect(statesOf(queue)).toEqual(['a fox making', 'a whale waiting', 'a dog waiting']);
  expect(queue.move(queue.waiting[1]!, 2)).toBe(false);
});

it('leaves a film where it is whose turn has come while it was dragged', async () => {
  const queue = queueOf('a fox', 'a dog', 'a whale');
  const grabbed = queue.waiting[0]!;
  await queue.goOn();
  expect(queue.move(grabbed, 1)).toBe(false);
  expect(statesOf(queue)).toEqual(['a fox making', 'a dog waiting', 'a whale waiting']);
});
