import { spawn } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A window that ends this soon, and not by its own decision, never came up. */
const cameUpAfter = 5000;
/** The code with which the window refuses to open and has said why. */
const refusedExitCode = 2;

export type Ended =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'never-came-up'; readonly why: string };

const stay = () => undefined;

/** Runs a program to its end. Ctrl+C reaches it from the terminal by itself; a TERM is handed on. */
async function run(command: string, args: readonly string[], root: string, stdio: StdioOptions) {
  const child = spawn(command, args, { cwd: root, stdio });
  const handOn = () => child.kill('SIGTERM');
  process.on('SIGTERM', handOn);
  process.on('SIGINT', stay);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return { code, signal };
  } finally {
    process.off('SIGTERM', handOn);
    process.off('SIGINT', stay);
  }
}

export interface WindowLaunch {
  readonly root: string;
  readonly executable: string;
  readonly wayland: boolean;
  /** Root on Linux: Chromium refuses its sandbox there. */
  readonly asRoot: boolean;
  readonly args: readonly string[];
}

/** Opens the window and waits until it is closed. */
export async function launchWindow({ root, executable, wayland, asRoot, args }: WindowLaunch): Promise<Ended> {
  const switches = [...(asRoot ? ['--no-sandbox'] : []), ...(wayland ? ['--ozone-platform=wayland'] : [])];
  const began = performance.now();
  try {
    const { code, signal } = await run(executable, [...switches, root, ...args], root, 'inherit');
    const early = performance.now() - began < cameUpAfter;
    if (early && code !== 0 && code !== refusedExitCode && signal !== 'SIGTERM' && signal !== 'SIGINT') {
      return { how: 'never-came-up', why: `Electron ended at once (${signal ?? `code ${code}`})` };
    }
    return { how: 'exit', code: code ?? 1 };
  } catch {
    return { how: 'never-came-up', why: `Electron could not be started (${executable})` };
  }
}

/** Runs the preview host until Ctrl+C. */
export async function launchPreview(root: string, args: readonly string[]): Promise<number> {
  const host = path.join(root, 'electron/preview/preview.ts');
  const { code } = await run(process.execPath, [host, ...args], root, 'inherit');
  return code ?? 1;
}
