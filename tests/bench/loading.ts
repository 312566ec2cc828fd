// What is held in memory while a graph's weights go to the device: our Blob of shards, tensor by tensor as onnxruntime
// reads it, against the same file as one buffer.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ModelPack } from '../../models/pack.ts';
import { openPackFiles } from '../../src/library/pack-files.ts';
import { FallbackStore } from '../../src/library/fallback-store.ts';
import type { ShardStore } from '../../src/library/store.ts';

const TENSOR_BYTE_LENGTH = 512 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export interface LoadingPeaks {
  fileByteLength: number;
  shardedByteLength: number;
  wholeByteLength: number;
}

/** Peaks of array buffers above what was held before. */
export async function measureLoading(
  packFolder: string,
  pack: ModelPack,
  fileName: string,
): Promise<LoadingPeaks> {
  const files = openPackFiles(
    { pack, url: 'file:///' },
    { store: new FallbackStore(diskStore(packFolder)), fetch },
  );
  const blob = files.blob(fileName);
  const shardedByteLength = await peakOf(async (sample) => {
    for (let start = 0; start < blob.size; start += TENSOR_BYTE_LENGTH) {
      const reader = blob
        .slice(start, start + TENSOR_BYTE_LENGTH)
        .stream()
        .getReader();
      while (!(await reader.read()).done) sample();
    }
  });
  const wholeByteLength = await peakOf(async (sample) => {
    const whole = await files.bytes(fileName);
    for (let start = 0; start < whole.length; start += TENSOR_BYTE_LENGTH) {
      whole.subarray(start, start + TENSOR_BYTE_LENGTH);
      sample();
    }
  });
  return { fileByteLength: blob.size, shardedByteLength, wholeByteLength };
}

async function peakOf(run: (sample: () => void) => Promise<void>): Promise<number> {
  const held = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  let peak = before;
  await run(() => (peak = Math.max(peak, held())));
  return peak - before;
}

/** Shards where the pack's builder put them, in place of IndexedDB. */
function diskStore(folder: string): ShardStore {
  return {
    shards: () => Promise.resolve([]),
    get: async ({ sha256 }) => {
      const bytes = await readFile(join(folder, `${sha256}.bin`));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
    put: () => Promise.resolve(),
    deleteMany: () => Promise.resolve(),
  };
}
