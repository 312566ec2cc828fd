// Pictures on the device (planes of floats, 0..1) become RGBA8 in main memory: only pixels leave the GPU.
import { GpuTensor, memoryOf } from './device-tensor.ts';
import type { DeviceTensor, TensorData } from './device-tensor.ts';
import type { OpenedDevice } from './open-device.ts';

/** Reads one tensor of pictures [pictures, 3, rows, columns] again and again. */
export interface PixelReader {
  /** [pictures, rows, columns, 4] */
  read(): Promise<Uint8ClampedArray<ArrayBuffer>>;
  close(): void;
}

/** Opens a reader for a tensor of pictures. */
export function openPixelReader(device: OpenedDevice, pictures: DeviceTensor): PixelReader {
  if (device.kind === 'webgpu' && pictures instanceof GpuTensor) {
    return new GpuPixelReader(device.device, pictures);
  }
  return {
    read: () => Promise.resolve(toRgba(memoryOf(pictures), pictures.shape)),
    close: () => undefined,
  };
}

function toRgba(data: TensorData, shape: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  const [pictureCount = 0, , rowCount = 0, columnCount = 0] = shape;
  const planeLength = rowCount * columnCount;
  const rgba = new Uint8ClampedArray(pictureCount * planeLength * 4).fill(255);
  for (let plane = 0; plane < pictureCount * 3; plane++) {
    const picture = Math.floor(plane / 3);
    for (let i = 0; i < planeLength; i++) {
      const value = Number(data[plane * planeLength + i]);
      // Clamped arrays round half to even; the GPU and the reference round half up.
      rgba[(picture * planeLength + i) * 4 + (plane % 3)] = Math.floor(value * 255 + 0.5);
    }
  }
  return rgba;
}

const WORKGROUP_SIZE = 64;

const SHADER = /* wgsl */ `
override planeLength: u32;
@group(0) @binding(0) var<storage, read> pictures: array<f32>;
@group(0) @binding(1) var<storage, read_write> rgba: array<u32>;

fn byteOf(index: u32) -> u32 {
  return u32(floor(clamp(pictures[index], 0.0, 1.0) * 255.0 + 0.5));
}

@compute @workgroup_size(${WORKGROUP_SIZE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let pixel = id.x;
  let picture = id.y;
  if (pixel >= planeLength) { return; }
  let red = picture * 3u * planeLength + pixel;
  rgba[picture * planeLength + pixel] =
    byteOf(red) | (byteOf(red + planeLength) << 8u) | (byteOf(red + 2u * planeLength) << 16u) | 0xff000000u;
}`;

class GpuPixelReader implements PixelReader {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #bindings: GPUBindGroup;
  readonly #packed: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #pictureCount: number;
  readonly #planeLength: number;

  constructor(device: GPUDevice, pictures: GpuTensor) {
    const [pictureCount = 0, , rowCount = 0, columnCount = 0] = pictures.shape;
    this.#device = device;
    this.#pictureCount = pictureCount;
    this.#planeLength = rowCount * columnCount;
    const size = pictureCount * this.#planeLength * 4;
    this.#packed = device.createBuffer({
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.#staging = device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.#pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: {
        module: device.createShaderModule({ code: SHADER }),
        constants: { planeLength: this.#planeLength },
      },
    });
    this.#bindings = device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [pictures.buffer, this.#packed].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
  }

  async read(): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings);
    pass.dispatchWorkgroups(Math.ceil(this.#planeLength / WORKGROUP_SIZE), this.#pictureCount);
    pass.end();
    encoder.copyBufferToBuffer(this.#packed, 0, this.#staging, 0, this.#staging.size);
    this.#device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ);
    const rgba = new Uint8ClampedArray(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    return rgba;
  }

  close(): void {
    this.#packed.destroy();
    this.#staging.destroy();
  }
}
