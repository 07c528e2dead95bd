import { grantsFor } from './grants.ts';
import { judge, unread } from './ground.ts';
import type { FindingsOf } from './ground.ts';

const isLocalAddress = (address: string) => address === '::1' || address.startsWith('127.');

/** Where the server listens, and so who could reach it. */
export const listenerFindings: FindingsOf = (ground) => {
  const { connections } = ground.survey;
  if (!connections.ok)
    return [
      unread('listeners', 'unread', {
        what: 'where the server listens',
        cause: connections.error,
        grants: [grantsFor(ground).viewServerState],
        bears: ['secure mode'],
      }),
    ];
  const online = connections.value.listeners.filter(({ state }) => state === 'ONLINE');
  const lines = online.map(({ address, port, type }) => `${address} port ${port} (${type})`);
  if (online.length === 0)
    return [
      judge('listeners', 'none', {
        severity: 'unknown',
        title: 'The server names no listener',
        detail: 'It answers all the same, so the list is not complete.',
        next: 'Read the listeners on the machine itself before secure mode is relied on.',
        bears: ['secure mode'],
      }),
    ];
  const remote = connections.value.sessions.filter(
    ({ address, localAddress, transport }) =>
      transport === 'TCP' && address !== localAddress && !isLocalAddress(address) && address !== '<local machine>',
  );
  const open = online.filter(({ address }) => !isLocalAddress(address));
  return [
    open.length === 0
      ? judge('listeners', 'reach', {
          severity: 'good',
          title: 'The server listens on this machine alone',
          detail: 'No other machine can reach it as it is set up now.',
          evidence: lines,
        })
      : judge('listeners', 'reach', {
          severity: 'attention',
          title: 'The server listens to other machines',
          detail:
            'Every machine that gets through the firewall can try to log in. Its password is then the only protection.',
          next: 'Secure mode closes these ports to other machines.',
          evidence: lines,
        }),
    remote.length === 0
      ? judge('listeners', 'remote', {
          severity: 'good',
          title: 'Nobody is connected from another machine now',
          detail: 'Secure mode would cut nobody off who is connected at this moment.',
        })
      : judge('listeners', 'remote', {
          severity: 'attention',
          title: 'Other machines are connected',
          detail: 'Secure mode would cut them off.',
          next: 'Find out what each of them is needed for before secure mode is switched on.',
          evidence: remote.map(
            ({ login, program, host, address, sessions }) =>
              `${login}, ${program || 'a program without a name'} on ${host || 'an unnamed machine'} (${address}): ${sessions}`,
          ),
        }),
  ];
};
