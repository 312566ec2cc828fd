// What a visitor downloads before anything is drawn: index.html and the scripts and styles it loads.
// Workers, the engine's wasm and the pack come later and are not part of the shell.
import { readFileSync } from 'node:fs';

const page = readFileSync('dist/index.html', 'utf8');
const loaded = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
  ([, path = '']) => `dist/${path}`,
);

export default [
  { name: 'app shell', path: ['dist/index.html', ...loaded], gzip: true, limit: '60 kB' },
];
