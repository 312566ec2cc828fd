// Every sentence of the command line itself. What can happen to a film is told by ui/messages.ts.
import { MAX_FILM_SECONDS, MAX_GUIDANCE, MAX_SEED, MAX_STEP_COUNT } from '../core/film.ts';

export const HELP = `Makes a film from a sentence or from a film's document, on this machine.

  npm run generate -- "a panda dances in the snow"
  npm run generate -- "a panda dances in the snow" --seconds 5 --seed 7 --out panda.mp4
  npm run generate -- --from film.json --seed 8

Options
  --seconds N       length (up to ${MAX_FILM_SECONDS}), or endless: until Ctrl+C; default: one window of the model
  --camera WORDS    what the camera does, for instance "the camera zooms in"
  --loop            end on the first picture
  --seed N          another number, another film; the same number, the same film (0 to ${MAX_SEED}; default 0)
  --steps N         denoising steps (1 to ${MAX_STEP_COUNT}); more are slower and finer
  --guidance N      how hard to push toward the prompt (0 to ${MAX_GUIDANCE}); 1 does not push
  --negative WORDS  what to keep away from
  --size WxH        picture size in pixels, one that the model offers
  --device KIND     auto, webgpu or wasm; auto takes WebGPU where there is a graphics card
  --out FILE        where the MP4 goes, replacing what is there;
                    default: a new file in this folder, named after prompt and seed
  --from FILE       a film's document, or an MP4 that holds one; the options above override its fields
  --store-film      write the film's document, prompts included, into the MP4
  --json            print one line of JSON about the film instead of the file's path
  -h, --help        this text

The path of the film goes to standard output, all else to standard error.
Ctrl+C stops the film and keeps what there is of it; a second one ends the command at once.
Exit codes: 0 done, 1 failed, 2 input not usable, 3 no browser, 130 stopped.

Environment
  ZOETROPE_BROWSER  path of the Chrome, Chromium or Edge to use
  ZOETROPE_PACKS    folder with catalogue.json: use other model packs`;

/** What should follow an option. */
export const EXPECTED = {
  seconds: `a number of seconds up to ${MAX_FILM_SECONDS}, or endless`,
  camera: 'words for the camera, for instance "the camera zooms in"',
  seed: `a whole number from 0 to ${MAX_SEED}`,
  steps: `a whole number from 1 to ${MAX_STEP_COUNT}`,
  guidance: `a number from 0 to ${MAX_GUIDANCE}`,
  negative: 'words to keep away from, for instance "rain"',
  size: 'width x height in pixels, for instance 256x256',
  device: 'auto, webgpu or wasm',
  out: 'a file name, for instance film.mp4',
  from: "the name of a film's document, for instance film.json",
} as const;

export const SEE_HELP = 'Add --help to see every option.';

/** A value that an option cannot take. */
export function badValue(flag: string, value: string, expected: string): string {
  return `${flag} ${JSON.stringify(value)}: expected ${expected}.`;
}

/** An option at the end of the line, or with another option where its value should be. */
export function missingValue(flag: string, expected: string): string {
  return `${flag}: nothing follows; expected ${expected}.`;
}

/** A value given to an option that takes none. */
export function valueNotTaken(flag: string, value: string): string {
  return `${flag} ${JSON.stringify(value)}: expected ${flag} alone, without a value.`;
}

/** An option that does not exist. */
export function unknownFlag(flag: string, nearest: string | undefined): string {
  return `${flag}: there is no such option.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;
}

export const NO_PROMPT =
  'No prompt. Say what the film shows, in quotes: "a panda dances in the snow", or give a film\'s document with --from.';
export const PROMPT_AND_FROM =
  "A prompt and --from: expected one of them; a film's document brings its own prompts.";

/** More than one word group stands on the line, most likely because quotes are missing. */
export function tooManyPrompts(words: readonly string[]): string {
  return `${words.length} prompts: expected one. Put the whole sentence in quotes: "${words.join(' ')}"`;
}

/** The film's document cannot be used. */
export function filmFileUnusable(path: string, reason: string): string {
  return `--from ${path}: expected a film's document in JSON or an MP4 that holds one, but ${reason}.`;
}

/** The film could not be written there. */
export function outUnwritable(path: string, reason: string): string {
  return `--out ${path}: expected a file in a folder that can be written to, but ${reason}.`;
}

export const CANCELLED = 'Cancelled. Nothing was kept.';
export const CANCELLING = 'Stopping …';

/** The film was stopped, and this much of it is kept. */
export function stoppedAfter(seconds: number): string {
  return `Stopped. The first ${seconds.toFixed(1)} seconds are kept.`;
}

