import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { terminalPerson } from '#electron/cli/terminal-person.ts';
import { codeOf, valueOf } from './consumer-contract.ts';

const task = {
  place: 'Setup',
  instructions: 'Enter it twice.',
  login: 'acs_service',
  secret: new Secret('Kanarie-1'),
};

/** A terminal whose person answers each question in turn. */
function terminal(answers: readonly string[], isTTY = true) {
  const left = [...answers];
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  let shown = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (text.includes('[yes/No]')) {
      const answer = left.shift();
      if (answer !== undefined) input.write(`${answer}\n`);
    }
  });
  return { input, output, shown: () => shown };
}

describe('a person at a terminal', () => {
  it('is shown the password when they ask for it, which is wiped once it is entered', async () => {
    const { shown, ...ends } = terminal(['yes', 'yes']);
    expect(valueOf(await terminalPerson(ends).handOver(task))).toBe('done');
    expect(shown()).toContain('Kanarie-1\n');
    expect(shown().endsWith('\u001B[1A\u001B[2K\u001B[1A\u001B[2K')).toBe(true);
  });

  it('is shown nothing where they do not ask for it, and has then cancelled', async () => {
    const { shown, ...ends } = terminal(['no']);
    expect(valueOf(await terminalPerson(ends).handOver(task))).toBe('cancelled');
    expect(shown()).not.toContain('Kanarie');
  });

  it('has cancelled where they say that it is not entered', async () => {
    const { shown: _shown, ...ends } = terminal(['yes', 'no']);
    expect(valueOf(await terminalPerson(ends).handOver(task))).toBe('cancelled');
  });

  it('is nobody where either end is a pipe or a file', async () => {
    const { shown, ...ends } = terminal(['yes', 'yes'], false);
    expect(codeOf(await terminalPerson(ends).handOver(task))).toBe('not-allowed');
    expect(shown()).toBe('');
  });
});
