// A host between the browser and a site: it writes down all that it hears, can forget the headers, keep an answer back,
// go away, and bring another version of the site under the same address.
import { EventEmitter, once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Headers that say what the file is, and nothing of policy. */
const PLAIN_HEADERS = ['content-type', 'content-length', 'cache-control', 'etag'];

export interface HostOptions {
  /** Of the site that is served first, with a slash at the end. */
  siteUrl: string;
  /** Whether it sends what the file is and nothing else, as hosts do that cannot be told to send headers. */
  isBare?: boolean;
}

export interface Host {
  /** With a slash at the end. */
  url: string;
  /** What it serves from now on. */
  siteUrl: string;
  /** Every request since the start: method, path, headers and body. */
  heard: string[];
  /** Answers to paths that end so wait until the function that it gives is called. */
  keepBack: (pathEnd: string) => () => unknown;
  close: () => Promise<void>;
}

/** Opens a host on this machine. */
export async function openHost({ siteUrl, isBare = false }: HostOptions): Promise<Host> {
  const kept = new Map<string, Promise<unknown>>();
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host: Host = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    siteUrl,
    heard: [],
    keepBack(pathEnd) {
      const turn = new EventEmitter();
      kept.set(pathEnd, once(turn, 'free'));
      return () => turn.emit('free');
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = Buffer.concat(await request.toArray()).toString();
    host.heard.push([method, url, JSON.stringify(headers), body].join(' '));
    for (const [pathEnd, free] of kept) if (url.endsWith(pathEnd)) await free;
    const { host: _own, ...passedOn } = headers;
    const asked = ask(new URL(url, host.siteUrl), { method, headers: passedOn }, (found) => {
      const all = Object.entries(found.headers);
      const sent = isBare ? all.filter(([name]) => PLAIN_HEADERS.includes(name)) : all;
      response.writeHead(found.statusCode ?? 500, Object.fromEntries(sent));
      found.pipe(response);
    });
    asked.on('error', () => response.destroy());
    asked.end();
  }
  return host;
}
