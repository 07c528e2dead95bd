import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { commandConsumer } from '#electron/consumers/command-consumer.ts';
import { causeOf, codeOf, hostilePasswords, valueOf } from './consumer-contract.ts';

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-command-'));
});
afterAll(() => rm(folder, { recursive: true }));

const canary = 'Kanarie-1';

/** A vendor's tool in a few lines of Node, which keeps its input, arguments and environment in a file beside it. */
async function tool(body: string) {
  count += 1;
  const path = join(folder, `tool-${count}.cjs`);
  const seen = `${path}.seen`;
  const text = `#!${process.execPath}
const fs = require('node:fs');
const input = fs.readFileSync(0, 'utf8');
fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ input, argv: process.argv.slice(2), env: process.env }));
${body}
`;
  await writeFile(path, text, { mode: 0o755 });
  return {
    path,
    seen: async () => JSON.parse(await readFile(seen, 'utf8')) as { input: string; argv: string[]; env: object },
  };
}

const consumerFor = (program: string, speaks: 'json' | 'line', seconds = 20) =>
  commandConsumer({ id: 'tool', program, arguments: ['--set', 'a b'], speaks, seconds, login: 'acs_service' });

const echo = 'const { nonce } = JSON.parse(input); process.stdout.write(JSON.stringify({ nonce }) + "\\n");';

describe.skipIf(process.platform === 'win32')("a vendor's own tool", () => {
  it('is given the password on its standard input only, and has to repeat the nonce', async () => {
    const { path, seen } = await tool(echo);
    valueOf(await consumerFor(path, 'json').write(new Secret(canary), null));
    const { input, argv, env } = await seen();
    expect(JSON.parse(input)).toEqual({
      login: 'acs_service',
      password: canary,
      nonce: expect.stringMatching(/^\w{32}$/),
    });
    expect(argv).toEqual(['--set', 'a b']);
    expect(JSON.stringify(env)).not.toContain(canary);
    expect(Object.keys(env)).not.toContain('VITEST');
  });

  it('is given a line where it knows no more than that', async () => {
    const { path, seen } = await tool('');
    valueOf(await consumerFor(path, 'line').write(new Secret(`"a' $b`), null));
    expect((await seen()).input).toBe(`"a' $b\n`);
  });

  it('reads any password back from JSON as it was', async () => {
    const { path, seen } = await tool(echo);
    for (const text of hostilePasswords.slice(20, 32)) {
      valueOf(await consumerFor(path, 'json').write(new Secret(text), null));
      expect((JSON.parse((await seen()).input) as { password: string }).password).toBe(text);
    }
  });

  it.each([
    ['says nothing', ''],
    ['answers another nonce', 'process.stdout.write(\'{"nonce":"x"}\');'],
    ['answers no JSON', 'process.stdout.write("done " + input);'],
  ])('has failed where it ends well but %s', async (_what, body) => {
    const { path } = await tool(body);
    const result = await consumerFor(path, 'json').write(new Secret(canary), null);
    expect(codeOf(result)).toBe('consumer-command-failed');
    expect(causeOf(result)).toContain('without an answer');
    expect(JSON.stringify(result)).not.toContain(canary);
  });

  it('has failed where it ends with a code, whatever it answers and repeats', async () => {
    const { path } = await tool(`${echo} process.stderr.write(input); process.exitCode = 3;`);
    const result = await consumerFor(path, 'json').write(new Secret(canary), null);
    expect(codeOf(result)).toBe('consumer-command-failed');
    expect(causeOf(result)).toContain('code 3');
    expect(JSON.stringify(result)).not.toContain(canary);
  });

  it('is ended where it hangs', async () => {
    const { path, seen } = await tool('setInterval(() => undefined, 1000);');
    const result = await consumerFor(path, 'line', 1).write(new Secret(canary), null);
    expect(causeOf(result)).toContain('longer than 1 s');
    expect((await seen()).input).toContain(canary);
  });

  it('is not run where others can write it, where it is missing, or where its path is no whole one', async () => {
    const { path, seen } = await tool(echo);
    await chmod(path, 0o777);
    for (const result of [
      await consumerFor(path, 'json').read(),
      await consumerFor(path, 'json').preview(),
      await consumerFor(path, 'json').write(new Secret(canary), null),
    ])
      expect(codeOf(result)).toBe('file-unsafe');
    await expect(seen()).rejects.toMatchObject({ code: 'ENOENT' });
    expect(codeOf(await consumerFor(join(folder, 'none'), 'json').write(new Secret('x'), null))).toBe(
      'file-unreadable',
    );
    expect(codeOf(await consumerFor('tool', 'json').read())).toBe('consumer-unreadable');
  });

  it('holds nothing that can be read back, and shows how it is run', async () => {
    const { path } = await tool(echo);
    expect(valueOf(await consumerFor(path, 'json').read()).secret).toBeNull();
    expect(valueOf(await consumerFor(path, 'json').preview())).toContain(
      '"--set","a b"] reads [secret] in a line of JSON',
    );
  });

  it.each(['a\nb', 'a\r', '\0', '\u2028', '\ud800'])('is not given %j as a line', async (text) => {
    const { path, seen } = await tool('');
    const consumer = consumerFor(path, 'line');
    expect(codeOf((await consumer.accepts?.(new Secret(text))) ?? { ok: true, value: undefined })).toBe(
      'consumer-command-failed',
    );
    expect(causeOf(await consumer.write(new Secret(text), null))).toContain('ends a line');
    await expect(seen()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
