// Short prompts by theme; the guide shows those whose every word the model knows.

export const THEMES = ['animals', 'tales', 'machines', 'far'] as const;

export type Theme = (typeof THEMES)[number];

/** Prompts are in English whatever the page speaks: it is the language that models are taught. */
export const GUIDE_PROMPTS: Readonly<Record<Theme, readonly string[]>> = {
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
