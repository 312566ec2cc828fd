// Chooses where the graphs run: the visitor's GPU, or wasm where there is none worth using, with the reason as a fact.
// The device is our own: onnxruntime's default device turns on features that make its results wrong on some GPUs.
import type { ModelPack } from '../../models/pack.ts';
import type { DeviceChoice, GpuRefusal } from '../../src/core/device.ts';
import { reasonOf, studioError } from '../../src/core/errors.ts';

/** Where graphs can run. */
export type OpenedDevice =
  | { kind: 'webgpu'; device: GPUDevice; adapter: string }
  | { kind: 'wasm'; threadCount: number; refusal: GpuRefusal };

/** What a pack asks of a GPU. */
export type DeviceNeeds = ModelPack['needs'];

// More threads than this cost more in waiting for each other than they bring at the sizes of our graphs.
const MAX_THREAD_COUNT = 8;

/**
 * Opens a device for a model.
 * @throws StudioError webgpu-missing when WebGPU was asked for by name and cannot be had
 */
export async function openDevice(choice: DeviceChoice, needs: DeviceNeeds): Promise<OpenedDevice> {
  if (choice === 'wasm') return openWasm({ cause: 'not-asked-for', detail: '' });
  const found = await openWebgpu(needs, choice === 'webgpu');
  if ('kind' in found) return found;
  if (choice === 'webgpu') throw studioError('webgpu-missing', found);
  return openWasm(found);
}

/** The processor, with as many threads as the page's isolation allows. */
export function openWasm(refusal: GpuRefusal): OpenedDevice {
  const threadCount = crossOriginIsolated
    ? Math.min(navigator.hardwareConcurrency, MAX_THREAD_COUNT)
    : 1;
  return { kind: 'wasm', threadCount, refusal };
}

/** Opens a GPU, or says why there is none that is faster than wasm. */
async function openWebgpu(
  needs: DeviceNeeds,
  acceptSoftware: boolean,
): Promise<OpenedDevice | GpuRefusal> {
  // Absent outside secure contexts and in browsers without WebGPU, whatever the types say.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) return { cause: 'no-webgpu', detail: '' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return { cause: 'no-adapter', detail: '' };
    const label = labelOf(adapter.info);
    if (isSoftware(adapter.info) && !acceptSoftware) {
      return { cause: 'software-adapter', detail: label };
    }
    const missing = needs.features.filter((feature) => !adapter.features.has(feature));
    if (missing.length > 0) return { cause: 'missing-features', detail: missing.join(', ') };
    if (adapter.limits.maxBufferSize < needs.bufferByteLength) {
      return { cause: 'small-buffers', detail: String(adapter.limits.maxBufferSize) };
    }
    const device = await adapter.requestDevice({
      requiredFeatures: featuresOf(adapter, needs),
      requiredLimits: limitsOf(adapter),
    });
    return { kind: 'webgpu', device, adapter: label };
  } catch (thrown) {
    return { cause: 'no-device', detail: reasonOf(thrown) };
  }
}

function featuresOf(adapter: GPUAdapter, needs: DeviceNeeds): GPUFeatureName[] {
  const features: GPUFeatureName[] = [...needs.features];
  // onnxruntime's flash attention computes 8 keys a step whatever the subgroup size, so with fewer lanes it is wrong:
  // measured relative error 0.6 at 4 lanes, https://github.com/microsoft/onnxruntime/issues/26715 is a relative.
  if (adapter.features.has('subgroups') && (adapter.info.subgroupMinSize ?? 0) >= 8) {
    features.push('subgroups');
  }
  return features;
}

function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
    maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  };
}

function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}

function labelOf(info: GPUAdapterInfo): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
}
