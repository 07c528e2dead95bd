import { describe, expect, it } from 'vitest';
import { changesSite, readCommandLine } from '#electron/cli/arguments.ts';
import { help } from '#electron/cli/help.ts';

function read(text: string) {
  const answer = readCommandLine(text.split(' '));
  return answer.ok ? answer.line.command : answer.sentence;
}

const sql = { protocol: 'tcp', port: 1433 };
const browser = { protocol: 'udp', port: 1434 };

const noPort = (word: string) => `--ports takes ports from 1 to 65535 such as 1433,1434/udp, not "${word}".`;

describe('The arguments of "probe"', () => {
  it.each([
    ['probe acs', { hosts: ['acs'], ports: [sql, browser], nonce: null }],
    ['probe acs-1.example.org.', { hosts: ['acs-1.example.org.'], ports: [sql, browser], nonce: null }],
    ['probe 192.0.2.10 2001:db8::10', { hosts: ['192.0.2.10', '2001:db8::10'], ports: [sql, browser], nonce: null }],
    ['probe acs --ports 1433', { hosts: ['acs'], ports: [sql], nonce: null }],
    ['probe acs --ports 1433/tcp,1434/udp,1433', { hosts: ['acs'], ports: [sql, browser], nonce: null }],
    [
      'probe --ports 65535 --nonce A-B acs',
      { hosts: ['acs'], ports: [{ protocol: 'tcp', port: 65_535 }], nonce: 'A-B' },
    ],
  ])('understand "%s"', (text, command) => {
    expect(read(text)).toEqual({ name: 'probe', ...command });
  });

  it.each([
    ['probe', '"probe" wants the name or the addresses of the machine to try.'],
    ['probe acs --ports 0', noPort('0')],
    ['probe acs --ports 1433,70000', noPort('70000')],
    ['probe acs --ports 1433/sctp', noPort('1433/sctp')],
    ['probe acs --ports 1e3', noPort('1e3')],
    ['probe acs --ports 1433,', noPort('')],
    [
      `probe acs --ports ${Array.from({ length: 1001 }, (_, index) => index + 1).join()}`,
      '--ports takes up to 1000 ports, not 1001.',
    ],
    [`probe ${'a '.repeat(17).trim()}`, '"probe" takes up to 16 addresses of one machine, not 17.'],
    ['probe acs:1433', '"acs:1433" is no name and no address of a machine.'],
    ['probe a..b', '"a..b" is no name and no address of a machine.'],
    ['probe acs --nonce a;b', '--nonce takes the letters, digits and dashes that the site shows, not "a;b".'],
    ['probe acs --port 1433', '"probe" takes --ports, not --port.'],
    ['status --ports 1433', '--ports belongs to "probe" alone.'],
    ['secure-mode on --nonce A', '--nonce belongs to "probe" alone.'],
  ])('answer a sentence to "%s"', (text, sentence) => {
    expect(read(text)).toBe(sentence);
  });

  it('change nothing of a site, and are in the help', () => {
    expect(changesSite({ name: 'probe', hosts: ['acs'], ports: [], nonce: null })).toBe(false);
    for (const word of ['mortise probe HOST', '--ports LIST', '--nonce NONCE']) expect(help).toContain(word);
  });
});
