// Entry of the export worker: encode → mux.
import { moved, serve } from '../src/boundary/thread.ts';
import type { ExportApi } from '../src/core/api.ts';
import { ExportFilm } from './export/export-film.ts';

const film = new ExportFilm();

const api: ExportApi = {
  open: (format, emit) => film.open(format, emit),
  add: (batch) => film.add(batch),
  finish: async () => {
    const clip = await film.finish();
    return moved(clip, [clip.mp4.buffer]);
  },
  cancel: () => film.cancel(),
};

serve(api);
