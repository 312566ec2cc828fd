// Style the compiler cannot see, and the walls between the rooms: which folder may import which,
// and the one file that may import each runtime library. Type imports count too.
import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const SHARED_ROOMS = ['core', 'models', 'library'];

/** First match wins, so an exception stands before the folder that holds it. */
const rooms = [
  { name: 'core', files: 'src/core/**', imports: [] },
  {
    name: 'pack-builder',
    files: 'models/build-pack.ts',
    imports: ['core', 'models'],
    npm: ['valibot'],
    node: true,
  },
  { name: 'models', files: 'models/*.ts', imports: ['core'], npm: ['valibot'] },
  { name: 'library', files: 'src/library/**', imports: ['core', 'models'] },
  { name: 'boundary', files: 'src/boundary/**', imports: ['core'] },
  {
    name: 'worker',
    files: 'workers/*.worker.ts',
    imports: [...SHARED_ROOMS, 'boundary', 'generate', 'export', 'upscale', 'service'],
  },
  { name: 'generate', files: 'workers/generate/**', imports: SHARED_ROOMS },
  { name: 'export', files: 'workers/export/**', imports: SHARED_ROOMS },
  { name: 'upscale', files: 'workers/upscale/**', imports: ['core'] },
  {
    name: 'service',
    files: 'workers/service/**',
    imports: ['core'],
    npm: ['workbox-*'],
  },
  {
    name: 'automation',
    files: 'src/studio/automation.ts',
    imports: ['core', 'models', 'studio'],
  },
  { name: 'studio', files: 'src/studio/**', imports: [...SHARED_ROOMS, 'boundary'] },
  { name: 'messages', files: 'src/ui/messages{.ts,/**}', imports: ['core'] },
  {
    name: 'ui',
    files: 'src/ui/**',
    imports: ['core', 'models', 'studio', 'messages'],
    npm: ['svelte'],
  },
  {
    name: 'main',
    files: 'src/main.ts',
    imports: ['core', 'studio', 'automation', 'ui', 'messages'],
    npm: ['svelte'],
  },
  {
    name: 'cli',
    files: 'src/cli/**',
    imports: ['core', 'models', 'pack-builder', 'automation', 'messages'],
    npm: ['playwright-core', 'sirv', 'cli-progress', 'vite'],
    node: true,
  },
];

/** The only importer of each runtime library. */
const importers = {
  'src/library/store.ts': ['idb-keyval'],
  'src/boundary/thread.ts': ['comlink'],
  'workers/generate/graphs.ts': ['onnxruntime-web'],
  'src/library/engine.ts': ['onnxruntime-web'],
  'workers/generate/tokenize.ts': ['@huggingface/tokenizers'],
  'workers/export/mux.ts': ['mp4-muxer'],
  'workers/export/read-pictures.ts': ['mediabunny'],
  'workers/export/gif.ts': ['gifenc'],
  'workers/export/png-frames.ts': ['fflate'],
  'workers/upscale/tf.ts': ['@tensorflow/*'],
};

const inRoom = (name) => ({ file: { categories: name } });
const npm = (packages) => ({ to: { module: { origin: 'external', source: packages } } });
const NODE_BUILTINS = { to: { module: { origin: 'core' } } };

const walls = [
  ...rooms.map((room) => ({
    from: inRoom(room.name),
    allow: [
      { to: inRoom([room.name, ...room.imports]) },
      ...(room.npm ? [npm(room.npm)] : []),
      ...(room.node ? [NODE_BUILTINS] : []),
    ],
  })),
  ...Object.entries(importers).map(([path, packages]) => ({
    from: { file: { path } },
    allow: npm(packages),
  })),
];

export default defineConfig(
  globalIgnores(['dist/', 'test-results/', 'playwright-report/', 'public/', 'tests/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      // The compiler knows every name, in each of the three environments.
      'no-undef': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Taking one field out of an object leaves a name behind.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // `samples[index]!` inside a bounded loop says what is known; `?? 0` would hide a wrong bound.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['src/**', 'workers/**'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  // One file holds every sentence of a language, however many there are.
  { files: ['src/ui/messages/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/**'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },
  {
    files: ['src/**', 'workers/**', 'models/**'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': import.meta.dirname,
      'boundaries/files': rooms.map(({ name, files }) => ({ category: name, pattern: files })),
      'boundaries/files-single-match': true,
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
      'import/resolver': { node: { extensions: ['.ts', '.svelte'] } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          checkUnknownLocals: true,
          checkInternals: true,
          message: 'This folder may not import that; see the rooms in eslint.config.js.',
          policies: walls,
        },
      ],
    },
  },
  {
    files: ['*.config.*', '.size-limit.ts', 'tests/e2e/build-site.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
