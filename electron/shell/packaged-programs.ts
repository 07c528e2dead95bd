import path from 'node:path';
import type { ProgramLauncher } from '#electron/server/composition.ts';

/**
 * How a packaged app starts the training site's programs: with the Node of the command line beside it. The app itself
 * cannot run as Node (that fuse is off), and a process of Electron's own would end with the window.
 */
export function packagedPrograms(executable: string): {
  readonly site: ProgramLauncher;
  readonly service: ProgramLauncher;
} {
  const folder = path.join(path.dirname(executable), 'cli');
  const command = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  const program = (entry: string): ProgramLauncher => ({ command, args: [path.join(folder, 'main', entry)], env: {} });
  return { site: program('site-process.js'), service: program('service-process.js') };
}
