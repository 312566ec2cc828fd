// The path of an ffprobe that can be run: the npm package ships the binary without its executable
// bit and sets it in an install script, which .npmrc turns off.
import { chmodSync } from 'node:fs';
import ffprobe from '@ffprobe-installer/ffprobe';

/** Makes the packaged ffprobe executable and returns its path. */
export function ensureFfprobe(): string {
  chmodSync(ffprobe.path, 0o755);
  return ffprobe.path;
}
