// The outputs of onnxruntime (Python) that graphs are compared with, and the inputs that they were made from.
// Inputs follow formulas, so only outputs are stored; see models/reference/make_fixtures.py.
import type { GraphSpec, ModelPack, TensorPort } from '../../models/pack.ts';
import { elementCount } from '../../workers/generate/device-tensor.ts';
import type { DeviceTensor, TensorData } from '../../workers/generate/device-tensor.ts';
import type { GraphRuntime } from '../../workers/generate/graphs.ts';

export interface GraphFixture {
  file: string;
  stored: 'output' | 'output minus z' | 'pictures 0 and 3';
  bin: string;
}

interface GraphFixtures {
  ids: number[];
  graphs: GraphFixture[];
}

const FOLDER = '/tests/fixtures/reference';

export async function fetchFixtures(packName: string): Promise<GraphFixtures> {
  const response = await fetch(`${FOLDER}/${packName}/graphs.json`);
  return (await response.json()) as GraphFixtures;
}

/** Stored half-precision numbers. */
export async function fetchHalfs(packName: string, bin: string): Promise<Float32Array> {
  const response = await fetch(`${FOLDER}/${packName}/${bin}`);
  return Float32Array.from(new Uint16Array(await response.arrayBuffer()), halfToNumber);
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The graph of a pack that a file holds. */
export function graphByFile(pack: ModelPack, file: string): GraphSpec {
  const graphs: (GraphSpec | undefined)[] = [pack.encodeText];
  for (const size of pack.sizes) {
    graphs.push(size.denoise, size.denoiseGuided, size.decode, size.encodeFrames);
  }
  const graph = graphs.find((g) => g?.file === file);
  if (!graph) throw new Error(`the pack has no graph ${file}`);
  return graph;
}

/** One input as its formula makes it. */
function formulaInput({ name, shape }: TensorPort, ids: readonly number[]): TensorData {
  const count = elementCount(shape);
  const wave = (i: number) => Math.sin(i * 0.37 + 0.11 * name.length);
  const filled = (value: (i: number) => number) =>
    Float32Array.from({ length: count }, (_, i) => value(i));
  switch (name) {
    case 'ids':
      return BigInt64Array.from({ length: count }, (_, i) => BigInt(ids[i] ?? 0));
    case 'mask':
      return filled((i) => (i < ids.length ? 1 : 0));
    case 'z':
    case 'text':
      return filled(wave);
    case 'rgb':
      return filled((i) => 0.5 + 0.5 * wave(i));
    case 't':
      return filled((i) => (i === 0 ? 0 : 0.7));
    case 'dt':
      return filled((i) => (i === 0 ? 0 : -0.05));
    case 'first':
      return filled(() => 1);
    case 'guidance':
      return filled(() => 4);
    default:
      throw new Error(`no formula for ${name}`);
  }
}

/** Tensors with formula inputs, or zeros, for the ports of a graph. */
export function createTensors(
  runtime: GraphRuntime,
  ports: GraphSpec['inputs'],
  ids?: readonly number[],
): Record<string, DeviceTensor> {
  const entries = Object.entries(ports).map(([role, port]) => {
    const tensor = runtime.createTensor(port);
    if (ids) tensor.write(formulaInput(port, ids));
    return [role, tensor] as const;
  });
  return Object.fromEntries(entries);
}

/** Largest difference as a share of the largest value expected. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} numbers, not ${expected.length}`);
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    // A NaN must not hide behind a comparison that is false.
    const d = Math.abs(actual[i]! - expected[i]!);
    difference = Number.isNaN(d) ? Infinity : Math.max(difference, d);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}
