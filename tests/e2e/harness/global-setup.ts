import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { build } from '../../../build/start/built.ts';
import { findDisplay } from '../../../build/start/display.ts';
import { root } from './root.ts';

/** A display of our own where there is none: Xvfb chooses a free number and tells it. */
async function startDisplay(): Promise<() => void> {
  const present = await findDisplay(process.platform, process.env);
  if (present.present) return () => undefined;
  const server = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', () => reject(new Error('These tests need a display, or Xvfb to make one.')));
    (server.stdio[3] as Readable).once('data', (line: Buffer) => resolve(line.toString('utf8').trim()));
  });
  process.env['DISPLAY'] = `:${number}`;
  return () => server.kill();
}

/** Builds what is tested, once, and sees to a display. */
export async function setup(): Promise<() => void> {
  if (!(await build(root))) throw new Error('The build failed, so there is nothing to test.');
  return await startDisplay();
}
