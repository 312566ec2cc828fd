// The slow suite: the built site (dist/) in the same Chromium as the browser tests.
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './tests/chromium-launch.ts';

export default defineConfig({
  globalSetup: './tests/e2e/build-site.ts',
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  outputDir: 'test-results/e2e',
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: await chromiumLaunch(),
    // What a service worker answers passes by the routes of a test; the specs about ours allow it.
    serviceWorkers: 'block',
  },
});
