import { describe, expect, it } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import { filmDefaults, frameGrid } from '../../models/pack.ts';
import type { ShowPreview } from '../../src/core/api.ts';
import type { FrameBatch, Preview } from '../../src/core/clip.ts';
import type { StageEvent } from '../../src/core/event.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { Generator } from '../../workers/generate/generator.ts';
import { AdaptivePace } from '../../workers/generate/preview-pace.ts';
import type { PreviewPace } from '../../workers/generate/preview-pace.ts';
import { filmOf, firstDifference, jobOf, make, nextOf, psnr, run, tasksOf } from './make-film.ts';

/** A preview after every step: what costs nothing is not to be tested for its cost. */
const everyStep: PreviewPace = {
  beginWindow: () => undefined,
  isDue: () => true,
  stepTook: () => undefined,
  previewTook: () => undefined,
  decodeTook: () => undefined,
};

/** A film of two windows. */
const FOX = filmOf({ prompt: 'a fox', seconds: 1, stepCount: 4 });

describe.each(['webgpu', 'wasm'] as const)('previews on %s', (kind) => {
  it('change no byte of the film, and end where its frames begin', async () => {
    const plain = await make(new Generator(), FOX, kind);
    const told: string[] = [];
    const previews: Preview[] = [];
    const generator = new Generator(everyStep);
    const deliver = () => Promise.resolve(void told.push('frames'));
    const showPreview: ShowPreview = (preview) => {
      told.push('preview');
      previews.push(preview);
      return Promise.resolve();
    };
    const { signal } = new AbortController();
    const emit = () => undefined;
    const next = nextOf(tasksOf(FOX));
    await generator.generate(jobOf(FOX, kind), next, deliver, showPreview, signal, emit);
    expect(told.slice(0, 5)).toEqual(['preview', 'preview', 'preview', 'preview', 'frames']);
    expect(told.lastIndexOf('preview')).toBe(3);
    const { widthPx, heightPx } = FOX;
    expect(previews[0]).toMatchObject({ frameCount: 4, widthPx, heightPx });
    expect(previews[0]!.rgba).toHaveLength(4 * widthPx * heightPx * 4);
    const { rgba } = await run(generator, jobOf(FOX, kind), tasksOf(FOX), showPreview);
    expect(previews).toHaveLength(8);
    expect(firstDifference(rgba, plain.rgba)).toBeUndefined();
  });

  it('stop with the film, within a step', async () => {
    for (const stopsAt of ['step', 'preview'] as const) {
      const cancel = new AbortController();
      const steps: number[] = [];
      let previewCount = 0;
      const emit = (event: StageEvent) => {
        if (event.type !== 'advance' || event.stage !== 'denoise') return;
        steps.push(event.done);
        if (stopsAt === 'step' && event.done === 2) cancel.abort();
      };
      const showPreview = () => {
        previewCount++;
        if (stopsAt === 'preview' && previewCount === 2) cancel.abort();
        return Promise.resolve();
      };
      const next = nextOf(tasksOf(FOX));
      const deliver = () => Promise.reject(new Error('a frame after the stop'));
      const generator = new Generator(everyStep);
      await expect(
        generator.generate(jobOf(FOX, kind), next, deliver, showPreview, cancel.signal, emit),
      ).rejects.toMatchObject({ code: 'cancelled' });
      expect(steps.at(-1)).toBe(2);
      expect(previewCount).toBe(stopsAt === 'step' ? 1 : 2);
    }
  });
});

describe('previews', () => {
  it('are not made for a window that is over in a moment', async () => {
    const showPreview = () => Promise.reject(new Error('a preview'));
    await run(new Generator(new AdaptivePace()), jobOf(FOX, 'wasm'), tasksOf(FOX), showPreview);
  });

  it('come closer to the frames from step to step, with the model of the site', async () => {
    const catalogueUrl = new URL('/packs/catalogue.json', location.href).href;
    const { pack, url } = await fetchFirstPack(catalogueUrl);
    const json = { prompt: 'a red car drives to the right in a city', seed: 0, stepCount: 8 };
    const film = parseFilm(json, filmDefaults(pack));
    const previews: Preview[] = [];
    const showPreview: ShowPreview = (preview) => Promise.resolve(void previews.push(preview));
    const job = { ...jobOf(film, 'wasm'), packUrl: url };
    const tasks = tasksOf(film, frameGrid(pack)).slice(0, 2);
    const { batches } = await run(new Generator(everyStep), job, tasks, showPreview);
    const middle = batches.find(({ frameIndex }: FrameBatch) => frameIndex === 5)!;
    const distances = previews.map(({ rgba }) => psnr(rgba, middle.rgba));
    expect(distances).toHaveLength(8);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(distances.at(-2)! - distances[0]!).toBeGreaterThan(6);
    // The last step leads to the clean latents themselves.
    expect(distances.at(-1)).toBeGreaterThan(60);
  });
});
