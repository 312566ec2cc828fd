import type { KnipConfig } from 'knip';

export default {
  entry: ['workers/*.worker.ts'],
  project: ['src/**/*.{ts,svelte}', 'workers/**/*.ts', 'models/*.ts', 'tests/**/*.ts'],
  // Read as files, by tests/e2e/looks.spec.ts.
  ignoreDependencies: ['@fontsource-variable/*'],
  // A named type that only its own file uses still names a shape for the reader.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Everything knip looks for by default, and cycles, which it does not.
  include: [
    'files',
    'dependencies',
    'unlisted',
    'binaries',
    'unresolved',
    'exports',
    'types',
    'enumMembers',
    'namespaceMembers',
    'duplicates',
    'cycles',
  ],
  rules: { cycles: 'error' },
} satisfies KnipConfig;
