// The site's source becomes dist/, and dist/ becomes a server on this machine.
// The server sends what dist/_headers says, so that one file tells every host and us the same.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

import { headersFor, parseHeaderRules } from './host-headers.ts';
import { runProgram } from './run-program.ts';
import * as text from './text.ts';
import { UsageError } from './usage-error.ts';

/** The folder with package.json. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** Where the built site lies. */
export const SITE_FOLDER = join(PROJECT_FOLDER, 'dist');

// What the built site is made of; the command line and the Python beside models/*.ts are not part of it.
const SOURCES = [
  'index.html',
  'vite.config.ts',
  'service-worker.config.ts',
  'package-lock.json',
  'public',
  'workers',
  'models',
  'src',
];
const NOT_SOURCES = new Set(['src/cli', 'models/builtin', 'models/reference']);
const BUILD_SILENCE_SECONDS = 600;

/**
 * Builds the site if dist/ is missing or older than any of its sources.
 * @returns the folder of the built site
 * @throws Error with the output of the build; StudioError cancelled
 */
export async function buildSite(
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const index = join(SITE_FOLDER, 'index.html');
  const builtAtMs = existsSync(index) ? (await stat(index)).mtimeMs : 0;
  const changes = await Promise.all(SOURCES.map((path) => changedAtMs(path)));
  if (builtAtMs > Math.max(...changes)) return SITE_FOLDER;
  log(text.BUILDING);
  const startedAt = new Date();
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));
  const { failure, output } = await runProgram(process.execPath, [vite, 'build'], {
    cwd: PROJECT_FOLDER,
    silenceSeconds: BUILD_SILENCE_SECONDS,
    signal,
  });
  if (failure !== undefined) throw new Error(text.buildFailed(output || failure));
  // What changes while the build runs may not be in it.
  await utimes(index, startedAt, startedAt);
  return SITE_FOLDER;
}

/** When the newest thing at or under a path of the project changed; a folder changes when a file goes. */
async function changedAtMs(path: string): Promise<number> {
  const absolute = join(PROJECT_FOLDER, path);
  if (NOT_SOURCES.has(path) || !existsSync(absolute)) return 0;
  const own = await stat(absolute);
  if (!own.isDirectory()) return own.mtimeMs;
  const within = await Promise.all(
    (await readdir(absolute)).map((name) => changedAtMs(`${path}/${name}`)),
  );
  return Math.max(own.mtimeMs, ...within);
}

/**
 * The folder of other model packs that ZOETROPE_PACKS names, if it is set.
 * @throws UsageError when there is no catalogue in it
 */
export function packsFolderSetting(): string | undefined {
  const setting = process.env.ZOETROPE_PACKS;
  if (setting === undefined || setting === '') return undefined;
  const folder = resolve(setting);
  if (!existsSync(join(folder, 'catalogue.json'))) throw new UsageError(text.packsMissing(folder));
  return folder;
}

export interface SiteOptions {
  siteFolder: string;
  /** Takes the place of the site's own packs/. */
  packsFolder?: string | undefined;
  /** The first port to try; 0, the default, takes any. */
  port?: number;
}

export interface ServedSite {
  /** With a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves a built site to this machine only.
 * @throws Error when _headers is missing or unreadable, or no port is free
 */
export async function serveSite({
  siteFolder,
  packsFolder,
  port = 0,
}: SiteOptions): Promise<ServedSite> {
  const server = createServer(await siteHandler(siteFolder, packsFolder));
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function siteHandler(siteFolder: string, packsFolder: string | undefined) {
  const headersPath = join(siteFolder, '_headers');
  if (!existsSync(headersPath)) throw new Error(text.headersMissing(siteFolder));
  const rules = parseHeaderRules(await readFile(headersPath, 'utf8'));
  const options = { etag: true, onNoMatch: notFound };
  const site = sirv(siteFolder, options);
  const packs = packsFolder === undefined ? undefined : sirv(packsFolder, options);
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request);
    if (path === undefined || path === '/_headers') {
      notFound(request, response);
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    for (const [name, value] of headersFor(rules, path)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (packs && path.startsWith('/packs/')) {
      request.url = encodeURI(path.slice('/packs'.length));
      packs(request, response);
    } else {
      site(request, response);
    }
  };
}

function pathOf(request: IncomingMessage): string | undefined {
  try {
    return decodeURI((request.url ?? '/').replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.removeHeader('Cache-Control');
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
}

async function listen(server: Server, port: number): Promise<void> {
  for (let next = port; ; next++) {
    try {
      await listenOnce(server, next);
      return;
    } catch (thrown) {
      const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
      if (!taken || port === 0 || next >= port + 100) throw thrown;
    }
  }
}

function listenOnce(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
