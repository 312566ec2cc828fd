import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  BrowserMissingError,
  ensureBrowser,
  findBrowser,
  launchArguments,
} from '../../src/cli/browser.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('ensureBrowser', () => {
  it.each(['/nonexistent/chrome', process.execPath, import.meta.filename])(
    'does not look further when ZOETROPE_BROWSER is %s',
    async (path) => {
      vi.stubEnv('ZOETROPE_BROWSER', path);
      const lines: string[] = [];
      const looking = ensureBrowser((line) => lines.push(line));
      await expect(looking).rejects.toThrow(BrowserMissingError);
      await expect(looking).rejects.toThrow(path);
      expect(lines).toEqual([]);
    },
  );

  it('finds a browser and says nothing about it', async () => {
    const lines: string[] = [];
    const found = await ensureBrowser((line) => lines.push(line));
    vi.stubEnv('ZOETROPE_BROWSER', found);
    expect(await findBrowser()).toBe(found);
    expect(lines).toEqual([]);
  });
});

describe('launchArguments', () => {
  it('takes SwiftShader only when it is asked for', () => {
    expect(launchArguments({ software: true })).toContain('--use-webgpu-adapter=swiftshader');
    expect(launchArguments({ software: false }).join()).not.toContain('swiftshader');
  });

  it('gives no switch twice, as Chromium heeds the last one only', () => {
    for (const software of [true, false]) {
      const names = launchArguments({ software }).map((argument) => argument.split('=')[0]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it.runIf(process.platform === 'linux')('gives up the sandbox only for root and CI', () => {
    vi.stubEnv('CI', undefined);
    const isRoot = process.getuid?.() === 0;
    expect(launchArguments({ software: false }).includes('--no-sandbox')).toBe(isRoot);
    vi.stubEnv('CI', 'true');
    expect(launchArguments({ software: false })).toContain('--no-sandbox');
  });
});
