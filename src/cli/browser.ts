// Which Chrome, Chromium or Edge runs the page, and with which switches.
// A browser counts only after it has told its version: on bare Linux a complete download may still lack libraries.
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

import { usableInstallers } from './browser-install.ts';
import { isFile, runProgram } from './run-program.ts';
import * as text from './text.ts';

const VERSION_SILENCE_SECONDS = 20;

/** There is no browser to run the page; the message says what to do. */
export class BrowserMissingError extends Error {
  override readonly name = 'BrowserMissingError';
}

/**
 * The path of a browser that is here: ZOETROPE_BROWSER, an installed one, or Playwright's own.
 * @throws BrowserMissingError when ZOETROPE_BROWSER is set to something else
 */
export async function findBrowser(): Promise<string | undefined> {
  const setting = process.env.ZOETROPE_BROWSER;
  if (setting !== undefined && setting !== '') {
    const problem = await problemOf(setting);
    if (problem === undefined) return setting;
    throw new BrowserMissingError(text.browserSettingWrong(setting, problem));
  }
  for (const path of [...installedPaths(), chromium.executablePath()]) {
    if (isFile(path) && (await problemOf(path)) === undefined) return path;
  }
  return undefined;
}

/**
 * The path of a browser, which is installed if none is here.
 * @param log gets a line before anything is installed
 * @throws BrowserMissingError; StudioError cancelled
 */
export async function ensureBrowser(
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const found = await findBrowser();
  if (found !== undefined) return found;
  const tried: string[] = [];
  for (const installer of await usableInstallers()) {
    log(text.installing(installer.command));
    const failure = await installer.install(signal);
    const installed = await findBrowser();
    if (installed !== undefined) return installed;
    const reason = failure ?? text.INSTALLED_BUT_BROKEN;
    log(text.installFailed(reason));
    tried.push(text.attempt(installer.command, reason));
  }
  throw new BrowserMissingError(text.noBrowser(tried));
}

/**
 * Chromium's switches for a headless page with WebGPU that keeps to itself; names other than this machine's do not resolve.
 * Launch with `chromiumSandbox: true`, or Playwright switches the sandbox off everywhere.
 * @param software SwiftShader's WebGPU even where there is a graphics card; without it SwiftShader is the fallback
 */
export function launchArguments({ software }: { software: boolean }): string[] {
  const linux = process.platform === 'linux';
  const adapter = software ? ['--use-webgpu-adapter=swiftshader'] : [];
  // The second feature is Playwright's own, which a second switch of this name would take away.
  const features = ['Vulkan', 'SkipListAccountsWithoutGaiaCookies'];
  return [
    ...(needsNoSandbox() ? [NO_SANDBOX] : []),
    ...(linux ? ['--enable-unsafe-webgpu', `--enable-features=${features.join(',')}`] : []),
    ...(software && !linux ? ['--enable-unsafe-webgpu'] : []),
    ...adapter,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    '--disable-background-networking',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--no-pings',
  ];
}

export const NO_SANDBOX = '--no-sandbox';

function needsNoSandbox(): boolean {
  const isRoot = process.getuid?.() === 0;
  return process.platform === 'linux' && (isRoot || process.env.CI !== undefined);
}

function installedPaths(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
          join(folder, `${name}.app/Contents/MacOS/${name}`),
        ),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Chromium/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ]);
    default:
      return linuxPaths();
  }
}

function linuxPaths(): string[] {
  const names = [
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = new Set([...path, '/usr/bin', '/usr/local/bin']);
  const paths = names.flatMap((name) => [...folders].map((folder) => join(folder, name)));
  // Snaps see a /tmp of their own, where Playwright's profile is not; better any other browser first.
  const isSnap = (candidate: string) => candidate.startsWith('/snap/');
  return [
    ...paths.filter((candidate) => !isSnap(candidate)),
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    ...paths.filter(isSnap),
  ];
}

/** Why a path is not a browser that starts; undefined when it is one. */
async function problemOf(path: string): Promise<string | undefined> {
  if (!isFile(path)) return text.NO_SUCH_FILE;
  // On Windows --version opens a window instead of answering.
  if (process.platform === 'win32') return undefined;
  const { failure, output } = await runProgram(path, ['--version'], {
    silenceSeconds: VERSION_SILENCE_SECONDS,
  });
  if (failure !== undefined) return text.doesNotStart(failure);
  return /\d+\.\d+\.\d+\.\d+/.test(output) ? undefined : text.NOT_A_BROWSER;
}
