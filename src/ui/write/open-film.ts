// A file that a person opens becomes a film: saved JSON, or an MP4 that has the film written into it.
import { studioError, reasonOf } from '../../core/errors.ts';
import { readFilmJson } from '../../core/film-tags.ts';
import type { Film, FilmDefaults } from '../../core/film.ts';
import { parseFilm } from '../../core/parse-film.ts';

/** A film of many pictures has some megabytes; what is larger is something else, and would be read whole. */
const MAX_JSON_BYTE_LENGTH = 64e6;

/**
 * Reads the film in a file.
 * @throws StudioError film-unreadable, or what `parseFilm` refuses
 */
export async function openFilm(file: File, defaults: FilmDefaults): Promise<Film> {
  const isVideo = file.type === 'video/mp4' || /\.mp4$/i.test(file.name);
  if (!isVideo && file.size > MAX_JSON_BYTE_LENGTH) {
    throw studioError('film-unreadable', { name: file.name, reason: `${file.size} bytes` });
  }
  const json = isVideo ? await readFilmJson(file) : await file.text();
  if (json === undefined) {
    throw studioError('film-unreadable', { name: file.name, reason: undefined });
  }
  return parseFilm(parsed(json, file.name), defaults);
}

function parsed(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (thrown) {
    throw studioError('film-unreadable', { name, reason: reasonOf(thrown) }, { cause: thrown });
  }
}
