// A model pack, format 1, as schemas: what can run, as pure data.
// Graphs are named by the role of each input and output; what the ONNX file calls them is data too.
import * as v from 'valibot';

export const PACK_FORMAT = 1;
export const MAX_SHARD_BYTE_LENGTH = 8 * 1024 * 1024;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.nonEmpty());
// File names become URLs and keys of the runtime's file table, so no folders and no dots at the start.
const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a plain file name'));

const Port = v.strictObject({
  name: text,
  dtype: v.picklist(['float32', 'int64']),
  shape: v.pipe(v.array(count), v.minLength(1)),
});

function graphOf<In extends string, Out extends string>(
  inputs: readonly In[],
  outputs: readonly Out[],
) {
  const ports = <Role extends string>(roles: readonly Role[]) =>
    v.strictObject(Object.fromEntries(roles.map((r) => [r, Port])) as Record<Role, typeof Port>);
  return v.strictObject({
    file: fileName,
    /** External data files that the graph points into. */
    weights: v.array(fileName),
    inputs: ports(inputs),
    outputs: ports(outputs),
  });
}

const DENOISE_INPUTS = ['latents', 'times', 'timeSteps', 'text', 'first'] as const;

const Size = v.strictObject({
  widthPx: count,
  heightPx: count,
  /** latents, times (1 noise .. 0 clean), timeSteps (negative, 0 for given frames), text, first → latents one Euler step on. */
  denoise: graphOf(DENOISE_INPUTS, ['latents']),
  /** The same with text [2, …] (prompt, then nothing) and guidance [1]. */
  denoiseGuided: v.optional(graphOf([...DENOISE_INPUTS, 'guidance'] as const, ['latents'])),
  /** One latent frame → its pictures, 0..1, [picture, channel, row, column]. */
  decode: graphOf(['latents'] as const, ['pictures'] as const),
  /** The pictures of one latent frame → the latent frame. */
  encodeFrames: v.optional(graphOf(['pictures'] as const, ['latents'] as const)),
});

const Shard = v.strictObject({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  byteLength: v.pipe(count, v.maxValue(MAX_SHARD_BYTE_LENGTH)),
});

const source = {
  format: v.literal(PACK_FORMAT),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')),
  title: text,
  /** Where every file comes from and under which licence. */
  parts: v.pipe(
    v.array(v.strictObject({ title: text, licence: text, source: text, files: v.array(fileName) })),
    v.minLength(1),
  ),
  tokenizer: v.strictObject({ kind: v.literal('wordpiece'), file: fileName, tokenCount: count }),
  encodeText: graphOf(['ids', 'mask'] as const, ['text'] as const),
  sizes: v.pipe(v.array(Size), v.minLength(1)),
  latent: v.strictObject({ channelCount: count, pictureCount: count, pixelsPerToken: count }),
  window: v.strictObject({
    latentFrameCount: count,
    /** Latent frames that a window is given from the one before, where a film goes on. */
    contextLatentFrameCount: count,
    framesPerSecond: count,
  }),
  /** What the model can be given beside the prompt. */
  conditioning: v.array(v.picklist(['start-frame', 'end-frame', 'continuation'])),
  schedule: v.strictObject({
    kind: v.literal('rectified-flow'),
    /** Bends the steps toward noise: t' = shift · t / (1 + (shift − 1) · t). */
    shift: v.pipe(v.number(), v.minValue(0.01)),
    stepCount: count,
    guidance: v.pipe(v.number(), v.minValue(0)),
  }),
  needs: v.strictObject({ features: v.array(v.picklist(['shader-f16'])), bufferByteLength: count }),
  /** Prompts that show the model at its best. */
  examples: v.pipe(v.array(text), v.minLength(1)),
  /** Words that the model knows, for the page's help. */
  words: v.strictObject({
    cast: v.array(text),
    places: v.array(text),
    times: v.array(text),
    weathers: v.array(text),
    actions: v.array(text),
    cameras: v.array(text),
  }),
  /** Of those words the ones that go only with some of another kind: phrase → phrases that it goes with. */
  fits: v.optional(v.record(text, v.array(text))),
};

/** What a pack's maker writes; the builder adds `files`. */
export const PackSource = v.strictObject(source);
export type PackSource = v.InferOutput<typeof PackSource>;

export const Pack = v.strictObject({
  ...source,
  /** Every file of the pack as the shards that make it up, in order. */
  files: v.record(
    fileName,
    v.strictObject({ byteLength: count, shards: v.pipe(v.array(Shard), v.minLength(1)) }),
  ),
});

export type ModelPack = v.InferOutput<typeof Pack>;
export type PackSize = ModelPack['sizes'][number];
export type PackShard = v.InferOutput<typeof Shard>;
export type TensorPort = v.InferOutput<typeof Port>;
