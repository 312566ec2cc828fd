// Chooses where the graphs run: the visitor's GPU, or wasm where there is none worth using, with the reason as a fact.
// The device is our own: onnxruntime's default device turns on features that make its results wrong on some GPUs.
import type { DeviceChoice, GpuRefusal } from '../../src/core/device.ts';
import { reasonOf, studioError } from '../../src/core/errors.ts';
import {
  adapterLabel,
  findAdapter,
  gpuRefusalOf,
  wasmThreadCount,
} from '../../src/core/processors.ts';
import type { GpuNeeds } from '../../src/core/processors.ts';

/** Where graphs can run. */
export type OpenedDevice =
  | { kind: 'webgpu'; device: GPUDevice; adapter: string }
  | { kind: 'wasm'; threadCount: number; refusal: GpuRefusal };

/**
 * Opens a device for a model.
 * @throws StudioError webgpu-missing when WebGPU was asked for by name and cannot be had
 */
export async function openDevice(choice: DeviceChoice, needs: GpuNeeds): Promise<OpenedDevice> {
  if (choice === 'wasm') return openWasm({ cause: 'not-asked-for', detail: '' });
  const found = await openWebgpu(needs, choice === 'webgpu');
  if ('kind' in found) return found;
  if (choice === 'webgpu') throw studioError('webgpu-missing', found);
  return openWasm(found);
}

/** The processor, with as many threads as the page's isolation allows. */
export function openWasm(refusal: GpuRefusal): OpenedDevice {
  return { kind: 'wasm', threadCount: wasmThreadCount(), refusal };
}

/** Opens a GPU, or says why there is none that is faster than wasm. */
async function openWebgpu(
  needs: GpuNeeds,
  acceptSoftware: boolean,
): Promise<OpenedDevice | GpuRefusal> {
  const adapter = await findAdapter();
  if ('cause' in adapter) return adapter;
  const refusal = gpuRefusalOf(adapter, needs, acceptSoftware);
  if (refusal) return refusal;
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: featuresOf(adapter, needs),
      requiredLimits: limitsOf(adapter),
    });
    return { kind: 'webgpu', device, adapter: adapterLabel(adapter.info) };
  } catch (thrown) {
    return { cause: 'no-device', detail: reasonOf(thrown) };
  }
}

function featuresOf(adapter: GPUAdapter, needs: GpuNeeds): GPUFeatureName[] {
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
