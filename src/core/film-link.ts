// A film becomes the end of an address and comes back: its JSON, deflated, in the letters that addresses allow.
// What comes back may be anybody's: its length is limited before and after it is inflated, and every field is checked.
import { failureOf, studioError } from './errors.ts';
import type { LinkFault, StudioError } from './errors.ts';
import { hasPictures } from './film.ts';
import type { Film, FilmDefaults, FilmRow } from './film.ts';
import { parseFilm } from './parse-film.ts';

/** How every fragment begins that holds a film. */
export const FILM_FRAGMENT = '#film=';

/** Longer addresses get lost on their way through other programs. */
export const MAX_FRAGMENT_CHARACTER_COUNT = 16_000;

/** What a fragment may be inflated to: more than any film that people plan, and little for a device. */
export const MAX_LINKED_BYTE_LENGTH = 256 * 1024;

/**
 * Writes a film, without its pictures, as a fragment that `filmInFragment` reads.
 * @throws StudioError link-too-long
 */
export async function filmFragment(film: Film): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(linkedFilm(film)));
  const deflated = through(new CompressionStream('deflate-raw'), bytes);
  const fragment = FILM_FRAGMENT + base64UrlOf(await new Response(deflated).arrayBuffer());
  const isTooLong = fragment.length > MAX_FRAGMENT_CHARACTER_COUNT;
  if (isTooLong || bytes.byteLength > MAX_LINKED_BYTE_LENGTH) {
    throw studioError('link-too-long', {
      characterCount: fragment.length,
      maxCharacterCount: MAX_FRAGMENT_CHARACTER_COUNT,
    });
  }
  return fragment;
}

/**
 * Reads the film in a fragment.
 * @throws StudioError link-unusable; link-refused with what `parseFilm` refuses
 */
export async function filmInFragment(fragment: string, defaults: FilmDefaults): Promise<Film> {
  const json = await jsonIn(fragment);
  let film: Film;
  try {
    film = parseFilm(json, defaults);
  } catch (thrown) {
    throw studioError('link-refused', { refusal: failureOf(thrown) }, { cause: thrown });
  }
  if (hasPictures(film)) throw linkUnusable('not-ours');
  return film;
}

/** A film as JSON without its pictures, and without what every model fills in the same. */
function linkedFilm({ negativePrompt, loops, rows, ...film }: Film): object {
  return {
    ...film,
    ...(negativePrompt !== '' && { negativePrompt }),
    ...(loops && { loops }),
    rows: rows.map(linkedRow),
  };
}

function linkedRow(
  { startPicture: _start, endPicture: _end, camera, transition, retakes, ...row }: FilmRow,
  index: number,
): object {
  return {
    ...row,
    ...(camera !== '' && { camera }),
    ...(index > 0 && { transition }),
    ...(retakes.length > 0 && { retakes }),
  };
}

async function jsonIn(fragment: string): Promise<unknown> {
  if (fragment.length > MAX_FRAGMENT_CHARACTER_COUNT) throw linkUnusable('not-ours');
  try {
    const deflated = bytesOfBase64Url(fragment.slice(FILM_FRAGMENT.length));
    const bytes = await inflated(deflated);
    if (!bytes) throw linkUnusable('not-ours');
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    if (failureOf(thrown).code === 'link-unusable') throw thrown;
    throw linkUnusable('damaged', thrown);
  }
}

function linkUnusable(cause: LinkFault, thrown?: unknown): StudioError {
  return studioError('link-unusable', { cause }, { cause: thrown });
}

/** Inflates bytes; undefined as soon as they become too many. */
async function inflated(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = through(new DecompressionStream('deflate-raw'), bytes).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let byteLength = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    byteLength += value.byteLength;
    if (byteLength > MAX_LINKED_BYTE_LENGTH) {
      await reader.cancel();
      return undefined;
    }
  }
}

function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream().pipeThrough(stream);
}

/** @see https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function base64UrlOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOfBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new TypeError('not base64url');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
