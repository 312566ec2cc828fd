// What a page and a service worker that waits say to each other.

/** What a page sends to ask the worker to take over; a port for the answer goes with it. */
export const TAKE_OVER = 'take-over';

/** The worker's answer: it takes over only where no other page of the site would lose its files to it. */
export interface TakeOverAnswer {
  otherPageCount: number;
}
