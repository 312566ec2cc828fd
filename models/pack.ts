// A model pack, format 1: what can run, as pure data. The engine reads this and knows no model by name.
// Graphs are named by the role of each input and output; what the ONNX file calls them is data too.
import * as v from 'valibot';

import { studioError } from '../src/core/errors.ts';
import type { FilmDefaults, PictureSize } from '../src/core/film.ts';
import { sizeUnavailable } from '../src/core/parse-film.ts';
import type { FrameGrid } from '../src/core/frame-math.ts';
import { parseWith, shownValue } from './parse-with.ts';

const PACK_FORMAT = 1;
export const MAX_SHARD_BYTE_LENGTH = 8 * 1024 * 1024;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.nonEmpty());
// File names become URLs and keys of the runtime's file table, so no folders and no dots at the start.
const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a plain file name'));

const Port = v.strictObject({
  name: text,
  dtype: v.picklist(['float32', 'int64']),
  shape: v.pipe(v.array(count), v.minLength(1)),
});

function graphOf<In extends string, Out extends string>(
  inputs: readonly In[],
  outputs: readonly Out[],
) {
  const ports = <Role extends string>(roles: readonly Role[]) =>
    v.strictObject(Object.fromEntries(roles.map((r) => [r, Port])) as Record<Role, typeof Port>);
  return v.strictObject({
    file: fileName,
    /** External data files that the graph points into. */
    weights: v.array(fileName),
    inputs: ports(inputs),
    outputs: ports(outputs),
  });
}

const DENOISE_INPUTS = ['latents', 'times', 'timeSteps', 'text', 'first'] as const;

const Size = v.strictObject({
  widthPx: count,
  heightPx: count,
  /** latents, times (1 noise .. 0 clean), timeSteps (negative, 0 for given frames), text, first → latents one Euler step on. */
  denoise: graphOf(DENOISE_INPUTS, ['latents']),
  /** The same with text [2, …] (prompt, then nothing) and guidance [1]. */
  denoiseGuided: v.optional(graphOf([...DENOISE_INPUTS, 'guidance'] as const, ['latents'])),
  /** One latent frame → its pictures, 0..1, [picture, channel, row, column]. */
  decode: graphOf(['latents'] as const, ['pictures'] as const),
  /** The pictures of one latent frame → the latent frame. */
  encodeFrames: v.optional(graphOf(['pictures'] as const, ['latents'] as const)),
});

const Shard = v.strictObject({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  byteLength: v.pipe(count, v.maxValue(MAX_SHARD_BYTE_LENGTH)),
});

const source = {
  format: v.literal(PACK_FORMAT),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')),
  title: text,
  /** Where every file comes from and under which licence. */
  parts: v.pipe(
    v.array(v.strictObject({ title: text, licence: text, source: text, files: v.array(fileName) })),
    v.minLength(1),
  ),
  tokenizer: v.strictObject({ kind: v.literal('wordpiece'), file: fileName, tokenCount: count }),
  encodeText: graphOf(['ids', 'mask'] as const, ['text'] as const),
  sizes: v.pipe(v.array(Size), v.minLength(1)),
  latent: v.strictObject({ channelCount: count, pictureCount: count, pixelsPerToken: count }),
  window: v.strictObject({
    latentFrameCount: count,
    /** Latent frames that a window is given from the one before, where a film goes on. */
    contextLatentFrameCount: count,
    framesPerSecond: count,
  }),
  /** What the model can be given beside the prompt. */
  conditioning: v.array(v.picklist(['start-frame', 'end-frame', 'continuation'])),
  schedule: v.strictObject({
    kind: v.literal('rectified-flow'),
    /** Bends the steps toward noise: t' = shift · t / (1 + (shift − 1) · t). */
    shift: v.pipe(v.number(), v.minValue(0.01)),
    stepCount: count,
    guidance: v.pipe(v.number(), v.minValue(0)),
  }),
  needs: v.strictObject({ features: v.array(v.picklist(['shader-f16'])), bufferByteLength: count }),
  /** Prompts that show the model at its best. */
  examples: v.pipe(v.array(text), v.minLength(1)),
  /** Words that the model knows, for the page's help. */
  words: v.strictObject({
    cast: v.array(text),
    places: v.array(text),
    times: v.array(text),
    weathers: v.array(text),
    actions: v.array(text),
    cameras: v.array(text),
  }),
};

/** What a pack's maker writes; the builder adds `files`. */
export const PackSource = v.strictObject(source);
export type PackSource = v.InferOutput<typeof PackSource>;

const Pack = v.strictObject({
  ...source,
  /** Every file of the pack as the shards that make it up, in order. */
  files: v.record(
    fileName,
    v.strictObject({ byteLength: count, shards: v.pipe(v.array(Shard), v.minLength(1)) }),
  ),
});

export type ModelPack = v.InferOutput<typeof Pack>;
export type PackSize = ModelPack['sizes'][number];
export type PackShard = v.InferOutput<typeof Shard>;
export type TensorPort = v.InferOutput<typeof Port>;

/** A denoiser with or without guidance. */
export type DenoiseGraph = PackSize['denoise'] | NonNullable<PackSize['denoiseGuided']>;

/** A graph as the engine sees it: roles on both sides. */
export interface GraphSpec {
  file: string;
  weights: readonly string[];
  inputs: Readonly<Record<string, TensorPort>>;
  outputs: Readonly<Record<string, TensorPort>>;
}

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

/** The graphs that a film needs: guided only where guidance asks for two predictions. */
export function denoiseGraphOf(size: PackSize, guidance: number): DenoiseGraph {
  return guidance === 1 ? size.denoise : (size.denoiseGuided ?? size.denoise);
}

/** What a pack says where a film is silent, and what it can do. */
export function filmDefaults(pack: ModelPack): FilmDefaults {
  const { schedule, sizes, conditioning } = pack;
  return {
    ...schedule,
    canGuide: sizes.every((size) => size.denoiseGuided !== undefined),
    sizes,
    grid: frameGrid(pack),
    conditioning,
    takesPictures: sizes.every((size) => size.encodeFrames !== undefined),
  };
}

/** How a pack groups frames. */
export function frameGrid({ window, latent }: ModelPack): FrameGrid {
  return { ...window, pictureCount: latent.pictureCount };
}

/** How long the latents of a window are. */
export function latentsByteLength({ denoise }: PackSize): number {
  return 4 * denoise.inputs.latents.shape.reduce((product, length) => product * length, 1);
}

/** The size of a pack that a film names. */
export function packSizeOf(pack: ModelPack, asked: PictureSize): PackSize {
  const { widthPx, heightPx } = asked;
  const size = pack.sizes.find((s) => s.widthPx === widthPx && s.heightPx === heightPx);
  if (!size) throw sizeUnavailable(asked, pack.sizes);
  return size;
}

/** What decides which files of a pack a film needs. */
export interface FilmNeeds extends PictureSize {
  guidance: number;
  /** Whether pictures are given to it. */
  hasPictures: boolean;
}

/** Names of the files that a film needs, each once. */
export function filesFor(pack: ModelPack, needs: FilmNeeds): string[] {
  const size = packSizeOf(pack, needs);
  const graphs: GraphSpec[] = [
    pack.encodeText,
    denoiseGraphOf(size, needs.guidance),
    size.decode,
    ...(needs.hasPictures && size.encodeFrames ? [size.encodeFrames] : []),
  ];
  return [...new Set([pack.tokenizer.file, ...filesOf(graphs)])];
}

function filesOf(graphs: readonly GraphSpec[]): string[] {
  return graphs.flatMap((graph) => [graph.file, ...graph.weights]);
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
