// MP4 bytes from a browser test to what ffprobe, on the machine that runs the tests, says about them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserCommand } from 'vitest/node';
import { ensureFfprobe } from '../ensure-ffprobe.ts';

/** The parts of ffprobe's JSON that tests read; ffprobe writes most numbers as text. */
export interface Probe {
  streams: {
    codec_name: string;
    profile: string;
    width: number;
    height: number;
    pix_fmt: string;
    color_range: string;
    color_space: string;
    color_transfer: string;
    color_primaries: string;
    avg_frame_rate: string;
    duration: string;
    nb_read_frames: string;
  }[];
  packets: { pts_time: string; duration_time: string; flags: string }[];
  format: { duration: string; format_name: string };
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    probe: (mp4: number[]) => Promise<Probe>;
  }
}

const ARGUMENTS = '-v error -of json -count_frames -show_format -show_streams -show_packets'.split(
  ' ',
);

/** Decodes every frame of a file with ffprobe. */
export const probe: BrowserCommand<[mp4: number[]]> = async (_context, mp4): Promise<Probe> => {
  const folder = await mkdtemp(join(tmpdir(), 'probe-'));
  try {
    const file = join(folder, 'film.mp4');
    await writeFile(file, Uint8Array.from(mp4));
    const { stdout, stderr } = await promisify(execFile)(ensureFfprobe(), [...ARGUMENTS, file]);
    if (stderr !== '') throw new Error(`ffprobe complains: ${stderr}`);
    return JSON.parse(stdout) as Probe;
  } finally {
    await rm(folder, { recursive: true });
  }
};
