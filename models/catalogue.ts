// Which packs a site offers: packs/catalogue.json, a list of pack.json paths; the first is the one to start with.
import * as v from 'valibot';

import { reasonOf, studioError } from '../src/core/errors.ts';
import type { ModelPack } from './pack.ts';
import { parsePack } from './parse-pack.ts';
import { parseWith } from './parse-with.ts';

const Catalogue = v.strictObject({
  packs: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]+\/pack\.json$/, 'folder/pack.json'))),
    v.minLength(1),
  ),
});

/** A pack and the address of its pack.json, beside which its shards lie. */
export interface LocatedPack {
  url: string;
  pack: ModelPack;
}

/**
 * Fetches the addresses of the packs that a site offers, the one to start with first.
 * @param catalogueUrl absolute address of catalogue.json
 * @throws StudioError catalogue-invalid, pack-unreachable
 */
export async function fetchPackUrls(catalogueUrl: string): Promise<readonly string[]> {
  const json = await fetchJson(catalogueUrl);
  const { packs } = parseWith(Catalogue, json, 'catalogue', (mismatch) =>
    studioError('catalogue-invalid', { url: catalogueUrl, ...mismatch }),
  );
  return packs.map((path) => new URL(path, catalogueUrl).href);
}

/**
 * Fetches and reads one pack.
 * @throws StudioError pack-unreachable, and what `parsePack` throws
 */
export async function fetchPack(url: string, signal?: AbortSignal): Promise<LocatedPack> {
  return { url, pack: parsePack(await fetchJson(url, signal), url) };
}

async function fetchJson(url: string, signal?: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.json();
  } catch (thrown) {
    if (signal?.aborted) throw studioError('cancelled', {}, { cause: thrown });
    throw studioError('pack-unreachable', { url, reason: reasonOf(thrown) }, { cause: thrown });
  }
}
