/** Sizes of onnxruntime-web's wasm files, set by vite.config.ts; they are not known to the browser before the download. */
declare const __ENGINE_BYTE_LENGTH__: { readonly jspi: number; readonly asyncify: number };

// Of the service worker alone, set by service-worker.config.ts.

/** Files of the site that are kept from the first visit on, relative to its folder. */
declare const __SITE_FILES__: { url: string; revision: string | null }[];
/** Files of the site that are kept when they are first used. */
declare const __ENGINE_PATHS__: readonly string[];
/** What public/_headers says for the page. */
declare const __SITE_HEADERS__: readonly (readonly [name: string, value: string])[];

/** What is used here of gifenc, which brings no types. */
declare module 'gifenc' {
  type Palette = number[][];
  interface FrameOptions {
    /** Writes the head of the file and the palette of all frames. */
    first: boolean;
    palette: Palette;
    /** In milliseconds. */
    delay: number;
  }
  interface Encoder {
    writeHeader(): void;
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    /** A copy of what has been written since `reset`. */
    bytes(): Uint8Array<ArrayBuffer>;
    reset(): void;
  }
  export function GIFEncoder(options: { auto: boolean }): Encoder;
  export function quantize(
    rgba: Uint8ClampedArray,
    maxColorCount: number,
    options: { useSqrt: boolean },
  ): Palette;
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
}
