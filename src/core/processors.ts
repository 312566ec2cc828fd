// What the browser says of its processors, against what a model needs: asked before anything is opened or fetched.
import type { GpuRefusal } from './device.ts';
import { reasonOf } from './errors.ts';

// More threads than this cost more in waiting for each other than they bring at the sizes of our graphs.
const MAX_THREAD_COUNT = 8;

/** What a model asks of a GPU. */
export interface GpuNeeds {
  features: readonly GPUFeatureName[];
  bufferByteLength: number;
}

/** How many threads graphs can have on the processor: one where the page is not isolated. */
export function wasmThreadCount(): number {
  return crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, MAX_THREAD_COUNT) : 1;
}

/** The fastest GPU that the browser gives, or why it gives none. */
export async function findAdapter(): Promise<GPUAdapter | GpuRefusal> {
  // Absent outside secure contexts and in browsers without WebGPU, whatever the types say.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) return { cause: 'no-webgpu', detail: '' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ?? { cause: 'no-adapter', detail: '' };
  } catch (thrown) {
    return { cause: 'no-device', detail: reasonOf(thrown) };
  }
}

/** Why a GPU would not be faster than the processor, or could not run the model; undefined where nothing speaks against it. */
export function gpuRefusalOf(
  { info, features, limits }: GPUAdapter,
  needs: GpuNeeds,
  acceptSoftware = false,
): GpuRefusal | undefined {
  if (isSoftware(info) && !acceptSoftware) {
    return { cause: 'software-adapter', detail: adapterLabel(info) };
  }
  const missing = needs.features.filter((feature) => !features.has(feature));
  if (missing.length > 0) return { cause: 'missing-features', detail: missing.join(', ') };
  if (limits.maxBufferSize < needs.bufferByteLength) {
    return { cause: 'small-buffers', detail: String(limits.maxBufferSize) };
  }
  return undefined;
}

/** What a GPU is called; browsers tell as much of it as they like. */
export function adapterLabel(info: GPUAdapterInfo): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
}

function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}
