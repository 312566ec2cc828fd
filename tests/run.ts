// Runs every check and every suite, and counts: a static check is one, a test is one. A failure does
// not stop the rest, so the last line is always the whole count. The checks are those of
// `npm run check` in package.json, read from there so that the two cannot drift apart.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { ensureBrowser } from '../src/cli/browser.ts';
import { ensureFfprobe } from './ensure-ffprobe.ts';
import { ensurePython } from './ensure-python.ts';

interface SuiteCount {
  readonly name: string;
  readonly passedCount: number;
  readonly failedCount: number;
  readonly skippedCount: number;
}

/** The parts of Vitest's and Playwright's JSON reports that are read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}
interface PlaywrightReport {
  readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const RESULTS = 'test-results';

/** Has what the models need once the setup is checked. */
let python = 'python3';

function runCommand(command: string): Promise<boolean> {
  console.log(`\n> ${command}`);
  const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
  return new Promise((done) => {
    const child = spawn(command, {
      shell: true,
      stdio: 'inherit',
      env: { ...process.env, PATH: path },
    });
    child.on('error', () => done(false));
    child.on('close', (exitCode) => done(exitCode === 0));
  });
}

async function checkSetup(): Promise<SuiteCount> {
  try {
    process.env.ZOETROPE_BROWSER = await ensureBrowser(console.log);
    ensureFfprobe();
    python = ensurePython();
    return { name: 'setup', passedCount: 1, failedCount: 0, skippedCount: 0 };
  } catch (error) {
    console.error(error);
    return { name: 'setup', passedCount: 0, failedCount: 1, skippedCount: 0 };
  }
}

async function runStaticChecks(): Promise<SuiteCount[]> {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { check: string };
  };
  const ofNode = manifest.scripts.check.split(' && ').filter((it) => !it.startsWith('vitest'));
  const ofPython = ['ruff check', 'ruff format --check'].map(
    (check) => `"${python}" -m ${check} --config models/ruff.toml models tests/models`,
  );
  const counts: SuiteCount[] = [];
  for (const command of [...ofNode, ...ofPython]) {
    const passed = await runCommand(command);
    console.log(`${passed ? 'ok' : 'NOT OK'}  ${command}`);
    counts.push({
      name: command.replace(`"${python}" -m `, '').replace(/ --config .*/, ''),
      passedCount: passed ? 1 : 0,
      failedCount: passed ? 0 : 1,
      skippedCount: 0,
    });
  }
  return counts;
}

/** Runs one suite; a crash, a missing report and an empty suite each count as a failure. */
async function runSuite(
  name: string,
  command: string,
  count: (report: string) => Omit<SuiteCount, 'name'>,
  reportPath = `${RESULTS}/${name}.json`,
): Promise<SuiteCount> {
  rmSync(reportPath, { force: true });
  const passed = await runCommand(command);
  const counted = existsSync(reportPath)
    ? count(readFileSync(reportPath, 'utf8'))
    : { passedCount: 0, failedCount: 0, skippedCount: 0 };
  const ranNothing = counted.passedCount + counted.failedCount === 0;
  if (ranNothing) console.error(`${name} ran no test.`);
  const failedCount = Math.max(counted.failedCount, ranNothing || !passed ? 1 : 0);
  return { name, ...counted, failedCount };
}

function countVitest(report: VitestReport): Omit<SuiteCount, 'name'> {
  // A file that cannot be loaded has no test that could fail.
  const unloadedFileCount = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passedCount: report.numPassedTests,
    failedCount: report.numFailedTests + unloadedFileCount,
    skippedCount: report.numPendingTests + report.numTodoTests,
  };
}

function runVitest(project: string): Promise<SuiteCount> {
  const reporters = `--reporter=default --reporter=json --outputFile.json=${RESULTS}/${project}.json`;
  return runSuite(project, `vitest run --project ${project} ${reporters}`, (report) =>
    countVitest(JSON.parse(report) as VitestReport),
  );
}

function runPlaywright(): Promise<SuiteCount> {
  return runSuite('e2e', 'playwright test', (report) => {
    const { stats } = JSON.parse(report) as PlaywrightReport;
    return {
      passedCount: stats.expected,
      failedCount: stats.unexpected + stats.flaky,
      skippedCount: stats.skipped,
    };
  });
}

function runPytest(): Promise<SuiteCount> {
  const reportPath = `${RESULTS}/models.xml`;
  const command = `"${python}" -m pytest -c tests/models/pytest.ini tests/models --junit-xml=${reportPath}`;
  const count = (report: string) => {
    const total = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(report)?.[1] ?? 0);
    const failedCount = total('failures') + total('errors');
    const skippedCount = total('skipped');
    return { passedCount: total('tests') - failedCount - skippedCount, failedCount, skippedCount };
  };
  return runSuite('models', command, count, reportPath);
}

function printTable(counts: readonly SuiteCount[]): void {
  const nameWidth = Math.max(...counts.map(({ name }) => name.length));
  const row = (name: string, ...cells: (string | number)[]) =>
    [name.padEnd(nameWidth), ...cells.map((cell) => String(cell).padStart(8))].join('');
  console.log(`\n${row('suite', 'passed', 'failed', 'skipped')}`);
  for (const { name, passedCount, failedCount, skippedCount } of counts) {
    console.log(row(name, passedCount, failedCount, skippedCount));
  }
}

process.chdir(resolve(import.meta.dirname, '..'));
mkdirSync(RESULTS, { recursive: true });
const counts = [
  await checkSetup(),
  ...(await runStaticChecks()),
  await runPytest(),
  await runVitest('unit'),
  await runVitest('browser'),
  await runPlaywright(),
];
printTable(counts);

const total = (key: 'passedCount' | 'failedCount' | 'skippedCount') =>
  counts.reduce((sum, count) => sum + count[key], 0);
const skipped = total('skippedCount') > 0 ? `, ${total('skippedCount')} skipped` : '';
console.log(`\n${total('passedCount')} passed, ${total('failedCount')} failed${skipped}`);
process.exitCode = total('failedCount') > 0 ? 1 : 0;
