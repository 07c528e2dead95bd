import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Block } from '#electron/firewall/firewall.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import type { Failure } from '#shared/errors.ts';
import { removeStandIns, standIn } from '#tests/unit/machine/stand-in.ts';

removeStandIns();

const nowhere = '/nonexistent/nft';
const root = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display: undefined });
const block: Block = {
  listeners: [{ protocol: 'tcp', port: 1433, address: '0.0.0.0', purpose: 'SQL Server' }],
  allowed: [],
};
const cutShort = `{"nftables": [{"metainfo": {"version": "1.0.6"}}, {"table": {"family": "inet", "na`;

/** What nft does, and what is said of a reading and of a change. */
const faults = [
  {
    name: 'is missing',
    text: undefined,
    read: 'firewall-missing: nft is not on this machine.',
    change: 'firewall-missing: nft is not on this machine.',
  },
  {
    name: 'is killed by a signal',
    text: 'kill -KILL $$',
    read: 'firewall-unreadable: The firewall cannot be read: nft was ended from outside (SIGKILL).',
    change: 'firewall-unsure: Whether the firewall took the change is not known: nft was ended from outside (SIGKILL).',
  },
  {
    name: 'may not',
    text: 'echo "netlink: Error: cache initialization failed: Operation not permitted" >&2; exit 1',
    read: 'firewall-no-right: This account may not read the firewall.',
    change: 'firewall-no-right: This account may not change the firewall.',
  },
  {
    name: 'hangs',
    text: 'sleep 60 & wait',
    read: 'firewall-unreadable: The firewall cannot be read: nft did not answer in time.',
    change: 'firewall-unsure: Whether the firewall took the change is not known: nft did not end in time.',
  },
  {
    name: 'refuses',
    text: 'echo "internal:0:0-0: Error: Could not process rule: No such file or directory" >&2; exit 1',
    read: 'firewall-unreadable: The firewall cannot be read: nft ended with 1: Could not process rule: No such file or directory.',
    change: 'firewall-failed: The firewall did not take the change: Could not process rule: No such file or directory.',
  },
  { name: 'cuts its answer short', text: `printf '%s' '${cutShort}'`, read: 'whole' },
  { name: 'answers nothing', text: 'exit 0', read: 'whole' },
  { name: 'answers an empty list', text: `echo '{"nftables": []}'`, read: 'whole' },
  {
    name: 'answers without saying who writes it',
    text: `echo '{"nftables": [{"table": {"family": "inet", "name": "filter"}}]}'`,
    read: 'whole',
  },
  { name: 'answers something else', text: 'echo "table inet mortise {"', read: 'whole' },
  {
    name: 'writes a chain of another form',
    text: `echo '{"nftables": [{"metainfo": {}}, {"chain": 5}]}'`,
    read: 'whole',
  },
] as const;

const said = ({ code, sentence }: Failure) => `${code}: ${sentence}`;
const whole = 'firewall-unreadable: The firewall cannot be read: the answer of nft is not whole.';
const left = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('mortise-nft-'));

describe('an nft that does not do as it should', () => {
  for (const fault of faults) {
    it(`leaves the firewall unknown, with one sentence: it ${fault.name}`, async () => {
      const program = fault.text === undefined ? nowhere : await standIn('nft', fault.text);
      const firewall = nftablesFirewall({ clock: systemClock, privileged: root, program, limit: 300 });
      const reading = await firewall.read();
      expect(reading.state === 'unknown' ? said(reading.cause) : reading).toBe(
        fault.read === 'whole' ? whole : fault.read,
      );
      if (!('change' in fault)) return;
      const before = await left();
      for (const change of [await firewall.block(block), await firewall.unblock()]) {
        expect(change.ok ? 'done' : said(change.error)).toBe(fault.change);
      }
      expect(await left()).toEqual(before);
    });
  }

  it('ends the watch with the same reason', async () => {
    expect(await why(undefined)).toBe('firewall-missing: nft is not on this machine.');
    expect(await why('kill -KILL $$')).toBe(
      'firewall-unreadable: The firewall cannot be read: nft was ended from outside (signal 9).',
    );
    expect(await why('echo "Operation not permitted (you must be root)" >&2; exit 1')).toBe(
      'firewall-no-right: This account may not watch the firewall.',
    );
    expect(await why('exit 0')).toBe('firewall-unreadable: The firewall cannot be read: nft ended with 0.');
  });

  it('is not even started, nor is anybody asked, for a quick reading without rights', async () => {
    const pkexec = await standIn('pkexec', 'exit 126');
    const privileged = privilegedBy({ uid: 1000, sudo: nowhere, pkexec, display: { DISPLAY: ':9' } });
    const program = await standIn('nft', 'exit 0');
    const firewall = nftablesFirewall({ clock: systemClock, privileged, program });
    const code = async (thorough: boolean) => {
      const reading = await firewall.read({ thorough });
      return reading.state === 'unknown' ? reading.cause.code : 'known';
    };
    expect(await code(false)).toBe('firewall-no-right');
    expect(await code(true)).toBe('rights-not-given');
    const change = await firewall.block(block);
    expect(change.ok ? 'done' : change.error.code).toBe('rights-not-given');
  });

  it('gets the change in a file that only this account reads', async () => {
    const program = await standIn('nft', 'stat -c "%a %n" "$3" "${3%/*}" >&2; exit 1');
    const firewall = nftablesFirewall({ clock: systemClock, privileged: root, program });
    const change = await firewall.block(block);
    expect(change.ok ? 'done' : change.error.sentence).toMatch(/: 600 .*mortise-nft-.*\.json\.$/u);
  });
});

/** Why the watch of a stand-in ends. */
async function why(text: string | undefined): Promise<string> {
  const program = text === undefined ? nowhere : await standIn('nft', text);
  const firewall = nftablesFirewall({ clock: systemClock, privileged: root, program });
  return await new Promise<string>((resolve) => {
    firewall.watch(
      () => undefined,
      (failure) => resolve(said(failure)),
    );
  });
}
