// Which Chromium the suites drive, and with which switches: SwiftShader's WebGPU adapter, so that
// a machine without a GPU runs the same code as one with it.
import { ensureBrowser, launchArguments } from '../src/cli/browser.ts';

/** Launch options for Playwright; installs a browser where there is none. */
export async function chromiumLaunch() {
  return {
    executablePath: await ensureBrowser(console.error),
    chromiumSandbox: true,
    args: launchArguments({ software: true }),
  };
}
