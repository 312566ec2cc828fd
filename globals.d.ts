/** Sizes of onnxruntime-web's wasm files, set by vite.config.ts; they are not known to the browser before the download. */
declare const __ENGINE_BYTE_LENGTH__: { readonly jspi: number; readonly asyncify: number };
