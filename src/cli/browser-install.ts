// The ways to install a browser on this machine, best first: Playwright's own download, then the system's packages.
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isFile, runProgram } from './run-program.ts';

const SILENCE_SECONDS = 180;

/** One way to install a browser. */
export interface Installer {
  /** What is run, as a person would type it. */
  command: string;
  /**
   * Runs it.
   * @returns why it failed; undefined when it worked
   * @throws StudioError cancelled
   */
  install: (signal?: AbortSignal) => Promise<string | undefined>;
}

type Step = readonly [program: string, ...programArguments: string[]];

const LINUX_PACKAGES: readonly { program: string; steps: readonly Step[] }[] = [
  {
    program: 'apt-get',
    steps: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
  },
  { program: 'dnf', steps: [['dnf', 'install', '-y', 'chromium']] },
  { program: 'apk', steps: [['apk', 'add', 'chromium']] },
];

/** The installers that can work here without asking for a password. */
export async function usableInstallers(): Promise<Installer[]> {
  return [playwrightInstaller(), ...(await systemInstallers())];
}

function playwrightInstaller(): Installer {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json')));
  // The headless shell has no graphics card; the full browser has one, headless too.
  const words = ['install', '--no-shell', 'chromium'];
  return {
    command: ['npx', 'playwright-core', ...words].join(' '),
    install: (signal) => runSteps([[process.execPath, cli, ...words]], signal),
  };
}

async function systemInstallers(): Promise<Installer[]> {
  if (process.platform === 'darwin' && isOnPath('brew')) {
    return [systemInstaller([['brew', 'install', '--cask', 'chromium']])];
  }
  const packages =
    process.platform === 'linux' && LINUX_PACKAGES.find(({ program }) => isOnPath(program));
  if (!packages) return [];
  if (process.getuid?.() === 0) return [systemInstaller(packages.steps)];
  const sudo: Step = ['sudo', '-n', 'true'];
  if (!isOnPath('sudo') || (await runSteps([sudo])) !== undefined) return [];
  return [systemInstaller(packages.steps.map((step): Step => ['sudo', '-n', ...step]))];
}

function systemInstaller(steps: readonly Step[]): Installer {
  return {
    command: steps.map((step) => step.join(' ')).join(' && '),
    install: (signal) => runSteps(steps, signal),
  };
}

async function runSteps(steps: readonly Step[], signal?: AbortSignal): Promise<string | undefined> {
  for (const [program, ...programArguments] of steps) {
    const { failure } = await runProgram(program, programArguments, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      silenceSeconds: SILENCE_SECONDS,
      signal,
    });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => isFile(join(folder, program)));
}
