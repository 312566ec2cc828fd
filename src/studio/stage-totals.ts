// How much each stage of a film has to do: nothing for what this device keeps from an earlier making.
import type { GenerateJob } from '../core/api.ts';
import type { StageTotals } from '../core/event.ts';
import { planFilm } from '../core/film-plan.ts';
import { filmSeconds } from '../core/film.ts';
import type { Film } from '../core/film.ts';
import type { FrameGrid } from '../core/frame-math.ts';
import { obtainByteLength } from '../library/obtain.ts';
import { filesFor, frameGrid } from '../../models/pack.ts';
import type { ModelPack } from '../../models/pack.ts';
import { segmentKeyOf } from './film-tasks.ts';
import type { FilmTasks } from './film-tasks.ts';

interface LeftToMake {
  promptCount: number;
  windowCount: number;
  frameCount: number;
}

const WITHOUT_END: LeftToMake = { promptCount: 1, windowCount: Infinity, frameCount: Infinity };

/**
 * What the stages of a film will count up to.
 * @param kept pieces on this device, by name
 */
export async function stageTotals(
  film: Film,
  { pack, job }: { pack: ModelPack; job: GenerateJob },
  tasks: FilmTasks,
  kept: ReadonlyMap<string, unknown>,
): Promise<StageTotals> {
  const left =
    filmSeconds(film) === Infinity
      ? WITHOUT_END
      : await leftToMake(film, frameGrid(pack), tasks, kept);
  return {
    obtain: obtainByteLength(pack, filesFor(pack, job)),
    tokenize: left.promptCount,
    'encode-text': left.promptCount,
    denoise: left.windowCount * job.stepCount,
    decode: left.frameCount,
    encode: left.frameCount,
    mux: 1,
  };
}

async function leftToMake(
  film: Film,
  grid: FrameGrid,
  tasks: FilmTasks,
  kept: ReadonlyMap<string, unknown>,
): Promise<LeftToMake> {
  const { guidance, negativePrompt } = film;
  const prompts = new Set<string>();
  let windowCount = 0;
  let frameCount = 0;
  for (const step of planFilm(film, grid)) {
    const task = await tasks.taskOf(step);
    const key = task.kind === 'make' ? task.key : await segmentKeyOf(task);
    if (kept.has(key)) continue;
    if (task.kind === 'show') {
      frameCount += task.stretch.frameCount;
    } else {
      prompts.add(task.prompt);
      if (guidance !== 1 && negativePrompt !== '') prompts.add(negativePrompt);
      windowCount++;
    }
  }
  return { promptCount: prompts.size, windowCount, frameCount };
}
