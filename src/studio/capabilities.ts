// Asks the browser what it can do of what making clips takes, without a download.
// No GPU device is opened and nothing is encoded: what a browser claims is proved when the first clip is made.
import type { CapabilityFacts } from '../core/capability.ts';
import type { FilmFormat } from '../core/clip.ts';
import { codecCandidates } from '../core/codec-candidates.ts';
import { adapterLabel, findAdapter, gpuRefusalOf, wasmThreadCount } from '../core/processors.ts';
import type { GpuNeeds } from '../core/processors.ts';
import type { StorageRefusal } from '../core/storage-refusal.ts';
import { refusalOf } from '../library/fallback-store.ts';
import { indexedDbRecord } from '../library/store.ts';

/**
 * What this browser can do; what it refuses to tell counts as not there.
 * @param needs what the model asks of a GPU, where it is known
 */
export async function probeCapabilities(
  needs: GpuNeeds | undefined,
  format: FilmFormat,
): Promise<CapabilityFacts> {
  const [gpu, codec, storage] = await Promise.all([
    probeGpu(needs),
    probeCodec(format),
    probeStorage(),
  ]);
  const isIsolated = crossOriginIsolated;
  return { ...gpu, needs, codec, storage, isIsolated, threadCount: wasmThreadCount() };
}

async function probeGpu(
  needs: GpuNeeds = { features: [], bufferByteLength: 0 },
): Promise<Pick<CapabilityFacts, 'gpu' | 'refusal'>> {
  const adapter = await findAdapter();
  if ('cause' in adapter) return { gpu: undefined, refusal: adapter };
  const { info, features, limits } = adapter;
  const gpu = {
    label: adapterLabel(info),
    hasF16: features.has('shader-f16'),
    maxBufferByteLength: limits.maxBufferSize,
    maxBindingByteLength: limits.maxStorageBufferBindingSize,
  };
  return { gpu, refusal: gpuRefusalOf(adapter, needs) };
}

async function probeCodec(format: FilmFormat): Promise<string | undefined> {
  if (!('VideoEncoder' in globalThis)) return undefined;
  for (const config of codecCandidates(format)) {
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({
      supported: false,
    }));
    if (supported) return config.codec;
  }
  return undefined;
}

async function probeStorage(): Promise<CapabilityFacts['storage']> {
  // Absent outside secure contexts. Its quota is left alone: Chromium makes the number up.
  const storage = navigator.storage as StorageManager | undefined;
  const [refusal, isPersisted, usage] = await Promise.all([
    storageRefusal(),
    storage?.persisted().catch(() => false),
    storage?.estimate().catch(() => undefined),
  ]);
  return { refusal, isPersisted: isPersisted ?? false, usageByteLength: usage?.usage };
}

async function storageRefusal(): Promise<StorageRefusal | undefined> {
  const record = indexedDbRecord<boolean>('zoetrope-check');
  try {
    await record.set(true);
    await record.delete();
    return undefined;
  } catch (thrown) {
    return refusalOf(thrown) ?? 'denied';
  }
}
