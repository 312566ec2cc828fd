// What the suite needs before it starts: the built site and the tiny pack. Playwright asks for a default export.
import { buildSite } from '../../src/cli/site.ts';
import { setup as buildTinyPack } from '../tiny-pack.ts';

async function prepare(): Promise<void> {
  await buildSite(console.log);
  await buildTinyPack();
}

export default prepare;
