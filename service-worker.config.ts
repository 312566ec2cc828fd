// workers/service.worker.ts becomes dist/sw.js, which is told what the site consists of and which headers it has.
// Four modules of Workbox and this file: vite-plugin-pwa would bring 300 packages to everyone who installs the project.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { Plugin, ResolvedConfig } from 'vite';
import { headersFor, parseHeaderRules } from './src/cli/host-headers.ts';

/** Read by hosts, by the README and by the library; none of them by the page as a file of the site. */
const NOT_KEPT = /^(_headers|first-light\.webp|sw\.js|packs\/.*)$/;

/** Builds the service worker when everything else is written. */
export function serviceWorkerPlugin(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'zoetrope:service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const outFolder = resolve(config.root, config.build.outDir);
        await build({
          configFile: false,
          root: config.root,
          logLevel: 'warn',
          define: definitionsFor(outFolder),
          build: {
            outDir: outFolder,
            emptyOutDir: false,
            copyPublicDir: false,
            modulePreload: false,
            target: 'esnext',
            rolldownOptions: {
              input: join(config.root, 'workers/service.worker.ts'),
              output: { format: 'iife', entryFileNames: 'sw.js' },
            },
          },
        });
      },
    },
  };
}

/** The names that globals.d.ts declares for the service worker. */
function definitionsFor(outFolder: string): Record<string, string> {
  const rules = parseHeaderRules(readFileSync(join(outFolder, '_headers'), 'utf8'));
  const paths = readdirSync(outFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outFolder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !NOT_KEPT.test(path))
    .sort();
  const isEngine = (path: string) => path.endsWith('.wasm');
  const files = paths.filter((path) => !isEngine(path)).map((url) => entryOf(outFolder, url));
  return {
    __SITE_FILES__: JSON.stringify(files),
    __ENGINE_PATHS__: JSON.stringify(paths.filter(isEngine)),
    __SITE_HEADERS__: JSON.stringify([...headersFor(rules, '/')]),
  };
}

/** A file with what tells its versions apart, where its name does not. */
function entryOf(outFolder: string, url: string): { url: string; revision: string | null } {
  if (url.startsWith('assets/')) return { url, revision: null };
  const hash = createHash('sha256').update(readFileSync(join(outFolder, url)));
  return { url, revision: hash.digest('hex').slice(0, 16) };
}
