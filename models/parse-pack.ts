// JSON becomes a model pack, or an error that names the first thing wrong: shapes, files, licences.
import { studioError } from '../src/core/errors.ts';
import { filesOf } from './pack.ts';
import type { ModelPack, PackSize, TensorPort } from './pack.ts';
import { Pack, PACK_FORMAT, PackSource } from './pack-schema.ts';
import { parseWith, shownValue } from './parse-with.ts';

/**
 * Reads a pack description.
 * @param url where it came from, for messages
 * @throws StudioError pack-format for another format; pack-invalid with the place and the value of the first thing wrong
 */
export function parsePack(json: unknown, url: string): ModelPack {
  const format =
    typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined;
  if (format !== PACK_FORMAT) {
    throw studioError('pack-format', { url, found: shownValue(format), supported: PACK_FORMAT });
  }
  const pack = parseWith(Pack, json, 'pack', (mismatch) =>
    studioError('pack-invalid', { url, ...mismatch }),
  );
  checkFiles(pack, url);
  checkWindow(pack, url);
  pack.sizes.forEach((size, index) => checkShapes(pack, size, `sizes.${index}`, url));
  return pack;
}

/** Reads what a pack's maker wrote, for the builder. */
export function parsePackSource(json: unknown, url: string): PackSource {
  return parseWith(PackSource, json, 'pack', (mismatch) =>
    studioError('pack-invalid', { url, ...mismatch }),
  );
}

function checkFiles(pack: ModelPack, url: string): void {
  const graphs = [
    pack.encodeText,
    ...pack.sizes.flatMap((s) => [s.denoise, s.denoiseGuided, s.decode, s.encodeFrames]),
  ];
  const needed = filesOf(graphs.filter((g) => g !== undefined)).concat(pack.tokenizer.file);
  for (const file of needed) {
    if (!Object.hasOwn(pack.files, file))
      wrong(url, `files.${file}`, undefined, 'a file that a graph names');
  }
  const licensed = new Set(pack.parts.flatMap((part) => part.files));
  for (const [name, file] of Object.entries(pack.files)) {
    const byteLength = file.shards.reduce((sum, shard) => sum + shard.byteLength, 0);
    if (byteLength !== file.byteLength) {
      wrong(
        url,
        `files.${name}.byteLength`,
        file.byteLength,
        `${byteLength}, the sum of its shards`,
      );
    }
    if (!licensed.has(name)) wrong(url, `files.${name}`, name, 'a file with a licence in parts');
  }
}

function checkWindow({ window, conditioning }: ModelPack, url: string): void {
  const { latentFrameCount, contextLatentFrameCount } = window;
  // A window that arrives at a given latent frame needs room for one of its own.
  const most = latentFrameCount - (conditioning.includes('end-frame') ? 2 : 1);
  if (contextLatentFrameCount > most) {
    const place = 'window.contextLatentFrameCount';
    wrong(url, place, contextLatentFrameCount, `at most ${most}`);
  }
}

function checkShapes(pack: ModelPack, size: PackSize, place: string, url: string): void {
  const { channelCount, pictureCount, pixelsPerToken } = pack.latent;
  const { latentFrameCount } = pack.window;
  const rowCount = size.heightPx / pixelsPerToken;
  const columnCount = size.widthPx / pixelsPerToken;
  const tokenCount = rowCount * columnCount;
  const latents = [1, latentFrameCount * tokenCount, channelCount];
  const textShape = pack.encodeText.outputs.text.shape;
  const expectShape = (port: TensorPort, path: string, shape: readonly number[]) => {
    if (port.shape.join() !== shape.join())
      wrong(url, `${place}.${path}.shape`, port.shape, JSON.stringify(shape));
  };
  for (const [name, px] of [
    ['widthPx', size.widthPx],
    ['heightPx', size.heightPx],
  ] as const) {
    if (px % pixelsPerToken !== 0)
      wrong(url, `${place}.${name}`, px, `a multiple of ${pixelsPerToken}`);
  }
  for (const [name, graph, batch] of [
    ['denoise', size.denoise, 1],
    ['denoiseGuided', size.denoiseGuided, 2],
  ] as const) {
    if (!graph) continue;
    expectShape(graph.inputs.latents, `${name}.inputs.latents`, latents);
    expectShape(graph.outputs.latents, `${name}.outputs.latents`, latents);
    expectShape(graph.inputs.times, `${name}.inputs.times`, [1, latentFrameCount]);
    expectShape(graph.inputs.timeSteps, `${name}.inputs.timeSteps`, [1, latentFrameCount]);
    expectShape(graph.inputs.text, `${name}.inputs.text`, [batch, ...textShape.slice(1)]);
  }
  expectShape(size.decode.inputs.latents, 'decode.inputs.latents', [1, tokenCount, channelCount]);
  expectShape(size.decode.outputs.pictures, 'decode.outputs.pictures', [
    pictureCount,
    3,
    size.heightPx,
    size.widthPx,
  ]);
}

function wrong(url: string, place: string, value: unknown, expected: string): never {
  throw studioError('pack-invalid', { url, place, value: shownValue(value), expected });
}
