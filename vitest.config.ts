// The two fast suites: `unit` runs in Node, `browser` in a headless Chromium with WebGPU.
// The browser project is isolated like the site, so that wasm threads behave as in production.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { probe } from './tests/browser/probe-command.ts';
import { chromiumLaunch } from './tests/chromium-launch.ts';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            globalSetup: 'tests/tiny-pack.ts',
            include: ['tests/browser/**/*.test.ts'],
            testTimeout: 120_000,
            hookTimeout: 120_000,
            fileParallelism: false,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              commands: { probe },
              provider: playwright({ launchOptions: await chromiumLaunch() }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
