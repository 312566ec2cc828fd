// A model pack: what can run, as pure data. The engine reads this and knows no model by name.
// Nothing here checks a pack; that is parse-pack.ts, which the page need not load to show one.
import type { FilmDefaults, PictureSize } from '../src/core/film.ts';
import { isSameSize } from '../src/core/film.ts';
import type { FrameGrid } from '../src/core/frame-math.ts';
import { sizeUnavailable } from '../src/core/invalid-film.ts';
import type { ModelPack, PackShard, PackSize, TensorPort } from './pack-schema.ts';

export type { ModelPack, PackShard, PackSize, TensorPort };

/** A denoiser with or without guidance. */
export type DenoiseGraph = PackSize['denoise'] | NonNullable<PackSize['denoiseGuided']>;

/** A graph as the engine sees it: roles on both sides. */
export interface GraphSpec {
  file: string;
  weights: readonly string[];
  inputs: Readonly<Record<string, TensorPort>>;
  outputs: Readonly<Record<string, TensorPort>>;
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
  const size = pack.sizes.find((offered) => isSameSize(offered, asked));
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

/** Names of the files that tell what words mean. */
export function wordFilesOf({ tokenizer, encodeText }: ModelPack): string[] {
  return [tokenizer.file, ...filesOf([encodeText])];
}

/** The files of some graphs, as often as they are named. */
export function filesOf(graphs: readonly GraphSpec[]): string[] {
  return graphs.flatMap((graph) => [graph.file, ...graph.weights]);
}
