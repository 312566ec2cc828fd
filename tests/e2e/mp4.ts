// What ffprobe and ffmpeg say about a file: facts, and the pixels of its frames.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { PNG } from 'pngjs';
import { ensureFfprobe } from '../ensure-ffprobe.ts';

export interface Mp4Facts {
  codec: string;
  widthPx: number;
  heightPx: number;
  frameCount: number;
  durationSeconds: number;
}

/** What ffprobe prints of a stream; counts and times are text there. */
interface ProbedStream {
  codec_name: string;
  width: number;
  height: number;
  nb_read_frames: string;
  duration: string;
}

/** Decodes a file to its end and gives its facts. */
export function probeMp4(path: string): Mp4Facts {
  const entries = 'stream=codec_name,width,height,nb_read_frames,duration';
  const args = ['-v', 'error', '-count_frames', '-show_entries', entries, '-of', 'json', path];
  const json = execFileSync(ensureFfprobe(), args, { encoding: 'utf8' });
  const { streams } = JSON.parse(json) as { streams: ProbedStream[] };
  const stream = streams[0]!;
  return {
    codec: stream.codec_name,
    widthPx: stream.width,
    heightPx: stream.height,
    frameCount: Number(stream.nb_read_frames),
    durationSeconds: Number(stream.duration),
  };
}

/** The times at which the frames of a file are shown, in seconds. */
export function frameSeconds(path: string): number[] {
  const args = ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path];
  const lines = execFileSync(ensureFfprobe(), args, { encoding: 'utf8' }).trim().split('\n');
  return lines.map(Number);
}

/** The brightness of all frames of a file, full range: [frames, rows, columns]. */
export function decodeLuma(path: string): Buffer {
  const args = ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  return execFileSync(ffmpeg.path, args, { maxBuffer: 2 ** 28 });
}

/** The brightness (BT.709) of the frames of a golden strip: [frames, rows, columns]. */
export function readStripLuma(path: string): Buffer {
  const { data } = PNG.sync.read(readFileSync(path));
  return Buffer.from(
    Array.from({ length: data.length / 4 }, (_, pixel) => {
      const [red, green, blue] = data.subarray(pixel * 4, pixel * 4 + 3);
      return Math.round(0.2126 * red! + 0.7152 * green! + 0.0722 * blue!);
    }),
  );
}

/** Peak signal-to-noise ratio in dB. */
export function psnr(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) throw new Error(`${a.length} bytes against ${b.length}`);
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
