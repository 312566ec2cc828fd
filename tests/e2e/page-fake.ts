// The page over a fake studio, which a test drives as `window.fake`; `?sizes=4` offers four sizes,
// `?unguided` has a model without guidance, `?plain` one that makes single windows from words alone,
// `?unfinished=8` has 8 seconds of a film left behind, `?offline` no pack until the test brings it.
import { mount } from 'svelte';

import App from '../../src/ui/App.svelte';
import { Language } from '../../src/ui/language.svelte.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { filmDefaults } from '../../models/pack.ts';
import { FakeStudio } from '../fakes/fake-studio.ts';

declare global {
  interface Window {
    fake: FakeStudio;
  }
}

const query = new URLSearchParams(location.search);
window.fake = new FakeStudio({
  sizeCount: Number(query.get('sizes') ?? 1),
  canGuide: !query.has('unguided'),
  canDirect: !query.has('plain'),
});
if (query.has('unfinished')) {
  const seconds = Number(query.get('unfinished'));
  const json = { prompt: 'a whale swims under water', seconds, seed: 5 };
  const { pack } = await window.fake.pack();
  window.fake.leftBehind = { film: parseFilm(json, filmDefaults(pack)), seconds };
}
if (query.has('offline')) {
  const reason = 'TypeError: Failed to fetch';
  const url = 'packs/catalogue.json';
  window.fake.packFailure = { code: 'pack-unreachable', facts: { url, reason } };
}
const language = await Language.open();
mount(App, { target: document.body, props: { studio: window.fake, language } });
