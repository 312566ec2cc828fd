// Runs one small attention on the GPU and compares it with arithmetic: on some GPUs onnxruntime's attention is silently
// wrong (https://github.com/microsoft/onnxruntime/issues/28520), and a clip of noise must not be the first sign of it.
import type { TensorPort } from '../../models/pack.ts';
import { studioError } from '../../src/core/errors.ts';
import { gaussianNoise } from '../../src/core/random.ts';
import type { GraphRuntime } from './graphs.ts';

const TOKEN_COUNT = 64;
const HEAD_COUNT = 2;
const HEAD_WIDTH = 16;
const WIDTH = HEAD_COUNT * HEAD_WIDTH;

// Right GPUs stay below 1e-5, the wrong ones that were seen are above 0.5; half precision would be near 1e-3.
const MAX_RELATIVE_ERROR = 0.01;

const FILE = 'attention-canary.onnx';
const port = (name: string): TensorPort => ({
  name,
  dtype: 'float32',
  shape: [1, TOKEN_COUNT, WIDTH],
});

const SPEC = {
  file: FILE,
  weights: [],
  inputs: { query: port('query'), key: port('key'), value: port('value') },
  outputs: { attended: port('attended') },
};

/**
 * Makes sure that attention is right on this device.
 * @throws StudioError webgpu-wrong with the relative error
 */
export async function checkAttention(runtime: GraphRuntime): Promise<void> {
  const response = await fetch(new URL('./attention-canary.onnx', import.meta.url));
  const model = new Uint8Array(await response.arrayBuffer());
  const graph = await runtime.openGraph(
    SPEC,
    { bytes: () => Promise.resolve(model), blob: () => new Blob(), readFailure: () => undefined },
    { isReplayed: false },
  );
  const inputs = {
    query: runtime.createTensor(SPEC.inputs.query),
    key: runtime.createTensor(SPEC.inputs.key),
    value: runtime.createTensor(SPEC.inputs.value),
  };
  const attended = runtime.createTensor(SPEC.outputs.attended);
  const data = {
    query: gaussianNoise(0, 0, TOKEN_COUNT * WIDTH),
    key: gaussianNoise(0, 1, TOKEN_COUNT * WIDTH),
    value: gaussianNoise(0, 2, TOKEN_COUNT * WIDTH),
  };
  inputs.query.write(data.query);
  inputs.key.write(data.key);
  inputs.value.write(data.value);
  await graph.run(inputs, { attended });
  const relativeError = largestRelativeError(await attended.read(), attention(data));
  for (const tensor of [...Object.values(inputs), attended]) tensor.dispose();
  await graph.release();
  if (!(relativeError <= MAX_RELATIVE_ERROR)) throw studioError('webgpu-wrong', { relativeError });
}

/** Scaled dot-product attention, head by head. */
function attention({
  query,
  key,
  value,
}: Record<'query' | 'key' | 'value', Float32Array>): Float32Array {
  const attended = new Float32Array(TOKEN_COUNT * WIDTH);
  for (let head = 0; head < HEAD_COUNT; head++) {
    const at = (token: number, channel: number) => token * WIDTH + head * HEAD_WIDTH + channel;
    for (let token = 0; token < TOKEN_COUNT; token++) {
      const weights = Array.from({ length: TOKEN_COUNT }, (_, other) => {
        let dot = 0;
        for (let c = 0; c < HEAD_WIDTH; c++) dot += query[at(token, c)]! * key[at(other, c)]!;
        return Math.exp(dot / Math.sqrt(HEAD_WIDTH));
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let c = 0; c < HEAD_WIDTH; c++) {
        attended[at(token, c)] =
          weights.reduce((sum, weight, other) => sum + weight * value[at(other, c)]!, 0) / total;
      }
    }
  }
  return attended;
}

function largestRelativeError(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  return actual.reduce((max, x, i) => Math.max(max, Math.abs(x - expected[i]!)), 0) / largest;
}
