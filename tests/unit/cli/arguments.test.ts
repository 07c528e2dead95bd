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
  ['create-login', { name: 'create-login', mayChangeLogins: false }, true],
  ['create-login --may-change-logins', { name: 'create-login', mayChangeLogins: true }, true],
  ['remove', { name: 'remove' }, true],
  ['commissioning on', { name: 'commissioning', to: 'on' }, true],
  ['commissioning off', { name: 'commissioning', to: 'off' }, true],
  ['commissioning status', { name: 'commissioning', to: 'status' }, false],
  ['rotate acs_service', { name: 'rotate', logins: ['acs_service'], all: false, back: false }, true],
  ['rotate a b c', { name: 'rotate', logins: ['a', 'b', 'c'], all: false, back: false }, true],
  ['rotate --all', { name: 'rotate', logins: [], all: true, back: false }, true],
  ['rotate acs_service --back', { name: 'rotate', logins: ['acs_service'], all: false, back: true }, true],
  ['rotate --back acs_service', { name: 'rotate', logins: ['acs_service'], all: false, back: true }, true],
  ['consumers find', { name: 'consumers', places: [] }, false],
  ['consumers find a b', { name: 'consumers', places: ['a', 'b'] }, false],
  ['kit export a.age', { name: 'kit', action: 'export', file: 'a.age' }, true],
  ['kit import a.age', { name: 'kit', action: 'import', file: 'a.age' }, true],
  ['verify', { name: 'verify', logins: [] }, false],
  ['verify a b', { name: 'verify', logins: ['a', 'b'] }, false],
  ['reconcile a', { name: 'reconcile', login: 'a' }, true],
  ['adopt a', { name: 'adopt', login: 'a' }, true],
  ['reset a', { name: 'reset', login: 'a' }, true],
  ['passwd a', { name: 'passwd', login: 'a' }, true],
  ['try-defaults a', { name: 'try-defaults', login: 'a' }, true],
  ['secure-mode on', { name: 'secure-mode', to: 'on', wait: 0 }, true],
  ['secure-mode on --wait 10', { name: 'secure-mode', to: 'on', wait: 10 }, true],
  ['secure-mode allow 10.0.0.9', { name: 'secure-mode', to: 'allow', address: '10.0.0.9' }, true],
  ['secure-mode forbid 10.0.0.9', { name: 'secure-mode', to: 'forbid', address: '10.0.0.9' }, true],
  ['secure-mode at-start on', { name: 'secure-mode', to: 'at-start', installed: true }, true],
  ['secure-mode bind this-machine', { name: 'secure-mode', to: 'bind', layer: 'this-machine' }, true],
  ['secure-mode ask-probe', { name: 'secure-mode', to: 'ask-probe' }, false],
  ['secure-mode take-probe answer.txt', { name: 'secure-mode', to: 'take-probe', file: 'answer.txt' }, false],
  ['secure-mode off', { name: 'secure-mode', to: 'off' }, true],
  ['secure-mode status', { name: 'secure-mode', to: 'status' }, false],
  ['commissioning rehearse --minutes 5', { name: 'commissioning', to: 'rehearse' }, true],
  ['commissioning renew', { name: 'commissioning', to: 'renew' }, true],
  ['commissioning adopt', { name: 'commissioning', to: 'adopt' }, true],
  ['guard up', { name: 'guard', to: 'up' }, true],
  ['upgrade begin', { name: 'guard', to: 'down' }, true],
  ['upgrade end', { name: 'guard', to: 'up' }, true],
  ['lockdown', { name: 'lockdown' }, true],
  ['undo', { name: 'undo' }, true],
  ['stop', { name: 'stop' }, true],
  ['trail verify', { name: 'trail-verify' }, false],
  ['profile list', { name: 'profile', action: 'list' }, false],
  ['profile schema', { name: 'profile', action: 'schema' }, false],
  ['profile show north-gate', { name: 'profile', action: 'show', id: 'north-gate' }, false],
  ['profile export north-gate', { name: 'profile', action: 'export', id: 'north-gate' }, false],
  ['profile remove north-gate', { name: 'profile', action: 'remove', id: 'north-gate' }, true],
  ['profile check ../a.json', { name: 'profile', action: 'check', file: '../a.json' }, false],
  ['profile new --template net2', { name: 'profile', action: 'new', template: 'net2' }, false],
  ['profile diff a b', { name: 'profile', action: 'diff', left: 'a', right: 'b' }, false],
  ['profile import a.json', { name: 'profile', action: 'import', file: 'a.json', replace: undefined }, true],
  ['profile import a.json --replace b', { name: 'profile', action: 'import', file: 'a.json', replace: 'b' }, true],
];

