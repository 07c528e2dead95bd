import { describe, expect, it } from 'vitest';
import { changesSite, readCommandLine } from '#electron/cli/arguments.ts';

const read = (text: string) => readCommandLine(text.split(' '));
const command = (text: string) => {
  const answer = read(text);
  return answer.ok ? answer.line.command : answer.sentence;
};

describe('The command line of a first visit', () => {
  it('assesses, as the run login or as one that is named', () => {
    expect(command('assess')).toEqual({ name: 'assess', html: undefined, setupLogin: undefined });
    expect(command('assess --html report.html --setup-login sa')).toEqual({
      name: 'assess',
      html: 'report.html',
      setupLogin: 'sa',
    });
  });

  it('discovers over each of the three ways, with each reason to trust the certificate', () => {
    const base = { name: 'discover', host: 'sql', setupLogin: 'sa', database: null };
    expect(command('discover --host sql --port 1433 --setup-login sa')).toEqual({
      ...base,
      transport: { kind: 'tcp', port: 1433 },
      trust: { kind: 'ca', file: undefined },
    });
    expect(command('discover --host sql --instance NET2 --setup-login sa --pin c.pem --database Net2')).toEqual({
      ...base,
      transport: { kind: 'instance', instance: 'NET2' },
      trust: { kind: 'pinned', file: 'c.pem' },
      database: 'Net2',
    });
    expect(command('discover --host sql --pipe sql/query --setup-login sa --unverified')).toEqual({
      ...base,
      transport: { kind: 'pipe', pipe: 'sql/query' },
      trust: { kind: 'loopback-unverified' },
    });
  });

  it.each([
    ['discover --port 1433 --setup-login sa', 'wants --host'],
    ['discover --host sql --port 1433', 'wants --setup-login'],
    ['discover --host sql --setup-login sa', 'wants one of --port, --instance and --pipe'],
    ['discover --host sql --port 1 --instance A --setup-login sa', 'wants one of --port, --instance and --pipe'],
    ['discover --host sql --port 1 --setup-login sa --ca a --pin b', 'takes one of --ca, --pin and --unverified'],
    ['discover --host sql --port 0 --setup-login sa', '--port takes a number'],
    ['status --html a', '--html belongs to "assess" alone'],
    ['assess --host sql', '--host belongs to "discover" alone'],
    ['assess --unverified', '--unverified belongs to "discover" alone'],
    ['assess now', '"assess" takes nothing after it'],
  ])('refuses "%s" with a sentence', (text, sentence) => {
    expect(command(text)).toContain(sentence);
  });

  it('changes nothing', () => {
    const answer = read('assess');
    expect(answer.ok && changesSite(answer.line.command)).toBe(false);
  });

  it('lets the training site choose its own port while another server is looked at', () => {
    expect(read('discover --host sql --port 1433 --setup-login sa')).toMatchObject({ line: { port: undefined } });
  });
});
