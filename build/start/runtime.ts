import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Milliseconds for the question whether the runtime can be downloaded. */
const askWithin = 3000;

export type Runtime =
  | { readonly found: true; readonly executable: string }
  | { readonly found: false; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;

const executableNames: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};
const executableName = executableNames[process.platform] ?? 'electron';

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The runtime in a folder that the environment names. */
function inNamedFolder(environment: Environment): Runtime | undefined {
  for (const name of ['MORTISE_TEST_ELECTRON', 'ELECTRON_OVERRIDE_DIST_PATH']) {
    const folder = environment[name];
    if (folder === undefined || folder === '') continue;
    const executable = path.join(folder, executableName);
    return existsSync(executable)
      ? { found: true, executable }
      : { found: false, why: `${name} names a folder without an Electron (${folder})` };
  }
  return undefined;
}

/** The runtime that the package has downloaded before, whole. The package itself is never loaded: that downloads it. */
function inPackage(folder: string, version: string): Runtime | undefined {
  const executable = path.join(folder, 'dist', executableName);
  const complete =
    textOf(path.join(folder, 'dist', 'version'))?.replace(/^v/, '') === version &&
    textOf(path.join(folder, 'path.txt')) === executableName &&
    existsSync(executable);
  return complete ? { found: true, executable } : undefined;
}

/** Where this version's files are published: a mirror that the environment names, else GitHub. */
export function checksumsAddress(version: string, environment: Environment): string {
  const mirror = environment['ELECTRON_MIRROR'] ?? environment['npm_config_electron_mirror'];
  return `${mirror ?? 'https://github.com/electron/electron/releases/download/'}v${version}/SHASUMS256.txt`;
}

/** Why the runtime cannot be downloaded, or undefined where it can. A name that does not resolve may hold for 10 s: hence the race. */
async function whyNotDownloadable(address: string): Promise<string | undefined> {
  const { host } = new URL(address);
  const tooLate = AbortSignal.timeout(askWithin);
  const late = once(tooLate, 'abort').then(() => `${host} did not answer within ${askWithin / 1000} s`);
  const asked = fetch(address, { method: 'HEAD', signal: tooLate }).then(
    (answer) => (answer.ok ? undefined : `${host} answered ${answer.status}`),
    () => `${host} cannot be reached`,
  );
  return Promise.race([late, asked]);
}

/**
 * Finds Electron's runtime, downloading it once where that can work.
 * @param say tells the person that a download begins, which takes a while.
 */
export async function findRuntime(
  root: string,
  environment: Environment,
  say: (line: string) => void,
): Promise<Runtime> {
  const folder = path.join(root, 'node_modules/electron');
  const manifest = textOf(path.join(folder, 'package.json'));
  const named = inNamedFolder(environment);
  if (named !== undefined) return named;
  if (manifest === undefined) return { found: false, why: 'the package electron is not installed (npm install)' };
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const present = inPackage(folder, version);
  if (present !== undefined) return present;

  const why = await whyNotDownloadable(checksumsAddress(version, environment));
  if (why !== undefined) return { found: false, why: `the runtime of Electron ${version} is not installed and ${why}` };
  say(`The runtime of Electron ${version} is downloaded, once (about 110 MB).`);
  const download = spawn(process.execPath, [path.join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(download, 'exit');
  return inPackage(folder, version) ?? { found: false, why: `the download of Electron ${version} failed` };
}
