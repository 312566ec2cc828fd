// The pack that a catalogue begins with, for tests that care for no other.
import { fetchPack, fetchPackUrls } from '../models/catalogue.ts';
import type { LocatedPack } from '../models/catalogue.ts';

/** Fetches and reads it. */
export async function fetchFirstPack(catalogueUrl: string): Promise<LocatedPack> {
  const [url] = await fetchPackUrls(catalogueUrl);
  return fetchPack(url!);
}
