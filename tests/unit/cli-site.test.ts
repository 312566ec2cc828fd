import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { headersFor, parseHeaderRules } from '../../src/cli/host-headers.ts';
import { PROJECT_FOLDER, serveSite } from '../../src/cli/site.ts';
import type { ServedSite } from '../../src/cli/site.ts';

const SITE: Record<string, string> = {
  _headers: '/*\n  Referrer-Policy: no-referrer\n/packs/*.bin\n  Cache-Control: max-age=9\n',
  'index.html': '<p>index</p>',
  'assets/engine.wasm': 'wasm',
  'packs/catalogue.json': '{"of":"site"}',
  'packs/a/ff.bin': 'site shard',
  'a b ü.txt': 'odd name',
};
const OTHER_PACKS: Record<string, string> = {
  'catalogue.json': '{"of":"other"}',
  'b/ee.bin': 'other shard',
};

let folder = '';
let site: ServedSite;
let withOtherPacks: ServedSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zoetrope site '));
  await writeFiles(join(folder, 'site'), SITE);
  await writeFiles(join(folder, 'packs'), OTHER_PACKS);
  await writeFile(join(folder, 'secret'), 'secret');
  const siteFolder = join(folder, 'site');
  site = await serveSite({ siteFolder });
  withOtherPacks = await serveSite({ siteFolder, packsFolder: join(folder, 'packs') });
});

afterAll(async () => {
  await site.close();
  await withOtherPacks.close();
  await rm(folder, { recursive: true });
});

async function writeFiles(root: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** Sends a path exactly as it is; `fetch` would tidy it first. */
function get(from: ServedSite, path: string, method = 'GET') {
  const { hostname, port } = new URL(from.url);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const sent = request({ hostname, port, path, method }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.on('error', reject).end();
    },
  );
}

describe('serveSite', () => {
  it('serves files with their types and the headers of every rule that matches', async () => {
    const index = await get(site, '/');
    expect(index).toMatchObject({ status: 200, text: '<p>index</p>' });
    expect(index.headers).toMatchObject({
      'content-type': 'text/html;charset=utf-8',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect((await get(site, '/assets/engine.wasm?v=1')).headers['content-type']).toBe(
      'application/wasm',
    );
    expect((await get(site, '/packs/a/ff.bin')).headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'max-age=9',
    });
    expect((await get(site, '/a%20b%20%C3%BC.txt')).text).toBe('odd name');
  });

  it('listens at one address of this machine only', async () => {
    expect(site.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await expect(fetch(site.url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
  });

  it('puts other packs in the place of its own', async () => {
    expect((await get(site, '/packs/catalogue.json')).text).toBe('{"of":"site"}');
    expect((await get(withOtherPacks, '/packs/catalogue.json')).text).toBe('{"of":"other"}');
    expect((await get(withOtherPacks, '/packs/a/ff.bin')).status).toBe(404);
    const shard = await get(withOtherPacks, '/packs/b/ee.bin');
    expect(shard.text).toBe('other shard');
    expect(shard.headers['cache-control']).toBe('max-age=9');
    expect((await get(withOtherPacks, '/')).text).toBe('<p>index</p>');
  });

  it.each([
    '/missing',
    '/missing.html',
    '/assets/missing.js',
    '/_headers',
    '/%E0%A4%A',
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/secret',
    '/assets/../../secret',
    '/packs/../../secret',
    '/packs/%2e%2e/%2e%2e/secret',
    '/packs//etc/passwd',
  ])('has nothing at %s', async (path) => {
    for (const from of [site, withOtherPacks]) {
      const { status, headers, text } = await get(from, path);
      expect({ status, text }).toEqual({ status: 404, text: 'Not found\n' });
      expect(headers['cache-control']).toBeUndefined();
    }
  });

  it('only reads', async () => {
    expect((await get(site, '/', 'POST')).status).toBe(405);
    expect(await get(site, '/', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('takes the next port when the one it prefers is taken', async () => {
    const port = Number(new URL(site.url).port);
    const next = await serveSite({ siteFolder: join(folder, 'site'), port });
    expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
    await next.close();
  });

  it('refuses a site without headers', async () => {
    await expect(serveSite({ siteFolder: join(folder, 'packs') })).rejects.toThrow('_headers');
  });
});

describe('parseHeaderRules', () => {
  it('matches stars and names as hosts do, and joins what comes twice', () => {
    const rules = parseHeaderRules('# all\n/*\n  A: 1\n\n/b/:id/c\n  a: 2\n  B: x: y\n');
    expect([...headersFor(rules, '/b/7/c')]).toEqual([
      ['a', '1, 2'],
      ['b', 'x: y'],
    ]);
    expect([...headersFor(rules, '/b/7/8/c')]).toEqual([['a', '1']]);
  });

  it.each(['  A: 1', '/*\n  A', '/*\nA: 1', 'assets/*'])('refuses %j', (file) => {
    expect(() => parseHeaderRules(file)).toThrow(/line \d/);
  });
});

describe('public/_headers', () => {
  it('isolates the page, keeps it to itself, and lets only named-by-content files stay', async () => {
    const rules = parseHeaderRules(await readFile(join(PROJECT_FOLDER, 'public/_headers'), 'utf8'));
    const page = headersFor(rules, '/');
    expect(Object.fromEntries(page)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = page.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'|https?:|\*/);
    expect(headersFor(rules, '/assets/main-1a2b.js').get('cache-control')).toContain('immutable');
    expect(headersFor(rules, '/packs/a/00ff.bin').get('cache-control')).toContain('immutable');
    for (const path of ['/', '/index.html', '/packs/catalogue.json', '/packs/a/pack.json']) {
      expect(headersFor(rules, path).has('cache-control')).toBe(false);
    }
  });
});
