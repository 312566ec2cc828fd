// What a pack can do, as the few things that a person chooses a model by.
import { frameCountOf } from '../../core/frame-math.ts';
import { filmDefaults } from '../../../models/pack.ts';
import type { ModelPack } from '../../../models/pack.ts';
import type { ModelAbilities } from '../messages.ts';
import { offersOf } from '../offers.ts';
import { shapeOf } from '../shapes.ts';

/** The abilities of a pack. */
export function abilitiesOf(pack: ModelPack): ModelAbilities {
  const { latentFrameCount, framesPerSecond } = pack.window;
  return {
    ...offersOf(filmDefaults(pack)),
    sizes: pack.sizes.map((size) => ({ ...size, shape: shapeOf(size) })),
    windowSeconds: frameCountOf(latentFrameCount, pack.latent.pictureCount) / framesPerSecond,
  };
}
