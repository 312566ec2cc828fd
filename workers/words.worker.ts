// Entry of the words worker: words → what they mean to the text encoder.
import { serve } from '../src/boundary/thread.ts';
import type { WordsApi } from '../src/core/api.ts';
import { WordEmbedder } from './generate/embed-words.ts';

const embedder = new WordEmbedder();

const api: WordsApi = {
  embed: (packUrl, phrases, signal) => embedder.embed(packUrl, phrases, signal),
};

serve(api);
