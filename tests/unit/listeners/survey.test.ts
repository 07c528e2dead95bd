import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Listener, ListenerSourceName } from '#shared/secure-mode.ts';
import { surveyOf } from '#electron/listeners/survey.ts';

const at = new Date('2026-11-21T20:00:00.000Z');
const noPipes = known(false, at);
const tcp = (port: number, address = '0.0.0.0', purpose = 'T-SQL'): Listener => ({
  protocol: 'tcp',
  address,
  port,
  purpose,
});
const browser: Listener = { protocol: 'udp', address: '0.0.0.0', port: 1434, purpose: 'SQL Server Browser' };
const word = (source: ListenerSourceName, ...listeners: Listener[]) => ({ source, found: known(listeners, at) });
const unread = (source: ListenerSourceName) => ({
  source,
  found: unknown(failure('listeners-unreadable', { source, cause: 'x' }), at),
});
const survey = (server: readonly Listener[], ...machine: Parameters<typeof surveyOf>[1]) =>
  surveyOf(known(server, at), machine, noPipes);

describe('The survey of listeners', () => {
  it('has one entry a protocol, port and address, with everybody who knows of it', () => {
    const { listeners } = survey(
      [tcp(1433), tcp(1433, '::'), browser],
      word('sockets', tcp(1433, '0.0.0.0', 'SQL Server'), tcp(1433, '::', 'SQL Server')),
      word('configuration', tcp(1433)),
      word('containers', tcp(14330, '0.0.0.0', 'SQL Server in a container')),
    );
    expect(listeners.map(({ protocol, port, address, sources }) => [protocol, port, address, ...sources])).toEqual([
      ['tcp', 1433, '0.0.0.0', 'server', 'sockets', 'configuration'],
      ['tcp', 1433, '::', 'server', 'sockets'],
      ['tcp', 14330, '0.0.0.0', 'containers'],
      ['udp', 1434, '0.0.0.0', 'server'],
    ]);
    expect(listeners[0]?.purpose).toBe('T-SQL');
  });

  it('counts what each knew of, and keeps what is known where another way of the same source was unread', () => {
    const { asked, listeners } = survey(
      [tcp(1433)],
      word('containers', tcp(14330)),
      unread('containers'),
      word('port-proxies'),
    );
    expect(asked.map(({ source, found }) => [source, found.state === 'known' ? found.value : 'unknown'])).toEqual([
      ['server', 1],
      ['containers', 'unknown'],
      ['port-proxies', 0],
    ]);
    expect(listeners.map(({ port }) => port)).toEqual([1433, 14330]);
  });

  it('counts a listener once that two ways of a source know of', () => {
    const { asked } = survey([], word('containers', tcp(14330)), word('containers', tcp(14330), tcp(14331)));
    expect(asked[1]?.found).toEqual(known(2, at));
  });

  it('says that SQL Server listens elsewhere than its configuration says', () => {
    expect(survey([tcp(50123), browser], word('configuration', tcp(1433))).differences).toEqual([
      'SQL Server listens on TCP 50123, but its configuration says 1433 for the next start.',
    ]);
  });

  it('takes no endpoint of mirroring for a difference of the configuration', () => {
    expect(
      survey([tcp(1433), tcp(5022, '0.0.0.0', 'mirroring')], word('configuration', tcp(1433))).differences,
    ).toEqual([]);
  });

  it('says what the next start changes for other machines', () => {
    expect(survey([tcp(1433)], word('configuration', tcp(1433, '127.0.0.1'))).differences).toEqual([
      'SQL Server takes connections from other machines now; its configuration no longer lets it at the next start.',
    ]);
    expect(survey([tcp(1433, '127.0.0.1')], word('configuration', tcp(1433))).differences).toEqual([
      'SQL Server takes no connection from another machine now, but its configuration says TCP 1433 for the next start.',
    ]);
  });

  it('says that a socket is open that SQL Server does not tell of, and that one is not open that it tells of', () => {
    expect(survey([tcp(1433), browser], word('sockets', tcp(1434))).differences).toEqual([
      'A socket of sqlservr is open on TCP 1434 that SQL Server does not tell of.',
      'SQL Server says that it listens on TCP 1433, but no such socket is open on this machine.',
    ]);
    expect(survey([tcp(1433)], word('sockets')).differences).toEqual([
      'SQL Server answers, but no socket of it is open on this machine: it may run on another one.',
    ]);
  });

  it('lists what only this machine reaches, and finds no difference in it', () => {
    const { listeners, differences } = survey(
      [tcp(1433)],
      word('sockets', tcp(1433), tcp(1434, '127.0.0.1'), tcp(1434, '::1'), tcp(1435, '::ffff:127.0.0.1')),
    );
    expect(listeners).toHaveLength(4);
    expect(differences).toEqual([]);
  });

  it('compares nobody with one who could not be read', () => {
    expect(survey([tcp(1433)], unread('sockets'), unread('configuration')).differences).toEqual([]);
    const unanswered = surveyOf(unknown(failure('connection-lost'), at), [word('sockets', tcp(1433))], noPipes);
    expect(unanswered.differences).toEqual([]);
    expect(unanswered.listeners.map(({ port }) => port)).toEqual([1433]);
  });
});
