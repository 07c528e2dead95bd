import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import { removeStandIns, standIn } from '#tests/unit/machine/stand-in.ts';

removeStandIns();

const nowhere = '/nonexistent/program';
const privileged = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display: undefined });

/** What is said of a block, and whether nft was started for it. */
async function blocked(ports: readonly number[], addresses: readonly string[] = []) {
  const program = await standIn('nft', 'touch "${0%/*}/started"');
  const listeners = ports.map((port) => ({ protocol: 'tcp' as const, port, address: '0.0.0.0', purpose: 'SQL' }));
  const allowed = addresses.map((address) => ({ address, until: null }));
  const done = await nftablesFirewall({ clock: systemClock, privileged, program }).block({ listeners, allowed });
  const started = await access(join(dirname(program), 'started')).then(
    () => true,
    () => false,
  );
  return { started, said: done.ok ? 'done' : `${done.error.code}: ${done.error.sentence}` };
}

const impossible = (cause: string) => ({
  started: false,
  said: `block-impossible: This cannot be blocked: ${cause}.`,
});

describe('a block that nftables cannot hold, or that would block nobody', () => {
  it('is refused before nft is asked: no port, or nothing that listens', async () => {
    expect(await blocked([1433])).toEqual({ started: true, said: 'done' });
    expect(await blocked([1433, 0])).toEqual(impossible('0 is no port'));
    expect(await blocked([70_000])).toEqual(impossible('70000 is no port'));
    expect(await blocked([])).toEqual(impossible('nothing is known to listen'));
  });

  it.each([
    '::ffff:0.0.0.0/96',
    '::ffff:0:0/96',
    '::ffff:10.0.0.0/104',
    '::ffff:a00:0/104',
    '10.0.0.0/15',
    '2001:db8::/47',
  ])('is refused where a range holds most of the network, however it is written: %s', async (address) => {
    const { started, said } = await blocked([1433], [address]);
    expect(started).toBe(false);
    expect(said).toContain(`${address} holds most of the network`);
  });

  it.each(['0.0.0.0', '::', '224.0.0.1', '::ffff:239.1.2.3', '255.255.255.255', 'ff02::1'])(
    'is refused where no other machine has the address: %s',
    async (address) => {
      expect(await blocked([1433], [address])).toEqual(impossible(`${address} is the address of no other machine`));
    },
  );

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'is refused where the address is of this machine: %s',
    async (address) => {
      expect(await blocked([1433], [address])).toEqual(
        impossible(`${address} is this machine, which is never blocked`),
      );
    },
  );

  it('is refused where narrow ranges make a wide one together', async () => {
    const cause = 'the addresses that stay allowed hold most of the network together';
    expect(await blocked([1433], ['10.0.0.0/16', '10.1.0.0/16'])).toEqual(impossible(cause));
    expect((await blocked([1433], ['10.0.0.0/16', '10.2.0.0/16', '::ffff:192.0.2.7', '2001:db8::/48'])).said).toBe(
      'done',
    );
  });
});
