// Crossing from the page to a worker and back: calls, callbacks, abort signals and errors that keep their facts.
// A worker's death is noticed by a Web Lock that the worker holds as long as it lives: no browser event tells of it.
import * as Comlink from 'comlink';

import { StudioError, failureOf } from '../core/errors.ts';
import type { ErrorFacts, Failure } from '../core/errors.ts';

/** How long a worker may take to answer an abort before it is ended. */
const CANCEL_GRACE_MS = 5000;

/** How long a worker's script may take to come and run; scripts are small, the engine comes later. */
const START_LIMIT_MS = 30_000;

interface LifeMessage {
  life: string;
}

/** Serves an api from inside a worker until the worker ends; what a call says through callbacks is heard before its end. */
export function serve(api: object): void {
  const calls = Object.entries(api as Record<string, AsyncCall>).map(([name, call]) => {
    const heardCall: AsyncCall = async (...values) => {
      try {
        return await call(...values);
      } finally {
        await Promise.allSettled(unheard);
      }
    };
    return [name, heardCall] as const;
  });
  Comlink.expose(Object.fromEntries(calls));
  const life = `zoetrope-life-${crypto.randomUUID()}`;
  void navigator.locks.request(life, () => {
    postMessage({ life } satisfies LifeMessage);
    return new Promise<never>(() => undefined);
  });
}

/** Marks a value so that its buffers move to the other thread instead of being copied. */
export function moved<T extends object>(value: T, buffers: readonly ArrayBuffer[]): T {
  return Comlink.transfer(value, [...buffers]);
}

/** One kind of worker: opened at the first call, opened again after it has died or has been ended. */
export class WorkerThread<Api extends object> {
  readonly #name: string;
  readonly #create: () => Worker;
  #running: RunningWorker<Api> | undefined;

  /** @param create makes the worker; `new Worker(new URL(…), { type: 'module' })` must stand in one expression */
  constructor(name: string, create: () => Worker) {
    this.#name = name;
    this.#create = create;
  }

  /**
   * Calls the worker.
   * @param signal when aborted, the worker has `CANCEL_GRACE_MS` to end the call by itself, then it is ended
   * @throws StudioError what the call throws; worker-died; cancelled when the worker had to be ended
   */
  async call<T>(run: (api: Api) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const running = (this.#running ??= this.#start());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      timer = setTimeout(() => {
        running.end({ code: 'cancelled', facts: {} });
      }, CANCEL_GRACE_MS);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      return await Promise.race([run(running.api), running.death]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends the worker, if it runs; what it was asked is `cancelled`, and the next call opens a new one. */
  end(): void {
    this.#running?.end({ code: 'cancelled', facts: {} });
  }

  #start(): RunningWorker<Api> {
    const running = new RunningWorker<Api>(this.#name, this.#create());
    running.death.catch(() => {
      if (this.#running === running) this.#running = undefined;
    });
    return running;
  }
}

/** A worker from its start to its death, which comes once. */
class RunningWorker<Api extends object> {
  readonly api: Api;
  /** Rejects when the worker has died. */
  readonly death: Promise<never>;
  /** Ends the worker; what waits for its death gets the failure. */
  readonly end: (failure: Failure) => void;

  constructor(name: string, worker: Worker) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.death = promise;
    this.end = (failure) => {
      clearTimeout(starting);
      worker.terminate();
      reject(new StudioError(failure));
    };
    const die = (cause: ErrorFacts['worker-died']['cause'], detail: string) => {
      this.end({ code: 'worker-died', facts: { worker: name, cause, detail } });
    };
    const starting = setTimeout(() => die('not-loaded', ''), START_LIMIT_MS);
    worker.addEventListener('error', (event) => {
      // A module that cannot be fetched gives an event without a message.
      die(event.message ? 'threw' : 'not-loaded', event.message);
    });
    worker.addEventListener('message', (event: MessageEvent<Partial<LifeMessage> | undefined>) => {
      const life = event.data?.life;
      if (!life) return;
      clearTimeout(starting);
      void navigator.locks.request(life, () => die('stopped', ''));
    });
    // Every method of our apis is asynchronous already, so the remote has the same type.
    this.api = Comlink.wrap(worker) as unknown as Api;
  }
}

const signalHandler: Comlink.TransferHandler<AbortSignal, { aborted: boolean; port: MessagePort }> =
  {
    canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
    serialize: (signal) => {
      const { port1, port2 } = new MessageChannel();
      signal.addEventListener('abort', () => port1.postMessage('abort'), { once: true });
      return [{ aborted: signal.aborted, port: port2 }, [port2]];
    },
    deserialize: ({ aborted, port }) => {
      const controller = new AbortController();
      if (aborted) controller.abort();
      port.onmessage = () => controller.abort();
      return controller.signal;
    },
  };

type Callback = (...values: unknown[]) => unknown;
type AsyncCall = (...values: unknown[]) => Promise<unknown>;

/** Calls of the other side's callbacks that it has not answered yet: each has a port of its own, so order is not given. */
const unheard = new Set<Promise<unknown>>();

const functionHandler: Comlink.TransferHandler<Callback, MessagePort> = {
  canHandle: (value): value is Callback => typeof value === 'function',
  serialize: (callback) => {
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(callback, port1);
    return [port2, [port2]];
  },
  deserialize: (port) => {
    port.start();
    const remote = Comlink.wrap(port) as unknown as AsyncCall;
    return (...values) => {
      const answer = remote(...values);
      unheard.add(answer);
      void answer.catch(() => undefined).then(() => unheard.delete(answer));
      return answer;
    };
  },
};

const thrownHandler = Comlink.transferHandlers.get('throw');

/** Comlink copies an error's message and stack; ours keep their code and facts, and others become `unexpected`. */
const failureHandler: Comlink.TransferHandler<unknown, Failure> = {
  canHandle: (value): value is unknown => thrownHandler?.canHandle(value) ?? false,
  serialize: (value) => [failureOf((value as { value: unknown }).value), []],
  deserialize: (failure) => {
    throw new StudioError(failure);
  },
};

Comlink.transferHandlers.set('throw', failureHandler);
Comlink.transferHandlers.set('signal', signalHandler);
Comlink.transferHandlers.set('function', functionHandler);
