// The sizes that a model offers become shapes to choose by eye: wide, tall, square, four to three.
// A person sees no numbers; several sizes of one shape count as the first of them.
import type { PictureSize } from '../core/film.ts';

/** The shapes that a person can choose from. */
export const SHAPES = [
  { name: '16:9', ratio: 16 / 9 },
  { name: '4:3', ratio: 4 / 3 },
  { name: '1:1', ratio: 1 },
  { name: '9:16', ratio: 9 / 16 },
] as const;

export type ShapeName = (typeof SHAPES)[number]['name'];

/** A shape on offer, and the size that it stands for. */
export interface OfferedShape<Size extends PictureSize = PictureSize> {
  name: ShapeName;
  /** Width by height. */
  ratio: number;
  size: Size;
}

/** The shape that a size comes nearest to. */
export function shapeOf({ widthPx, heightPx }: PictureSize): ShapeName {
  const distance = ({ ratio }: (typeof SHAPES)[number]) =>
    Math.abs(Math.log(widthPx / heightPx / ratio));
  return SHAPES.reduce((nearest, shape) => (distance(shape) < distance(nearest) ? shape : nearest))
    .name;
}

/** The shapes among some sizes, each once. */
export function offeredShapes<Size extends PictureSize>(
  sizes: readonly Size[],
): OfferedShape<Size>[] {
  return SHAPES.flatMap(({ name, ratio }) => {
    const size = sizes.find((candidate) => shapeOf(candidate) === name);
    return size ? [{ name, ratio, size }] : [];
  });
}
