import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askOnTerminal } from '#electron/cli/terminal.ts';

/** A terminal on which this is typed. */
function typed(text: string): PassThrough & { isTTY: boolean } {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  terminal.end(text);
  return terminal;
}

const ask = async (text: string) => await askOnTerminal('Apply?', typed(text), new PassThrough());
const ctrlC = '\u0003';

describe('A question on the terminal', () => {
  it.each(['yes\n', 'YES\n', ' yes \n'])('takes %j as yes', async (text) => {
    expect(await ask(text)).toBe(true);
  });

  it.each(['\n', 'y\n', 'no\n', 'yes!\n'])('takes %j as no', async (text) => {
    expect(await ask(text)).toBe(false);
  });

  it('takes the end of the input as no', async () => {
    expect(await ask('')).toBe(false);
  });

  it('takes Ctrl-C as no, not as a defect', async () => {
    const screen = Object.assign(new PassThrough(), { isTTY: true });
    const keyboard = Object.assign(new PassThrough(), { isTTY: true });
    const answer = askOnTerminal('Apply?', keyboard, screen);
    keyboard.write(ctrlC);
    expect(await answer).toBe(false);
  });

  it('is answered with no where there is no terminal', async () => {
    expect(await askOnTerminal('Apply?', new PassThrough(), new PassThrough())).toBe(false);
  });
});
