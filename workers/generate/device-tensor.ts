// Tensors that stay where the graphs run, so that only noise goes in and only pixels come out.
// One interface, two places: a GPU buffer, or an array beside the wasm runtime.
import type { TensorPort } from '../../models/pack.ts';
import { studioError } from '../../src/core/errors.ts';

export type TensorData = Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;

/** A tensor of fixed shape that graphs read and write in place. */
export interface DeviceTensor {
  readonly dtype: TensorPort['dtype'];
  readonly shape: readonly number[];
  /** Writes from the first element on; what comes after stays. */
  write(data: TensorData): void;
  /** Writes all of another tensor of the same place and dtype from an element on; what stands around it stays. */
  copyFrom(source: DeviceTensor, start: number): void;
  /** What a float32 tensor holds when everything queued before is done. */
  read(): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

/** How many elements a shape has. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A tensor in a GPU buffer; fresh ones are zero. */
export class GpuTensor implements DeviceTensor {
  readonly buffer: GPUBuffer;
  readonly dtype: TensorPort['dtype'];
  readonly shape: readonly number[];
  readonly #device: GPUDevice;

  constructor(device: GPUDevice, { dtype, shape }: Pick<TensorPort, 'dtype' | 'shape'>) {
    this.#device = device;
    this.dtype = dtype;
    this.shape = shape;
    this.buffer = device.createBuffer({
      size: Math.max(16, elementCount(shape) * elementByteLength(dtype)),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  write(data: TensorData): void {
    this.#device.queue.writeBuffer(this.buffer, 0, data);
  }

  copyFrom(source: GpuTensor, start: number): void {
    this.#copy(source.buffer, start, elementCount(source.shape));
  }

  /** Fills the tensor from a buffer that begins with as many elements. */
  copyFromBuffer(source: GPUBuffer): void {
    this.#copy(source, 0, elementCount(this.shape));
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    const size = elementCount(this.shape) * 4;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = this.#device.createBuffer({ size, usage });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.buffer, 0, staging, 0, size);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const data = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return data;
  }

  dispose(): void {
    this.buffer.destroy();
  }

  #copy(source: GPUBuffer, start: number, count: number): void {
    const unit = elementByteLength(this.dtype);
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, this.buffer, start * unit, count * unit);
    this.#device.queue.submit([encoder.finish()]);
  }
}

/** A tensor in main memory; fresh ones are zero. */
export class MemoryTensor implements DeviceTensor {
  readonly data: TensorData;
  readonly dtype: TensorPort['dtype'];
  readonly shape: readonly number[];

  constructor({ dtype, shape }: Pick<TensorPort, 'dtype' | 'shape'>) {
    this.dtype = dtype;
    this.shape = shape;
    const count = elementCount(shape);
    this.data = dtype === 'int64' ? new BigInt64Array(count) : new Float32Array(count);
  }

  write(data: TensorData): void {
    this.#set(data, 0);
  }

  copyFrom(source: MemoryTensor, start: number): void {
    this.#set(source.data, start);
  }

  read(): Promise<Float32Array<ArrayBuffer>> {
    return Promise.resolve(Float32Array.from(this.data, Number));
  }

  dispose(): void {
    // Main memory is the garbage collector's.
  }

  #set(data: TensorData, start: number): void {
    (this.data as Float32Array).set(data as Float32Array, start);
  }
}

/** The array of a tensor in main memory. */
export function memoryOf(tensor: DeviceTensor): TensorData {
  if (tensor instanceof MemoryTensor) return tensor.data;
  throw studioError('unexpected', { reason: 'a GPU tensor where main memory is expected' });
}

function elementByteLength(dtype: TensorPort['dtype']): number {
  return dtype === 'int64' ? 8 : 4;
}
