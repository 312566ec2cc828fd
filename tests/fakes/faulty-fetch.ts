// The browser's fetch with faults put into chosen requests, and a list of what was asked for.
// It stands at the `fetch` of a Library.
import type { Fetch } from '../../src/library/fetch-shard.ts';

/** What goes wrong with one request. */
export type Fault = 'flipped' | 'short' | 'long' | 'not-found' | 'offline' | 'stalled';

interface Asked {
  sha256: string;
  cache: RequestCache | undefined;
}

/** Chooses the fault of a request; `attemptIndex` counts the requests for the same shard. */
export type ChooseFault = (sha256: string, attemptIndex: number) => Fault | undefined;

export class FaultyFetch {
  readonly asked: Asked[] = [];
  /** Resolves when a stalled request has given half of its bytes. */
  readonly stalled: Promise<void>;
  readonly #choose: ChooseFault;
  readonly #onStalled: () => void;

  constructor(choose: ChooseFault = () => undefined) {
    this.#choose = choose;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.stalled = promise;
    this.#onStalled = () => resolve(undefined);
  }

  readonly fetch: Fetch = async (url, init) => {
    const sha256 = /([0-9a-f]{64})\.bin$/.exec(url)?.[1] ?? url;
    const fault = this.#choose(sha256, this.countOf(sha256));
    this.asked.push({ sha256, cache: init.cache });
    if (fault === 'offline') throw new TypeError('Failed to fetch');
    if (fault === 'not-found') return new Response('no such file', { status: 404 });
    const response = await fetch(url, init);
    return fault ? this.#spoil(response, fault, init.signal) : response;
  };

  /** How often a shard was asked for. */
  countOf(sha256: string): number {
    return this.asked.filter((asked) => asked.sha256 === sha256).length;
  }

  async #spoil(response: Response, fault: Fault, signal?: AbortSignal | null): Promise<Response> {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const half = bytes.slice(0, bytes.length >> 1);
    if (fault === 'stalled') return new Response(this.#stall(half, signal));
    if (fault === 'short') return new Response(half);
    if (fault === 'long') return new Response(new Blob([bytes, half]));
    bytes[half.length] = bytes[half.length]! ^ 1;
    return new Response(bytes);
  }

  #stall(half: Uint8Array, signal?: AbortSignal | null): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        controller.enqueue(half);
        signal?.addEventListener('abort', () => controller.error(signal.reason));
        this.#onStalled();
      },
    });
  }
}
