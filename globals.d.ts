/** Sizes of onnxruntime-web's wasm files, set by vite.config.ts; they are not known to the browser before the download. */
declare const __ENGINE_BYTE_LENGTH__: { readonly jspi: number; readonly asyncify: number };

// Of the service worker alone, set by service-worker.config.ts.

/** Files of the site that are kept from the first visit on, relative to its folder. */
declare const __SITE_FILES__: { url: string; revision: string | null }[];
/** Files of the site that are kept when they are first used. */
declare const __ENGINE_PATHS__: readonly string[];
/** What public/_headers says for the page. */
declare const __SITE_HEADERS__: readonly (readonly [name: string, value: string])[];
