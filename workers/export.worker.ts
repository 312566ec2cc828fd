// Entry of the export worker: encode → mux, and finished files to other kinds of files.
import { serve } from '../src/boundary/thread.ts';
import type { ConvertApi, ExportApi } from '../src/core/api.ts';
import { convertFilm } from './export/convert-film.ts';
import { ExportFilm } from './export/export-film.ts';

const film = new ExportFilm();

const api: ExportApi & ConvertApi = {
  open: (format, emit) => film.open(format, emit),
  beginSegment: (key, frameCount) => film.beginSegment(key, frameCount),
  add: (batch) => film.add(batch),
  append: (segment) => film.append(segment),
  finish: (tags) => film.finish(tags),
  cancel: () => film.cancel(),
  convert: (request, signal, emit) => convertFilm(request, signal, emit),
};

serve(api);
