// The yardstick: the same graphs on native onnxruntime, on all cores of this machine.
// It is 290 MB that nothing else needs, so the benchmark alone installs it, beside the other caches.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { GraphSpec, ModelPack } from '../../models/pack.ts';

const FOLDER = resolve('node_modules/.cache/zoetrope/native');
const VERSION = '1.30.0';

/** The parts of onnxruntime-node that are used here. */
interface Native {
  Tensor: new (dtype: string, data: Float32Array, shape: readonly number[]) => unknown;
  InferenceSession: {
    create(path: string): Promise<{ run(feeds: Record<string, unknown>): Promise<unknown> }>;
  };
}

function loadNative(): Native {
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, 'node_modules/onnxruntime-node'))) {
    console.log('Installing native onnxruntime for the comparison …');
    const args = ['install', '--prefix', FOLDER, '--ignore-scripts', `onnxruntime-node@${VERSION}`];
    execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return createRequire(join(FOLDER, 'index.js'))('onnxruntime-node') as Native;
}

/** Milliseconds for each of some runs of a graph, after one that is not counted. */
export async function timeNative(
  packFolder: string,
  pack: ModelPack,
  graph: GraphSpec,
  runCount: number,
): Promise<number[]> {
  const native = loadNative();
  for (const name of [graph.file, ...graph.weights]) {
    const shards = pack.files[name]?.shards ?? [];
    const parts = shards.map(({ sha256 }) => readFileSync(join(packFolder, `${sha256}.bin`)));
    writeFileSync(join(FOLDER, name), Buffer.concat(parts));
  }
  const session = await native.InferenceSession.create(join(FOLDER, graph.file));
  const feeds = Object.fromEntries(
    Object.values(graph.inputs).map(({ name, shape }) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const data = Float32Array.from({ length: count }, (_, i) => Math.sin(i));
      return [name, new native.Tensor('float32', data, shape)];
    }),
  );
  const times: number[] = [];
  for (let run = 0; run <= runCount; run++) {
    const startMs = performance.now();
    await session.run(feeds);
    if (run > 0) times.push(performance.now() - startMs);
  }
  return times;
}