/** What the browser's page said when it did not become ready. */
export function pageNotReady(reasons: readonly string[]): string {
  const said = reasons.length === 0 ? '' : `\nThe page said: ${reasons.join('\n  ')}`;
  return `The page did not start in the browser. Run the command again; if it stays so, update the browser.${said}`;
}

export const PAGE_CRASHED =
  'The browser stopped in the middle of the work, most likely for lack of memory. Close other programs, or choose a smaller --size.';

/** The browser was found but did not start. */
export function browserNotStarted(path: string, reason: string): string {
  return `The browser ${path} did not start: ${reason}\n${POINT_TO_BROWSER}`;
}

/** The film was made but its file did not come out of the browser. */
export function downloadFailed(reason: string): string {
  return `The film was made, but the browser did not hand over the file: ${reason}`;
}

/** The site could not be built. */
export function buildFailed(output: string): string {
  return `The site could not be built. Run "npm ci" and try again. The build said:\n${output}`;
}

export const BUILDING = 'Building the site …';

/** The site has no rules for its headers. */
export function headersMissing(folder: string): string {
  return `${folder} has no _headers file. Build the site again with "npm run build".`;
}

/** A line of _headers that no host would understand. */
export function headerLineInvalid(lineNumber: number, line: string): string {
  return `_headers, line ${lineNumber}: expected a path or an indented "Name: value", found ${JSON.stringify(line)}`;
}

/** Where the site is and how to stop it. */
export function siteStarted(url: string): string {
  return `Zoetrope is at ${url}\nPress Ctrl+C to stop.`;
}

const POINT_TO_BROWSER =
  'Install Google Chrome, Chromium or Microsoft Edge, and set ZOETROPE_BROWSER to the path of its program if it is not found by itself, for instance\n  ZOETROPE_BROWSER=/usr/bin/chromium npm run generate -- "a panda dances in the snow"';

/** ZOETROPE_BROWSER names a file that is not a browser. */
export function browserSettingWrong(path: string, reason: string): string {
  return `ZOETROPE_BROWSER is ${JSON.stringify(path)}, but ${reason}. Set it to the path of Chrome, Chromium or Edge, or unset it.`;
}

/** No browser is here and none could be installed. */
export function noBrowser(tried: readonly string[]): string {
  const attempts = tried.length === 0 ? '' : `\nTried: ${tried.join('; ')}.`;
  return `No browser was found, and none could be installed.${attempts}\n${POINT_TO_BROWSER}`;
}

/** About to run a command that installs a browser. */
export function installing(command: string): string {
  return `Installing a browser, as none was found: ${command}`;
}

/** A command that installs a browser did not. */
export function installFailed(reason: string): string {
  return `That did not work: ${reason}`;
}

/** One command that was tried, and how it ended. */
export function attempt(command: string, reason: string): string {
  return `${command} (${reason})`;
}

export const INSTALLED_BUT_BROKEN = 'installed, but the browser does not start';

/** A command was stopped because it had nothing to say for too long. */
export function silentFor(seconds: number): string {
  return `stopped after ${seconds} s without a sign of life`;
}

/** A command ended with an error. */
export function endedWith(code: number | string, lastLine: string | undefined): string {
  return `ended with ${code}${lastLine === undefined ? '' : `: ${lastLine}`}`;
}

export const NO_SUCH_FILE = 'there is no such file';
export const NOT_A_BROWSER = 'it is not Chrome, Chromium or Edge';

/** A program that is there but ends with an error. */
export function doesNotStart(reason: string): string {
  return `it does not start (${reason})`;
}

export const NOT_THERE = 'there is no such file or folder';

/** The code with which the system refused a file. */
export function systemSays(code: string): string {
  return `the system says ${code}`;
}

export const OUT_IS_FOLDER = 'this is a folder; add a file name';
export const NOT_AN_OBJECT = 'it holds something else';
export const NO_FILM_INSIDE = "there is no film's document in this MP4";

/** ZOETROPE_PACKS names a folder without packs. */
export function packsMissing(folder: string): string {
  return `ZOETROPE_PACKS is ${JSON.stringify(folder)}: expected a folder with catalogue.json.`;
}

export const PACK_USAGE = 'Usage: npm run pack -- SOURCE_FOLDER OUT_FOLDER [PACK_SOURCE_JSON]';

/** A pack was built. */
export function packBuilt(
  id: string,
  made: { shardCount: number; byteLength: number; outFolder: string },
): string {
  return `${id}: ${made.shardCount} shards, ${made.byteLength} bytes, in ${made.outFolder}`;
}
