// Latents of windows by their keys: all of them on this device's disk, the last few in memory as well,
// because the next window is given frames of the one before, which is shown in between.
// Of a private film none goes to the disk: all are in memory, for as long as the film is made.
import { latentsByteLength } from '../../models/pack.ts';
import type { PackSize } from '../../models/pack.ts';
import { studioError } from '../../src/core/errors.ts';
import { filmPieces } from '../../src/library/film-pieces.ts';

/** Latents of a window, or of one latent frame of it. */
export type Latents = Float32Array<ArrayBuffer>;

const IN_MEMORY_COUNT = 2;

/** The latents of windows of one size. */
export class KeptLatents {
  readonly #byteLength: number;
  readonly #isPrivate: boolean;
  readonly #recent = new Map<string, Latents>();

  constructor(size: PackSize, isPrivate: boolean) {
    this.#byteLength = latentsByteLength(size);
    this.#isPrivate = isPrivate;
  }

  /** Keeps the latents of a window; they must not change any more. */
  async put(key: string, latents: Latents): Promise<void> {
    this.#remember(key, latents);
    if (!this.#isPrivate) await filmPieces.put(this.#piece(key), latents.buffer);
  }

  /**
   * The latents of a window: [latentFrames × rows × columns, channels].
   * @throws StudioError unexpected when they are gone, as happens when a browser needs the room
   */
  async get(key: string): Promise<Latents> {
    const recent = this.#recent.get(key);
    if (recent) return recent;
    const bytes = await filmPieces.get(this.#piece(key));
    if (!bytes) throw studioError('unexpected', { reason: `the latents ${key} are not kept here` });
    return this.#remember(key, new Float32Array(bytes));
  }

  #remember(key: string, latents: Latents): Latents {
    this.#recent.set(key, latents);
    if (this.#isPrivate) return latents;
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined && this.#recent.size > IN_MEMORY_COUNT) this.#recent.delete(oldest);
    return latents;
  }

  #piece(key: string) {
    return { sha256: key, byteLength: this.#byteLength };
  }
}
