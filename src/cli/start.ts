// The command `npm start`: builds the site when it is not up to date, and serves it to this machine.
import { reasonOf } from '../core/errors.ts';
import { buildSite, packsFolderSetting, serveSite } from './site.ts';
import { siteStarted } from './text.ts';

const PREFERRED_PORT = 4173;

const log = (line: string) => {
  process.stdout.write(`${line}\n`);
};

try {
  const packsFolder = packsFolderSetting();
  const site = await serveSite({
    siteFolder: await buildSite(log),
    packsFolder,
    port: PREFERRED_PORT,
  });
  log(siteStarted(site.url));
  const stop = () => {
    void site.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
