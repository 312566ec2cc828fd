// Where the graphs run, and why it is not the GPU.

/** The device kind that runs the graphs. */
export type DeviceKind = 'webgpu' | 'wasm';

/** Which device to use: `auto` takes WebGPU where there is real hardware, wasm otherwise. */
export type DeviceChoice = 'auto' | DeviceKind;

/** Why a GPU is not used; `detail` is what the browser or the driver called it, or empty. */
export interface GpuRefusal {
  cause:
    | 'not-asked-for'
    | 'no-webgpu'
    | 'no-adapter'
    | 'software-adapter'
    | 'missing-features'
    | 'small-buffers'
    | 'no-device'
    | 'wrong-results';
  detail: string;
}

/** What a job runs on. */
export type DeviceFacts =
  { kind: 'webgpu'; adapter: string } | { kind: 'wasm'; threadCount: number; refusal: GpuRefusal };
