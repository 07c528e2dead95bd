import { describe, expect, it } from 'vitest';
import { changesSite, readCommandLine } from '#electron/cli/arguments.ts';
import type { Command } from '#electron/cli/arguments.ts';
import { help } from '#electron/cli/help.ts';

const read = (text: string) => readCommandLine(text.split(' ').filter((word) => word !== ''));

/** The command, or the sentence of the refusal. */
function commandOf(text: string): Command | string {
  const answer = read(text);
  return answer.ok ? answer.line.command : answer.sentence;
}

const understood: readonly (readonly [string, Command, boolean])[] = [
  ['', { name: 'help' }, false],
  ['help', { name: 'help' }, false],
  ['--help', { name: 'help' }, false],
  ['-h', { name: 'help' }, false],
  ['lockdown --help', { name: 'help' }, false],
  ['status', { name: 'status' }, false],
  ['prepare', { name: 'prepare' }, true],
  ['remove', { name: 'remove' }, true],
  ['commissioning on', { name: 'commissioning', to: 'on' }, true],
  ['commissioning off', { name: 'commissioning', to: 'off' }, true],
  ['commissioning status', { name: 'commissioning', to: 'status' }, false],
  ['rotate acs_service', { name: 'rotate', login: 'acs_service', back: false }, true],
  ['rotate acs_service --back', { name: 'rotate', login: 'acs_service', back: true }, true],
  ['rotate --back acs_service', { name: 'rotate', login: 'acs_service', back: true }, true],
  ['secure-mode on', { name: 'secure-mode', to: 'on' }, true],
  ['secure-mode off', { name: 'secure-mode', to: 'off' }, true],
  ['secure-mode status', { name: 'secure-mode', to: 'status' }, false],
  ['lockdown', { name: 'lockdown' }, true],
  ['undo', { name: 'undo' }, true],
  ['stop', { name: 'stop' }, true],
  ['trail verify', { name: 'trail-verify' }, false],
];

const refused: readonly (readonly [string, string])[] = [
  ['unlock', 'There is no command "unlock".'],
  ['Status', 'There is no command "Status".'],
  ['status now', '"status" takes nothing after it, not "now".'],
  ['lockdown acs_service', '"lockdown" takes nothing after it, not "acs_service".'],
  ['undo 1', '"undo" takes nothing after it, not "1".'],
  ['commissioning', '"commissioning" wants on, off, rehearse, renew, adopt, status.'],
  ['commissioning ON', '"commissioning" wants on, off, rehearse, renew, adopt, status.'],
  ['secure-mode', '"secure-mode" wants on, off or status.'],
  ['secure-mode maybe', '"secure-mode" wants on, off or status.'],
  ['rotate', '"rotate" wants the login to rotate.'],
  ['rotate a b', '"b" is too much.'],
  ['rotate a b c', '"b c" is too much.'],
  ['trail', '"trail" wants verify.'],
  ['trail delete', '"trail" wants verify.'],
  ['status --port 0', '--port takes a number from 1 to 65535, not "0".'],
  ['status --port 65536', '--port takes a number from 1 to 65535, not "65536".'],
  ['status --port 14.5', '--port takes a number from 1 to 65535, not "14.5".'],
  ['status --port sql', '--port takes a number from 1 to 65535, not "sql".'],
  ['commissioning on --reason x', '--reason takes 3 to 400 characters, not 1.'],
  ['lockdown --engineer=', '--engineer takes 1 to 100 characters, not 0.'],
  ['secure-mode on --until 2026-11-21T22:00:00Z', '--until belongs to "commissioning on" alone.'],
  ['commissioning off --until 2026-11-21T22:00:00Z', '--until belongs to "commissioning on" alone.'],
  ['undo --back', '--back belongs to "rotate" alone.'],
  ['status --force', "Unknown option '--force'."],
  ['commissioning on --until tomorrow', '--until takes a time such as 2026-11-21T22:00:00Z, not "tomorrow".'],
];

describe('The command line', () => {
  it.each(understood)('understands "%s"', (text, command, changes) => {
    expect(commandOf(text)).toEqual(command);
    expect(changesSite(command)).toBe(changes);
  });

  it.each(refused)('does not understand "%s", and says why', (text, sentence) => {
    expect(commandOf(text)).toBe(sentence);
  });

  it.each(['--force', '--no-sandbox', '--inspect', '-x', '--json=yes', '--yes=no', '--reason', 'status --port'])(
    'refuses the option "%s"',
    (text) => {
      expect(commandOf(text)).toEqual(expect.stringMatching(/./));
    },
  );

  it('has nothing switched on that was not asked for', () => {
    expect(read('status')).toEqual({
      ok: true,
      line: {
        command: { name: 'status' },
        json: false,
        yes: false,
        reason: undefined,
        until: undefined,
        engineer: undefined,
        login: undefined,
        profile: undefined,
        stateFolder: undefined,
        port: undefined,
      },
    });
  });

  it('takes every option', () => {
    const given =
      'commissioning on --json -y --reason Handover --until 2026-11-21T22:00:00+01:00 --engineer Ines --login acs --profile a.json --state /s --port 14330';
    expect(read(given)).toMatchObject({
      ok: true,
      line: {
        json: true,
        yes: true,
        reason: 'Handover',
        until: '2026-11-21T21:00:00.000Z',
        engineer: 'Ines',
        login: 'acs',
        profile: 'a.json',
        stateFolder: '/s',
        port: 14330,
      },
    });
  });

  it('explains every command and option in its help', () => {
    for (const [text] of understood) {
      const [first = 'mortise'] = text.split(' ');
      if (!first.startsWith('-') && first !== 'help') expect(help).toContain(first);
    }
    for (const option of [
      '--yes',
      '--json',
      '--reason',
      '--until',
      '--engineer',
      '--login',
      '--profile',
      '--state',
      '--port',
      '--back',
    ])
      expect(help).toContain(option);
  });
});
