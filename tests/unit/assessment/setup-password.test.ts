import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askPassword, passwordAsker, setupPasswordSource } from '#electron/cli/setup-password.ts';
import type { PasswordInput } from '#electron/cli/setup-password.ts';

function keyboard(chunks: readonly string[], isTTY: boolean) {
  const modes: boolean[] = [];
  const shown: string[] = [];
  const input: PasswordInput = {
    isTTY,
    setRawMode: (on) => modes.push(on),
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    },
  };
  const output = { write: (text: string) => shown.push(text) > 0 };
  return { modes, shown, ask: async () => await askPassword('Password: ', input, output) };
}

describe('A password for one visit', () => {
  it('is typed without being shown', async () => {
    const typed = keyboard(['se', 'crex', '\u007F', 'tü💥\r', 'more'], true);
    expect(await typed.ask()).toBe('secretü💥');
    expect(typed.shown).toEqual(['Password: ', '\n']);
    expect(typed.modes).toEqual([true, false]);
  });

  it('is the first line of what is piped in, with nothing asked', async () => {
    const piped = keyboard(['two words\nnot this\n'], false);
    expect(await piped.ask()).toBe('two words');
    expect(piped.shown).toEqual([]);
  });

  it('is one a line where several are asked for, however the lines came', async () => {
    for (const chunks of [['one\r\ntwo\nthr'], ['one\n', 'two\n', 'thr'], ['o', 'ne\ntw', 'o\nthr']]) {
      const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
      const ask = passwordAsker(input, { write: () => true });
      expect([await ask('1'), await ask('2'), await ask('3'), await ask('4')]).toEqual([
        'one',
        'two',
        'thr',
        undefined,
      ]);
    }
  });

  it('leaves the input open for the question that comes after it', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const ask = passwordAsker(input, { write: () => true });
    input.write('secret\r');
    expect(await ask('Password: ')).toBe('secret');
    expect(input.destroyed).toBe(false);
  });

  it('is taken from the environment, and out of it, before anything is started', async () => {
    const environment: Record<string, string | undefined> = { MORTISE_SETUP_PASSWORD: 'From a script', PATH: '/bin' };
    const asked = setupPasswordSource(environment, async () => await Promise.resolve('typed'));
    expect(environment).toEqual({ PATH: '/bin' });
    expect(await asked('?')).toBe('From a script');
  });

  it('is asked for where the environment has none', async () => {
    for (const environment of [{}, { MORTISE_SETUP_PASSWORD: '' }]) {
      const asked = setupPasswordSource(environment, async (question) => await Promise.resolve(`typed at ${question}`));
      expect(await asked('?')).toBe('typed at ?');
    }
  });

  it.each([
    ['nothing is typed', ['\r'], true],
    ['Ctrl-C is typed', ['abc\u0003'], true],
    ['nothing is piped in', [], false],
  ])('is none where %s', async (_what, chunks, isTTY) => {
    expect(await keyboard(chunks, isTTY).ask()).toBeUndefined();
  });
});
