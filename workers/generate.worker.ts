// Entry of the generate worker: obtain → tokenize → encode-text → denoise → decode.
import { moved, serve } from '../src/boundary/thread.ts';
import type { GenerateApi } from '../src/core/api.ts';
import { Generator } from './generate/generator.ts';

const generator = new Generator();

const api: GenerateApi = {
  generate: (job, nextTask, deliver, showPreview, signal, emit) =>
    generator.generate(
      job,
      nextTask,
      (batch) => deliver(moved(batch, [batch.rgba.buffer])),
      showPreview && ((preview) => showPreview(moved(preview, [preview.rgba.buffer]))),
      signal,
      emit,
    ),
};

serve(api);
