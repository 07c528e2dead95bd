import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { isAlive, newFolder, until } from './practice-site.ts';

const program = join(import.meta.dirname, '../../../electron/training/alone.ts');

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  return { child, said };
}

describe('npm run training', () => {
  it('says how to connect, runs until it is interrupted, and takes the site with it', async () => {
    const folder = await newFolder();
    const { child, said } = run('--folder', folder, '--controllers', '30');
    await until(() => said.text.includes('Ctrl-C'));
    for (const { login, password } of practiceLogins) expect(said.text).toContain(`${login.padEnd(12)} ${password}`);
    expect(said.text).toContain(join(folder, 'ca.pem'));
    const site = JSON.parse(await readFile(join(folder, 'site-folder.json'), 'utf8')) as {
      processId: number;
      port: number;
    };
    expect(said.text).toContain(String(site.port));
    expect(isAlive(site.processId)).toBe(true);

    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await until(() => !isAlive(site.processId));
    await rm(folder, { recursive: true });
  });

  it.each([
    [['--port', 'abc'], '--port takes a number'],
    [['--controllers', '0'], '--controllers takes a number'],
    [['--nonsense'], '--nonsense'],
  ])('refuses %j with what it takes', async (args, sentence) => {
    const { child, said } = run(...args);
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said.text).toContain(sentence);
    expect(said.text).toContain('npm run training --');
  });
});
