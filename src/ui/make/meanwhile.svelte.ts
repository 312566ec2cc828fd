// What goes on around a film in the making: the queue behind it, the screen that stays lit, the notice of the end.
// None of it is needed for the first screen, so it comes right after it.
import { tick, untrack } from 'svelte';
import { DoneNotice } from './done-notice.svelte.ts';
import { words } from '../messages.ts';
import type { PageState } from '../page-state.svelte.ts';
import Queue from './Queue.svelte';
import { QueueState } from './queue-state.svelte.ts';
import { keepAwake } from './wake-lock.ts';

/** Stays with its page from then on. */
export class Meanwhile {
  readonly queue: QueueState;
  /** The list of the queue, which comes with it. */
  readonly Queue = Queue;
  readonly doneNotice = new DoneNotice();
  readonly #page: PageState;

  constructor(page: PageState) {
    this.#page = page;
    this.queue = new QueueState(page);
    $effect.root(() => {
      $effect(() => {
        if (!page.busy) return;
        const letSleep = keepAwake();
        const failedBefore = untrack(() => this.queue.failedCount);
        return () => {
          letSleep();
          // In here everything still reads as it was before the end.
          void tick().then(() => this.#tellEnd(this.queue.failedCount > failedBefore));
        };
      });
    });
  }

  /** Whether the work takes so long that a person may look elsewhere meanwhile. */
  readonly mayBeLeft = $derived.by(() => {
    const { job, isEndless } = this.#page.making;
    return (job.isSlow && !isEndless) || this.queue.waiting.length > 0;
  });

  #tellEnd(hasFailed: boolean): Promise<void> {
    const { fault, consent } = this.#page;
    const isBad = hasFailed || fault.failure !== undefined || consent.question !== undefined;
    return this.doneNotice.tell(isBad ? words.toldAttention : words.toldDone);
  }
}
