// Films become tasks and frames, as the conductor makes them, but with keys at random: nothing is found that this run
// has not kept itself.
import { expect } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import { filmDefaults, frameGrid } from '../../models/pack.ts';
import type { FilmTask, GenerateJob, KeptStretch, ShowPreview } from '../../src/core/api.ts';
import type { FrameBatch } from '../../src/core/clip.ts';
import type { DeviceKind } from '../../src/core/device.ts';
import type { Stage, StageEvent } from '../../src/core/event.ts';
import { planFilm } from '../../src/core/film-plan.ts';
import type { FilmWindow, FrameStretch } from '../../src/core/film-shot.ts';
import { hasPictures } from '../../src/core/film.ts';
import type { Film } from '../../src/core/film.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import type { Generator } from '../../workers/generate/generator.ts';
import { TINY_PACKS_FOLDER } from '../tiny-packs-folder.ts';

const CATALOGUE_URL = new URL(`/${TINY_PACKS_FOLDER}/catalogue.json`, location.href).href;

export const { pack, url: packUrl } = await fetchFirstPack(CATALOGUE_URL);

/** A film of the tiny pack with two steps, of seed 7, where the JSON does not say otherwise. */
export function filmOf(json: Record<string, unknown>): Film {
  return parseFilm({ seed: 7, stepCount: 2, ...json }, filmDefaults(pack));
}

export function jobOf(film: Film, device: DeviceKind): GenerateJob {
  const { widthPx, heightPx, stepCount, guidance, negativePrompt } = film;
  const size = { widthPx, heightPx };
  const pictures = { hasPictures: hasPictures(film), isPrivate: false };
  return { packUrl, device, ...size, stepCount, guidance, negativePrompt, ...pictures };
}

/** The tasks of a film, each window under a new key. */
export function tasksOf(film: Film, grid = frameGrid(pack)): FilmTask[] {
  const keys = new Map<FilmWindow, string>();
  const kept = ({ window, start, frameCount }: FrameStretch): KeptStretch => {
    const { startsShot } = window;
    return { key: keys.get(window)!, startsShot, start, frameCount };
  };
  return Array.from(planFilm(film, grid), (step): FilmTask => {
    if (step.kind === 'show') {
      const { stretch, fadeFrom, fadeTo } = step;
      const arrival = fadeTo && { ...fadeTo, stretch: kept(fadeTo.stretch) };
      return { ...step, stretch: kept(stretch), fadeFrom: fadeFrom.map(kept), fadeTo: arrival };
    }
    const { prompt, seed, noiseIndex, startsShot } = step.window;
    const key = newKey();
    keys.set(step.window, key);
    const given = step.window.given.map(({ position, from }) =>
      'picture' in from
        ? { position, from }
        : { position, from: { key: keys.get(from.window)!, position: from.position } },
    );
    return { kind: 'make', key, prompt, seed, noiseIndex, startsShot, given };
  });
}

export function newKey(): string {
  return (crypto.randomUUID() + crypto.randomUUID()).replaceAll('-', '');
}

/** Hands out tasks one by one. */
export function nextOf(tasks: readonly FilmTask[]): () => Promise<FilmTask | undefined> {
  const left = tasks.values();
  return () => Promise.resolve(left.next().value);
}

export interface Made {
  /** All frames, one after the other. */
  rgba: Uint8ClampedArray;
  batches: FrameBatch[];
  events: StageEvent[];
}

/** Does the tasks of one job. */
export async function run(
  generator: Generator,
  job: GenerateJob,
  tasks: readonly FilmTask[],
  showPreview?: ShowPreview,
): Promise<Made> {
  const batches: FrameBatch[] = [];
  const events: StageEvent[] = [];
  const deliver = (batch: FrameBatch) => {
    batches.push(batch);
    return Promise.resolve();
  };
  await generator.generate(
    job,
    nextOf(tasks),
    deliver,
    showPreview,
    new AbortController().signal,
    (event) => events.push(event),
  );
  const rgba = new Uint8ClampedArray(batches.reduce((sum, batch) => sum + batch.rgba.length, 0));
  let offset = 0;
  for (const batch of batches) {
    rgba.set(batch.rgba, offset);
    offset += batch.rgba.length;
  }
  return { rgba, batches, events };
}

export function make(generator: Generator, film: Film, device: DeviceKind): Promise<Made> {
  return run(generator, jobOf(film, device), tasksOf(film));
}

/** What a stage said that it had done, event by event. */
export function doneOf({ events }: Made, stage: Stage): number[] {
  return events.flatMap((event) =>
    event.type === 'advance' && event.stage === stage ? [event.done] : [],
  );
}

/** Some frames of a film of the tiny pack's first size. */
export function framesAt(rgba: Uint8ClampedArray, start: number, count: number) {
  const length = pack.sizes[0]!.widthPx * pack.sizes[0]!.heightPx * 4;
  return rgba.subarray(start * length, (start + count) * length);
}

/** The frames of a golden strip, one below the other. */
export async function goldenPixels(strip: string): Promise<Uint8ClampedArray> {
  const response = await fetch(`/tests/fixtures/reference/tiny/${strip}`);
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/** A frame of the tiny pack's first size as a PNG data URL. */
export async function pngOf(rgba: Uint8ClampedArray): Promise<string> {
  const { widthPx, heightPx } = pack.sizes[0]!;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  canvas.getContext('2d')!.putImageData(new ImageData(rgba.slice(), widthPx), 0, 0);
  const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
}

/** Peak signal-to-noise ratio in dB. */
export function psnr(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  expect(a.length).toBe(b.length);
  const squares = a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}

/** Where frames that should be the same first differ; to print all that differs in them takes minutes. */
export function firstDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number | undefined {
  expect(a.length).toBe(b.length);
  const index = a.findIndex((value, i) => value !== b[i]);
  return index === -1 ? undefined : index;
}
