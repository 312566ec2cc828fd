// What a browser can do of what making clips takes: the facts that were found, and what they mean.
import type { GpuRefusal } from './device.ts';
import type { GpuNeeds } from './processors.ts';
import type { StorageRefusal } from './storage-refusal.ts';

/** `slow` works, but costs the person something; `missing` is not there. */
export type Verdict = 'pass' | 'slow' | 'missing';

/** In the order in which they are told. */
export const CAPABILITIES = ['gpu', 'f16', 'codec', 'storage', 'isolation'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What the browser says of a GPU. */
export interface GpuFacts {
  label: string;
  hasF16: boolean;
  maxBufferByteLength: number;
  maxBindingByteLength: number;
}

/** What was found, without a sentence. */
export interface CapabilityFacts {
  /** Undefined where there is none. */
  gpu: GpuFacts | undefined;
  /** Why clips are not made on it, so that the processor makes them; undefined where nothing speaks against it. */
  refusal: GpuRefusal | undefined;
  /** What the model asks of a GPU; undefined where no model could be read. */
  needs: GpuNeeds | undefined;
  /** The first codec that the browser says it can write; undefined where it can write none. */
  codec: string | undefined;
  storage: {
    /** Why nothing can be kept; undefined where it can. */
    refusal: StorageRefusal | undefined;
    /** Whether the browser has promised not to clear it by itself. */
    isPersisted: boolean;
    /** What the site keeps now, as the browser counts it; undefined where it does not tell. */
    usageByteLength: number | undefined;
  };
  isIsolated: boolean;
  /** What the processor would work with. */
  threadCount: number;
}

/** What facts mean, one by one and for the whole. */
export interface Judgement {
  overall: Verdict;
  each: Record<Capability, Verdict>;
}

/** Judges what was found. Only a browser that cannot write a video can make no clip at all. */
export function judge(facts: CapabilityFacts): Judgement {
  const { gpu, refusal, codec, storage, isIsolated, threadCount } = facts;
  const each: Judgement['each'] = {
    gpu: refusal ? (gpu ? 'slow' : 'missing') : 'pass',
    f16: gpu ? (gpu.hasF16 ? 'pass' : 'slow') : 'missing',
    codec: codec === undefined ? 'missing' : 'pass',
    storage: storage.refusal ? 'slow' : 'pass',
    isolation: isIsolated && threadCount > 1 ? 'pass' : 'slow',
  };
  const overall = each.codec === 'missing' ? 'missing' : each.gpu === 'pass' ? 'pass' : 'slow';
  return { overall, each };
}