const refused: readonly (readonly [string, string])[] = [
  ['unlock', 'There is no command "unlock".'],
  ['Status', 'There is no command "Status".'],
  ['status now', '"status" takes nothing after it, not "now".'],
  [
    'create-login mortise_run',
    '"create-login" takes nothing after it, not "mortise_run": the profile names the login.',
  ],
  ['prepare --may-change-logins', '--may-change-logins belongs to "create-login" alone.'],
  ['lockdown acs_service', '"lockdown" takes nothing after it, not "acs_service".'],
  ['undo 1', '"undo" takes nothing after it, not "1".'],
  ['commissioning', '"commissioning" wants on, off, rehearse, renew, adopt, status.'],
  ['commissioning ON', '"commissioning" wants on, off, rehearse, renew, adopt, status.'],
  ['guard', '"guard" wants down or up.'],
  ['upgrade', '"upgrade" wants begin or end.'],
  ['upgrade now', '"upgrade" wants begin or end.'],
  ['commissioning off --minutes 5', '--minutes belongs to "commissioning rehearse" alone.'],
  ['commissioning rehearse --minutes 0', '--minutes takes a whole number from 1 to 60, not "0".'],
  ['commissioning rehearse --minutes 61', '--minutes takes a whole number from 1 to 60, not "61".'],
  ['commissioning rehearse --until 22:00', '--until belongs to "commissioning on" and "secure-mode allow" alone.'],
  ['commissioning on --until 24:00', '--until takes a time such as 22:00 or 2026-11-21T22:00:00Z, not "24:00".'],
  ['secure-mode', '"secure-mode" wants on, off, status, allow, forbid, at-start, bind, ask-probe or take-probe.'],
  ['secure-mode maybe', '"secure-mode" wants on, off, status, allow, forbid, at-start, bind, ask-probe or take-probe.'],
  ['secure-mode on now', '"secure-mode on" takes nothing after it, not "now".'],
  ['secure-mode on --wait long', '--wait takes a whole number of minutes from 0 to 600, not "long".'],
  ['secure-mode off --wait 5', '--wait belongs to "secure-mode on" alone.'],
  ['secure-mode allow', '"secure-mode allow" wants an address or a range.'],
  ['secure-mode allow a b', '"b" is too much.'],
  ['secure-mode at-start', '"secure-mode at-start" wants on or off.'],
  ['secure-mode bind nowhere', '"secure-mode bind" wants everywhere, this-machine, tcp-off.'],
  ['secure-mode take-probe', '"secure-mode take-probe" wants the file with the answer.'],
  ['rotate', '"rotate" wants the login to rotate, several, or --all.'],
  ['rotate a --all', '"rotate" takes logins or --all, not both.'],
  ['rotate a b --back', "--back puts one login's former password back: name that one."],
  ['rotate --all --back', "--back puts one login's former password back: name that one."],
  ['verify --all', '--all belongs to "rotate" alone.'],
  ['consumers', '"consumers" wants find, and perhaps folders to look in.'],
  ['kit', '"kit" wants export or import.'],
  ['kit export', '"kit export" wants a file.'],
  ['kit import a b', '"b" is too much.'],
  ['adopt', '"adopt" wants the login.'],
  ['reset a b', '"reset" takes one login, not 2.'],
  ['trail', '"trail" wants verify.'],
  ['trail delete', '"trail" wants verify.'],
  ['status --port 0', '--port takes a number from 1 to 65535, not "0".'],
  ['status --port 65536', '--port takes a number from 1 to 65535, not "65536".'],
  ['status --port 14.5', '--port takes a number from 1 to 65535, not "14.5".'],
  ['status --port sql', '--port takes a number from 1 to 65535, not "sql".'],
  ['commissioning on --reason x', '--reason takes 3 to 400 characters, not 1.'],
  ['lockdown --engineer=', '--engineer takes 1 to 100 characters, not 0.'],
  [
    'secure-mode on --until 2026-11-21T22:00:00Z',
    '--until belongs to "commissioning on" and "secure-mode allow" alone.',
  ],
  [
    'commissioning off --until 2026-11-21T22:00:00Z',
    '--until belongs to "commissioning on" and "secure-mode allow" alone.',
  ],
  ['profile', '"profile" wants list, schema, new, show, export, remove, check, import, diff.'],
  ['profile edit', '"profile" wants list, schema, new, show, export, remove, check, import, diff.'],
  ['profile toString', '"profile" wants list, schema, new, show, export, remove, check, import, diff.'],
  ['profile list all', '"all" is too much.'],
  ['profile show', '"profile show" wants the id of a site.'],
  ['profile diff a', '"profile diff" wants two sites.'],
  ['profile diff a b c', '"c" is too much.'],
  ['profile show ../a', '"../a" is no id of a site: "mortise profile list" shows them.'],
  ['profile diff a B', '"B" is no id of a site: "mortise profile list" shows them.'],
  ['profile import a.json --replace ..', '".." is no id of a site: "mortise profile list" shows them.'],
  ['profile new', '"profile new" wants --template with training, net2, generic.'],
  ['profile new --template other', '"profile new" wants --template with training, net2, generic.'],
  ['status --template net2', '--template belongs to "profile new" alone.'],
  ['profile check a.json --replace b', '--replace belongs to "profile import" alone.'],
  ['status --site ../a', '"../a" is no id of a site: "mortise profile list" shows them.'],
  ['status --site a --profile a.json', '--site and --profile each name a site to open: give one of them.'],
  [
    'status --site a --port 14330',
    '--port is that of the training site, and --site opens another one: leave one of them out.',
  ],
  [
    'status --profile a.json --port 14330',
    '--port is that of the training site, and --profile opens another one: leave one of them out.',
  ],
  ['undo --back', '--back belongs to "rotate" alone.'],
  ['status --force', "Unknown option '--force'."],
  ['commissioning on --until tomorrow', '--until takes a time such as 22:00 or 2026-11-21T22:00:00Z, not "tomorrow".'],
];

describe('A time of the day after --until', () => {
  it.each([
    ['22:00', new Date(2026, 10, 21, 22, 0)],
    ['9:05', new Date(2026, 10, 22, 9, 5)],
    ['20:00', new Date(2026, 10, 22, 20, 0)],
  ])('%s is the next time that the clock on the wall shows it', (text, expected) => {
    const now = new Date(2026, 10, 21, 20, 0);
    const read = readCommandLine(['commissioning', 'on', '--until', text], now);
    expect(read.ok && read.line.until).toBe(expected.toISOString());
  });
});

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
        site: undefined,
        stateFolder: undefined,
        port: undefined,
      },
    });
  });

  it('takes every option', () => {
    const given =
      'commissioning on --json -y --reason Handover --until 2026-11-21T22:00:00+01:00 --engineer Ines --login acs --profile a.json --state /s';
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
      },
    });
    expect(read('status --port 14330')).toMatchObject({ ok: true, line: { port: 14330 } });
    expect(read('status --site north-gate')).toMatchObject({ ok: true, line: { site: 'north-gate' } });
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
      '--site',
      '--template',
      '--replace',
      '--state',
      '--port',
      '--back',
    ])
      expect(help).toContain(option);
  });
});
