// Which Chromium the suites drive, and with which switches: SwiftShader's WebGPU adapter, so that
// a machine without a GPU runs the same code as one with it.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const INSTALLED_PATHS = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Launch options for Playwright; `ZOETROPE_BROWSER` names another executable. */
export function chromiumLaunch(): { executablePath: string; args: string[] } {
  return {
    executablePath:
      process.env.ZOETROPE_BROWSER ??
      INSTALLED_PATHS.find((path) => existsSync(path)) ??
      chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
    ],
  };
}
