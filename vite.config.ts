// How src/ and workers/ become dist/. onnxruntime-web needs most of what is unusual here:
// bundling its glue into our worker makes a threaded production build hang, so it stays external.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';
import { serviceWorkerPlugin } from './service-worker.config.ts';

/** Headers that make the page cross-origin isolated, which wasm threads need. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function engineByteLength(variant: 'jspi' | 'asyncify'): number {
  const url = import.meta.resolve(`onnxruntime-web/ort-wasm-simd-threaded.${variant}.wasm`);
  return statSync(fileURLToPath(url)).size;
}

export default defineConfig({
  // Relative, so that the built site works from any folder of any server.
  base: './',
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), serviceWorkerPlugin()],
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  define: {
    __ENGINE_BYTE_LENGTH__: JSON.stringify({
      jspi: engineByteLength('jspi'),
      asyncify: engineByteLength('asyncify'),
    }),
  },
  optimizeDeps: {
    // Found up front: a dependency met first inside a worker would reload the page.
    entries: ['index.html', 'workers/*.worker.ts'],
    exclude: ['onnxruntime-web'],
  },
  worker: { format: 'es' },
  build: { target: 'esnext', assetsInlineLimit: 0 },
  server: { headers: isolationHeaders },
});
