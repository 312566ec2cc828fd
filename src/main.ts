// Opens the studio on the page; `?device=wasm` or `?device=webgpu` in the address fixes the device.
import { mount } from 'svelte';

import type { DeviceChoice } from './core/device.ts';
import { installAutomation } from './studio/automation.ts';
import { createStudio } from './studio/studio.ts';
import App from './ui/App.svelte';
import { Language } from './ui/language.svelte.ts';
import { chosenPackUrl } from './ui/stored-value.ts';

function chosenDevice(): DeviceChoice {
  const device = new URLSearchParams(location.search).get('device');
  return device === 'wasm' || device === 'webgpu' ? device : 'auto';
}

const studio = createStudio({
  catalogueUrl: new URL('packs/catalogue.json', document.baseURI).href,
  device: chosenDevice(),
  chosenPackUrl: chosenPackUrl(),
});
installAutomation(studio);
// Awaited at the top of this module, the later chunks could share nothing with it: they would wait for each other.
void Language.open().then((language) => {
  mount(App, { target: document.body, props: { studio, language } });
});
