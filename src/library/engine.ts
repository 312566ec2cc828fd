// The engine that runs a pack's graphs: which of its builds this browser needs, and whether it is here.
// The service worker keeps it when it is fetched; all packs share it.
import asyncifyWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { reasonOf, studioError } from '../core/errors.ts';
import { throwIfCancelled } from '../core/cancel.ts';

/** Suspending WebAssembly (JSPI) makes the smaller and faster build possible; browsers without it get the larger one. */
export const hasJspi = 'Suspending' in WebAssembly;

export const engineWasmUrl = hasJspi ? jspiWasmUrl : asyncifyWasmUrl;

/** Whether the engine is kept, so that opening it fetches nothing. */
export async function isEngineHere(): Promise<boolean> {
  // There are none on a page that did not come over https.
  const kept = (globalThis as { caches?: CacheStorage }).caches;
  return (await kept?.match(engineWasmUrl).catch(() => undefined)) !== undefined;
}

/** How many bytes of the engine may have to come from the network: the browser's own cache does not tell. */
export async function missingEngineByteLength(): Promise<number> {
  return (await isEngineHere()) ? 0 : __ENGINE_BYTE_LENGTH__[hasJspi ? 'jspi' : 'asyncify'];
}

/**
 * Brings the engine, so that it is here before it is needed.
 * @param onBytes hears how many bytes have come
 * @throws StudioError engine-unreachable, cancelled
 */
export async function obtainEngine(
  signal: AbortSignal,
  onBytes: (byteLength: number) => void,
): Promise<void> {
  try {
    const response = await fetch(engineWasmUrl, { signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    let byteLength = 0;
    await response.body.pipeTo(
      new WritableStream({ write: (chunk) => onBytes((byteLength += chunk.byteLength)) }),
    );
  } catch (thrown) {
    throwIfCancelled(signal);
    throw studioError('engine-unreachable', { reason: reasonOf(thrown) }, { cause: thrown });
  }
}
