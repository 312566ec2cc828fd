// A Python environment for the models' own tests, made once in node_modules and again when the
// list of packages changes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const ENVIRONMENT = 'node_modules/.cache/models-python';
const REQUIREMENTS = 'models/builtin/requirements.txt';
const OLDEST = [3, 11] as const;
const VERSION_OF = 'import sys; print(sys.version_info[0], sys.version_info[1])';

/**
 * The path of a Python that has everything the models need.
 * @throws Error when there is no Python 3.11 or newer, or a package cannot be installed
 */
export function ensurePython(): string {
  const binFolder = process.platform === 'win32' ? 'Scripts' : 'bin';
  const python = join(ENVIRONMENT, binFolder, 'python');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const stamp = join(ENVIRONMENT, 'requirements.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  run(findPython(), ['-m', 'venv', ENVIRONMENT]);
  console.log(`Installing the Python packages of ${REQUIREMENTS} into ${ENVIRONMENT} …`);
  run(python, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS]);
  writeFileSync(stamp, wanted);
  return python;
}

function findPython(): string {
  const seen: string[] = [];
  for (const command of ['python3', 'python']) {
    const { stdout, status } = spawnSync(command, ['-c', VERSION_OF], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1]) return command;
    seen.push(`${command} is ${major}.${minor}`);
  }
  throw new Error(
    `The models' tests need Python ${OLDEST.join('.')} or newer (${seen.join(', ') || 'none found'}).` +
      ' Install it, with its venv module, and run npm test again.',
  );
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`"${command} ${args.join(' ')}" failed: ${error?.message ?? `exit ${status}`}`);
  }
}
