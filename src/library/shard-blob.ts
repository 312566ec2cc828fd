// A file of a pack as a Blob that holds none of its bytes: a range of shards, read when its stream is.
//
// onnxruntime-web's JSPI build takes external data as a Blob and reads each tensor by
// `data.slice(offset, offset + length).stream()`. A real Blob of the weights would hold the whole file
// in memory; this one holds nothing, so that the peak is the model on the GPU plus one shard.
// The surprise: structured clone sees an empty Blob, so it must be read on the thread that made it.
import type { PackShard } from '../../models/pack.ts';
import { byteLengthOf, rangesOf } from './pack-shards.ts';

/** Reads all bytes of one shard; what it gives is not changed and not transferred here. */
export type ReadShard = (shard: PackShard) => Promise<Uint8Array<ArrayBuffer>>;

const CHUNK_BYTE_LENGTH = 1024 * 1024;

/** A Blob over shards; its streams and buffers reject with what `read` throws. */
export class ShardBlob extends Blob {
  readonly #shards: readonly PackShard[];
  readonly #read: ReadShard;
  readonly #start: number;
  readonly #end: number;

  constructor(
    shards: readonly PackShard[],
    read: ReadShard,
    { start = 0, end = byteLengthOf(shards), type = '' } = {},
  ) {
    super([], { type });
    this.#shards = shards;
    this.#read = read;
    this.#start = start;
    this.#end = end;
  }

  override get size(): number {
    return this.#end - this.#start;
  }

  /** As in every Blob, negative positions count from the end and positions outside are moved inside. */
  override slice(start = 0, end = this.size, type = ''): ShardBlob {
    const inside = (position: number) =>
      position < 0 ? Math.max(0, this.size + position) : Math.min(position, this.size);
    const first = this.#start + inside(start);
    const last = Math.max(first, this.#start + inside(end));
    return new ShardBlob(this.#shards, this.#read, { start: first, end: last, type });
  }

  /** Reads each shard when it is reached; chunks are copies of at most 1 MiB. */
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const ranges = this.#ranges(CHUNK_BYTE_LENGTH);
    const read = this.#read;
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          const { value: range } = ranges.next();
          if (range) {
            const bytes = await read(range.shard);
            controller.enqueue(bytes.slice(range.start, range.end));
          } else {
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const all = new Uint8Array(this.size);
    let offset = 0;
    for (const { shard, start, end } of this.#ranges()) {
      all.set((await this.#read(shard)).subarray(start, end), offset);
      offset += end - start;
    }
    return all;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  #ranges(maxByteLength?: number) {
    return rangesOf(this.#shards, { start: this.#start, end: this.#end }, maxByteLength);
  }
}
