// The command `npm run generate`: a prompt or a film's document in, an MP4 file out.
// It makes the film in the site's own page, in a headless browser, so there is one engine and not two.
import { openAsBlob } from 'node:fs';

import { throwIfCancelled } from '../core/cancel.ts';
import { StudioError } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { DeviceKind } from '../core/device.ts';
import { filmSeconds } from '../core/film.ts';
import type { Film } from '../core/film.ts';
import { readFilmJson } from '../core/film-tags.ts';
import { parseFilm } from '../core/parse-film.ts';
import { clipFileName } from '../core/file-name.ts';
import { errorMessage } from '../ui/messages.ts';
import { parseArguments } from './arguments.ts';
import type { GenerateCommand } from './arguments.ts';
import { BrowserMissingError, ensureBrowser } from './browser.ts';
import { fileProblem, openOutFile } from './out-file.ts';
import type { OutFile } from './out-file.ts';
import { reportProgress } from './progress-bar.ts';
import { buildSite, packsFolderSetting, serveSite } from './site.ts';
import { openStudioPage } from './studio-page.ts';
import type { PageRequest, StudioPage } from './studio-page.ts';
import * as text from './text.ts';
import { UsageError } from './usage-error.ts';

const EXIT = { done: 0, failed: 1, input: 2, noBrowser: 3, cancelled: 130 } as const;

/** The loader passes a signal on that came to us as well, so one Ctrl+C may arrive twice. */
const SAME_SIGNAL_MS = 500;

const INPUT_CODES: ReadonlySet<ErrorCode> = new Set([
  'request-invalid',
  'film-version',
  'conditioning-missing',
  'prompt-empty',
  'prompt-too-long',
  'size-unavailable',
]);

process.exitCode = await run(process.argv.slice(2));

async function run(argv: readonly string[]): Promise<number> {
  try {
    const command = parseArguments(argv);
    if (command.kind === 'help') {
      process.stdout.write(`${text.HELP}\n`);
    } else {
      const facts = await generate(command, signalOfPerson());
      process.stdout.write(`${command.json ? JSON.stringify(facts) : facts.file}\n`);
      if (facts.isStopped) return EXIT.cancelled;
    }
    return EXIT.done;
  } catch (thrown) {
    const { line, exitCode } = verdictOn(thrown);
    log(line);
    return exitCode;
  }
}

/** What `--json` tells about a film. */
interface FilmFacts {
  file: string;
  film: Film;
  /** Whether it was stopped before its planned end. */
  isStopped: boolean;
  codec: string;
  widthPx: number;
  heightPx: number;
  frameCount: number;
  framesPerSecond: number;
  byteLength: number;
  device: DeviceKind | undefined;
  seconds: number;
}

async function generate(command: GenerateCommand, signal: AbortSignal): Promise<FilmFacts> {
  const json = await filmJsonOf(command);
  const early = checkedEarly(json);
  const packsFolder = packsFolderSetting();
  const out = await openOutFile(command.outPath, clipFileName(early));
  const executablePath = await ensureBrowser(log, signal);
  const siteFolder = await buildSite(log, signal);
  const site = await serveSite({ siteFolder, packsFolder });
  try {
    const page = await openStudioPage({ executablePath, url: site.url, device: command.device });
    try {
      throwIfCancelled(signal);
      const request = { film: json, storesFilm: command.storesFilm, filePath: out.partPath };
      return await generateInto(out, { page, request }, signal);
    } finally {
      await page.close();
    }
  } finally {
    await Promise.all([site.close(), out.discard()]);
  }
}

async function generateInto(
  out: OutFile,
  { page, request }: { page: StudioPage; request: PageRequest },
  signal: AbortSignal,
): Promise<FilmFacts> {
  const progress = reportProgress(process.stderr);
  const startMs = performance.now();
  try {
    const result = await page.generate(request, signal, (event) => progress.show(event));
    progress.stop();
    if (!result.ok) throw new StudioError(result.failure);
    if (signal.aborted) log(text.stoppedAfter(filmSeconds(result.film)));
    const { byteLength, file } = await out.keep();
    const notices = progress.state().notices;
    return {
      file,
      film: result.film,
      isStopped: signal.aborted,
      codec: result.codec,
      widthPx: result.format.widthPx,
      heightPx: result.format.heightPx,
      frameCount: result.format.frameCount,
      framesPerSecond: result.format.framesPerSecond,
      byteLength,
      device: notices.findLast((notice) => notice.code === 'device')?.facts.kind,
      seconds: Math.round(performance.now() - startMs) / 1000,
    };
  } finally {
    progress.stop();
  }
}

/** The film as typed and saved; what the pack offers fills it in later, in the page. */
async function filmJsonOf({ fields, fromPath }: GenerateCommand): Promise<Record<string, unknown>> {
  if (fromPath === undefined) return fields;
  const unusable = (reason: string) => new UsageError(text.filmFileUnusable(fromPath, reason));
  let saved: unknown;
  try {
    const file = await openAsBlob(fromPath);
    const isMp4 = fromPath.toLowerCase().endsWith('.mp4');
    const json = isMp4 ? await readFilmJson(file) : await file.text();
    if (json === undefined) throw unusable(text.NO_FILM_INSIDE);
    saved = JSON.parse(json);
  } catch (thrown) {
    throw thrown instanceof UsageError ? thrown : unusable(fileProblem(thrown));
  }
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) {
    throw unusable(text.NOT_AN_OBJECT);
  }
  return { ...saved, ...fields };
}

/** Checks all of a film that does not depend on the pack, so that a slip costs no browser. */
function checkedEarly(json: Record<string, unknown>): Film {
  const side = (name: string) => (typeof json[name] === 'number' ? json[name] : 1);
  return parseFilm(json, {
    stepCount: 1,
    guidance: 2,
    canGuide: true,
    sizes: [{ widthPx: side('widthPx'), heightPx: side('heightPx') }],
    grid: { framesPerSecond: 1, pictureCount: 1, latentFrameCount: 3, contextLatentFrameCount: 1 },
    conditioning: ['start-frame', 'end-frame', 'continuation'],
    takesPictures: true,
  });
}

/** Aborted by Ctrl+C or a request to end; a second one ends the command at once. */
function signalOfPerson(): AbortSignal {
  const controller = new AbortController();
  let firstAtMs = 0;
  const cancel = () => {
    if (!controller.signal.aborted) {
      firstAtMs = performance.now();
      log(text.CANCELLING);
      controller.abort();
    } else if (performance.now() - firstAtMs > SAME_SIGNAL_MS) {
      process.exit(EXIT.cancelled);
    }
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  return controller.signal;
}

function verdictOn(thrown: unknown): { line: string; exitCode: number } {
  if (thrown instanceof UsageError) {
    return { line: `${thrown.message}\n${text.SEE_HELP}`, exitCode: EXIT.input };
  }
  if (thrown instanceof BrowserMissingError)
    return { line: thrown.message, exitCode: EXIT.noBrowser };
  if (!(thrown instanceof StudioError)) {
    return {
      line: thrown instanceof Error ? thrown.message : String(thrown),
      exitCode: EXIT.failed,
    };
  }
  if (thrown.code === 'cancelled') return { line: text.CANCELLED, exitCode: EXIT.cancelled };
  const { title, action } = errorMessage(thrown.failure);
  const exitCode = INPUT_CODES.has(thrown.code) ? EXIT.input : EXIT.failed;
  return { line: `${title}\n${action}`, exitCode };
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
