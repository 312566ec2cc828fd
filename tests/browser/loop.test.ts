// A loop of the model that comes with the site, measured on the frames that the player gets.
import { expect, it } from 'vitest';
import { fetchFirstPack } from '../first-pack.ts';
import { filmDefaults, frameGrid } from '../../models/pack.ts';
import { parseFilm } from '../../src/core/parse-film.ts';
import { Generator } from '../../workers/generate/generator.ts';
import { jobOf, run, tasksOf } from './make-film.ts';

it('goes back to its first frame in a step no larger than the median of those inside', async () => {
  const { pack, url } = await fetchFirstPack(new URL('/packs/catalogue.json', location.href).href);
  const request = { prompt: 'a dog in a green meadow', seed: 3, stepCount: 8, guidance: 1 };
  const film = parseFilm({ ...request, seconds: 3, loops: true }, filmDefaults(pack));
  const job = { ...jobOf(film, 'wasm'), packUrl: url };
  const { rgba } = await run(new Generator(), job, tasksOf(film, frameGrid(pack)));

  const length = film.widthPx * film.heightPx * 4;
  const frames = Array.from({ length: rgba.length / length }, (_, index) =>
    rgba.subarray(index * length, (index + 1) * length),
  );
  const steps = frames.map((frame, index) => {
    const next = frames[(index + 1) % frames.length]!;
    return frame.reduce((sum, value, i) => sum + Math.abs(value - next[i]!), 0) / length;
  });
  const seam = steps.pop()!;
  const median = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  expect(seam).toBeLessThanOrEqual(median);
});
