import { beforeAll, describe, expect, it } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import type { DeviceKind } from '../../src/core/device.ts';
import { obtain } from '../../src/library/obtain.ts';
import type { PackFiles } from '../../src/library/pack-files.ts';
import { checkAttention } from '../../workers/generate/attention-canary.ts';
import { openRuntime } from '../../workers/generate/graphs.ts';
import type { GraphRuntime } from '../../workers/generate/graphs.ts';
import { openDevice } from '../../workers/generate/open-device.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';
import {
  createTensors,
  fetchFixtures,
  fetchHalfs,
  graphByFile,
  relativeError,
} from './reference.ts';
import type { GraphFixture } from './reference.ts';

// Half precision in the stored outputs alone costs 5e-4.
const TOLERANCE = 2e-3;

const tinyFixtures = await fetchFixtures('tiny');
const builtinFixtures = await fetchFixtures('builtin');

async function openPack(located: LocatedPack): Promise<PackFiles> {
  const names = Object.keys(located.pack.files);
  return obtain(located, names, new AbortController().signal, () => undefined);
}

async function open(kind: DeviceKind, { pack }: LocatedPack): Promise<GraphRuntime> {
  return openRuntime(await openDevice(kind, pack.needs));
}

/** Runs a graph on its formula inputs and gives what the fixture stores of its output. */
async function runStored(
  runtime: GraphRuntime,
  { pack }: LocatedPack,
  files: PackFiles,
  { file, stored }: GraphFixture,
  ids: readonly number[],
): Promise<Float32Array> {
  const spec = graphByFile(pack, file);
  const graph = await runtime.openGraph(spec, files, { isReplayed: false });
  const inputs = createTensors(runtime, spec.inputs, ids);
  const outputs = createTensors(runtime, spec.outputs);
  await graph.run(inputs, outputs);
  const output = await Object.values(outputs)[0]!.read();
  await graph.release();
  if (stored === 'output minus z') {
    const z = await inputs.latents!.read();
    return output.map((value, index) => value - z[index]!);
  }
  if (stored === 'pictures 0 and 3') {
    const pictureLength = output.length / 4;
    return Float32Array.of(
      ...output.subarray(0, pictureLength),
      ...output.subarray(3 * pictureLength),
    );
  }
  return output;
}

describe.each(['webgpu', 'wasm'] as const)('the tiny pack on %s', (kind) => {
  let located: LocatedPack;
  let files: PackFiles;
  let runtime: GraphRuntime;

  beforeAll(async () => {
    located = await fetchFirstPack(
      new URL(`/${TINY_PACKS_FOLDER}/catalogue.json`, location.href).href,
    );
    files = await openPack(located);
    runtime = await open(kind, located);
  });

  it.each(tinyFixtures.graphs)('$file agrees with the reference', async (fixture) => {
    const expected = await fetchHalfs('tiny', fixture.bin);
    const actual = await runStored(runtime, located, files, fixture, tinyFixtures.ids);
    expect(relativeError(actual, expected)).toBeLessThan(TOLERANCE);
  });

  it('replays a recorded graph with what its tensors hold then', async () => {
    const spec = graphByFile(located.pack, 'denoise-guided-64x64.onnx');
    const inputs = createTensors(runtime, spec.inputs, tinyFixtures.ids);
    const results: Float32Array[][] = [];
    for (const isReplayed of [false, true]) {
      const graph = await runtime.openGraph(spec, files, { isReplayed });
      const outputs = createTensors(runtime, spec.outputs);
      const runs: Float32Array[] = [];
      for (const time of [1, 0.6, 0.2]) {
        inputs.times!.write(Float32Array.of(time, time, time));
        await graph.run(inputs, outputs);
        runs.push(await outputs.latents!.read());
      }
      results.push(runs);
      await graph.release();
    }
    expect(results[1]).toEqual(results[0]);
    expect(relativeError(results[0]![0]!, results[0]![2]!)).toBeGreaterThan(1e-4);
  });
});

describe('the built-in pack on wasm', () => {
  let located: LocatedPack;
  let files: PackFiles;
  let runtime: GraphRuntime;

  beforeAll(async () => {
    located = await fetchFirstPack(new URL('/packs/catalogue.json', location.href).href);
    files = await openPack(located);
    runtime = await open('wasm', located);
  });

  it.each(builtinFixtures.graphs)('$file agrees with the reference', async (fixture) => {
    const expected = await fetchHalfs('builtin', fixture.bin);
    const actual = await runStored(runtime, located, files, fixture, builtinFixtures.ids);
    expect(relativeError(actual, expected)).toBeLessThan(TOLERANCE);
  });
});

describe('the attention canary', () => {
  it('passes a GPU that is right and refuses one that is wrong', async () => {
    const needs = { features: [], bufferByteLength: 1024 };
    await checkAttention(await openRuntime(await openDevice('webgpu', needs)));

    // Subgroups of 4 lanes are what makes onnxruntime's attention wrong, and SwiftShader has them.
    const adapter = (await navigator.gpu.requestAdapter())!;
    expect(adapter.info.subgroupMinSize).toBeLessThan(8);
    const device = await adapter.requestDevice({ requiredFeatures: ['subgroups'] });
    const wrong = await openRuntime({ kind: 'webgpu', device, adapter: '' });
    await expect(checkAttention(wrong)).rejects.toMatchObject({ code: 'webgpu-wrong' });
  });
});
