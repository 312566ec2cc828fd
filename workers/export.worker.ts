// Entry of the export worker: encode → mux.
import { serve } from '../src/boundary/thread.ts';
import type { ExportApi } from '../src/core/api.ts';
import { ExportFilm } from './export/export-film.ts';

const film = new ExportFilm();

const api: ExportApi = {
  open: (format, emit) => film.open(format, emit),
  beginSegment: (key, frameCount) => film.beginSegment(key, frameCount),
  add: (batch) => film.add(batch),
  append: (segment) => film.append(segment),
  finish: (tags) => film.finish(tags),
  cancel: () => film.cancel(),
};

serve(api);
