// The page over a fake studio, which a test drives as `window.fake`; `?sizes=2` offers two sizes,
// `?unguided` has a model without guidance, `?offline` has no pack until the test brings it.
import { mount } from 'svelte';

import App from '../../src/ui/App.svelte';
import { FakeStudio } from '../fakes/fake-studio.ts';

declare global {
  interface Window {
    fake: FakeStudio;
  }
}

const query = new URLSearchParams(location.search);
window.fake = new FakeStudio(Number(query.get('sizes') ?? 1), !query.has('unguided'));
if (query.has('offline')) {
  const reason = 'TypeError: Failed to fetch';
  const url = 'packs/catalogue.json';
  window.fake.packFailure = { code: 'pack-unreachable', facts: { url, reason } };
}
mount(App, { target: document.body, props: { studio: window.fake } });
