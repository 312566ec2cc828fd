// Short prompts by theme; the guide shows those whose every word the model knows.
import type { ModelPack } from '../../../models/pack.ts';
import { readerOfPack } from './row-reading.svelte.ts';

const THEMES = ['animals', 'tales', 'machines', 'far'] as const;

type Theme = (typeof THEMES)[number];

/** Prompts are in English whatever the page speaks: it is the language that models are taught. */
const GUIDE_PROMPTS: Readonly<Record<Theme, readonly string[]>> = {
  animals: [
    'a crab walks to the right on the beach at sunset',
    'a whale swims to the right under water',
    'a panda dances in the snow',
    'a fox jumps on the beach at sunset',
  ],
  tales: [
    'a wizard spins in front of a castle at night',
    'a ghost floats in the air in a forest at night',
    'a dinosaur bounces in the desert, the camera zooms out',
  ],
  machines: [
    'a red car drives to the right on a city street at night',
    'a bus drives to the left in the city in the rain',
    'a robot dances in a green meadow while snow falls',
  ],
  far: [
    'an astronaut floats in the air on the moon',
    'a rocket rises into the sky at sunset',
    'an alien jumps on the moon, the camera zooms in',
  ],
};

/** The themes of which a model knows something, and what it knows of each. */
export function knownPrompts(pack: ModelPack): { theme: Theme; prompts: readonly string[] }[] {
  const read = readerOfPack(pack);
  const isKnown = (prompt: string) => {
    const { matches, open } = read(prompt);
    const kinds = matches.map(({ kind }) => kind);
    return open.length === 0 && kinds.includes('cast') && kinds.includes('actions');
  };
  return THEMES.map((theme) => ({ theme, prompts: GUIDE_PROMPTS[theme].filter(isKnown) })).filter(
    ({ prompts }) => prompts.length > 0,
  );
}
