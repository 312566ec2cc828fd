import { describe, expect, it } from 'vitest';

import { StudioError } from '../../src/core/errors.ts';
import { pngSize } from '../../src/core/png-size.ts';
import { openPicture, pngOf } from '../../src/studio/picture.ts';

/** A picture whose left third is red, its middle green and its right third blue. */
async function stripes(widthPx: number, heightPx: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d')!;
  for (const [index, colour] of ['#f00', '#0f0', '#00f'].entries()) {
    context.fillStyle = colour;
    context.fillRect((index * widthPx) / 3, 0, widthPx / 3, heightPx);
  }
  return canvas.convertToBlob({ type, quality: 1 });
}

/** The same JPEG with an EXIF note that says how its camera was held. */
function withOrientation(jpeg: Blob, orientation: number): Blob {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0];
  const segment = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif]);
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: 'image/jpeg' });
}

/** Two frames of one pixel. */
const ANIMATED_GIF = Uint8Array.from(
  atob(
    'R0lGODlhAQABAPAAAP8AAAAA/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAAAAABAAEAAAICTAEAOw==',
  ),
  (letter) => letter.charCodeAt(0),
);

async function pixelsOf(dataUrl: string): Promise<(x: number, y: number) => number[]> {
  const bitmap = await createImageBitmap(await (await fetch(dataUrl)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return (x, y) => [...context.getImageData(x, y, 1, 1).data];
}

async function faultOf(file: Blob) {
  try {
    await openPicture(file);
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown.failure;
    throw thrown;
  }
  throw new Error('was accepted');
}

const GREEN = [0, 255, 0, 255];

describe('a start or end picture', () => {
  it('is cropped in the middle to the shape of the film', async () => {
    const png = await pngOf(await openPicture(await stripes(300, 90, 'image/png')), {
      widthPx: 32,
      heightPx: 32,
    });
    expect(pngSize(png)).toEqual({ widthPx: 32, heightPx: 32 });
    const pixelAt = await pixelsOf(png);
    for (const x of [2, 16, 29]) expect(pixelAt(x, 16)).toEqual(GREEN);
  });

  it('keeps its whole width where the film is as wide', async () => {
    const picture = await openPicture(await stripes(90, 60, 'image/webp'));
    const pixelAt = await pixelsOf(await pngOf(picture, { widthPx: 48, heightPx: 32 }));
    const [red = 0, green = 255] = pixelAt(2, 16);
    expect(red).toBeGreaterThan(230);
    expect(green).toBeLessThan(30);
  });

  it('stands upright as its camera says', async () => {
    const lying = withOrientation(await stripes(90, 60, 'image/jpeg'), 6);
    const picture = await openPicture(lying);
    expect([picture.width, picture.height]).toEqual([60, 90]);
    const pixelAt = await pixelsOf(await pngOf(picture, { widthPx: 60, heightPx: 90 }));
    const [red = 0, green = 255] = pixelAt(30, 5);
    expect(red).toBeGreaterThan(200);
    expect(green).toBeLessThan(60);
  });

  it('lies on white where it is clear', async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d');
    const clear = await canvas.convertToBlob({ type: 'image/png' });
    const pixelAt = await pixelsOf(
      await pngOf(await openPicture(clear), { widthPx: 8, heightPx: 8 }),
    );
    expect(pixelAt(4, 4)).toEqual([255, 255, 255, 255]);
  });

  it('gives the same PNG for the same file', async () => {
    const file = await stripes(300, 200, 'image/png');
    const make = async () => pngOf(await openPicture(file), { widthPx: 64, heightPx: 64 });
    expect(await make()).toBe(await make());
  });
});

describe('a file that cannot be one', () => {
  it('is no picture', async () => {
    expect(await faultOf(new Blob(['a fox'], { type: 'text/plain' }))).toEqual({
      code: 'picture-unusable',
      facts: { cause: 'not-a-picture', detail: 'text/plain' },
    });
    const cut = (await stripes(90, 60, 'image/png')).slice(0, 60, 'image/png');
    expect(await faultOf(cut)).toMatchObject({ facts: { cause: 'not-a-picture' } });
  });

  it('is animated', async () => {
    expect(await faultOf(new Blob([ANIMATED_GIF], { type: 'image/gif' }))).toEqual({
      code: 'picture-unusable',
      facts: { cause: 'animated', detail: 'image/gif' },
    });
  });

  it('is too large', async () => {
    expect(await faultOf(await stripes(20_000, 3, 'image/png'))).toEqual({
      code: 'picture-unusable',
      facts: { cause: 'too-large', detail: '20000 × 3' },
    });
  });
});
