import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Watch } from '#electron/firewall/firewall.ts';
import { nft, openNftablesLab } from './nftables-lab.ts';
import type { NftablesLab } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses } from './two-hosts.ts';

const chain = 'inet mortise other_machines';

/** What somebody does to the rules; what of it is read; and whether another machine gets in. */
const drifts = [
  {
    name: 'a rule of somebody else before the drop, for everybody',
    does: `insert rule ${chain} tcp dport 1433 accept`,
    finds: 'voids',
    says: 'it lets traffic past',
    opens: true,
  },
  {
    name: 'a rule of somebody else before the drop, for one machine',
    does: `insert rule ${chain} ip saddr ${addresses.b} accept`,
    finds: 'weakens',
    says: 'it lets some machines through',
    opens: true,
  },
  {
    name: 'a port removed from the set',
    does: 'delete element inet mortise tcp_ports { 1433 }',
    without: 1433,
    opens: true,
  },
  {
    name: 'the rule for TCP deleted',
    deletes: 'tcp dport',
    finds: 'voids',
    says: 'drops the TCP ports is gone',
    opens: true,
  },
  {
    name: 'the rule for UDP deleted',
    deletes: 'udp dport',
    finds: 'voids',
    says: 'drops the UDP ports is gone',
    opens: false,
  },
  {
    name: 'the rule for this machine deleted',
    deletes: 'iif "lo"',
    finds: 'weakens',
    says: 'lets this machine itself through is gone',
    opens: false,
  },
  {
    name: 'the table made dormant',
    does: 'add table inet mortise { flags dormant ; }',
    finds: 'voids',
    says: 'dormant',
    opens: true,
  },
  { name: 'the table deleted', does: 'delete table inet mortise', gone: true, opens: true },
  { name: 'the whole ruleset flushed', does: 'flush ruleset', gone: true, opens: true },
  {
    name: 'our chain flushed',
    does: `flush chain ${chain}`,
    finds: 'voids',
    says: 'drops the TCP ports is gone',
    opens: true,
  },
  {
    name: 'another machine let through',
    does: `add element inet mortise allowed_v4_1 { ${addresses.b} }`,
    allows: addresses.b,
    opens: true,
  },
] as const;

for (const rights of rightsHere()) {
  describe(`drift of the rules, ${rights}`, () => {
    let lab: NftablesLab;
    let watch: Watch | undefined;
    beforeAll(async () => {
      lab = await openNftablesLab(rights);
    });
    afterAll(() => lab.close());
    afterEach(async () => {
      await watch?.close();
      await lab.unblock();
    });

    /** What is called by the watch, once it follows. */
    const follow = async () => {
      const listening = { told: (): void => undefined };
      watch = lab.firewall.watch(
        () => listening.told(),
        (why) => {
          throw new Error(why.sentence);
        },
      );
      // It follows once it tells of a change that is made for this.
      const following = new Promise<void>((resolve) => (listening.told = resolve));
      const stirring = setInterval(() => void lab.a.run(nft, 'add table ip stir; delete table ip stir'), 50);
      await following;
      clearInterval(stirring);
      // What is still told of that change is not taken for another one.
      await pause(200);
      return async (act: () => Promise<unknown>) => {
        const heard = new Promise<void>((resolve) => (listening.told = resolve));
        await act();
        await heard;
      };
    };

    for (const drift of drifts) {
      it(`is seen and restored: ${drift.name}`, async () => {
        await lab.block();
        expect(await lab.b.reach('tcp', addresses.a, 1433)).toBe('silence');
        const before = await lab.state();
        const toldAfter = await follow();

        await toldAfter(async () => {
          if ('does' in drift) await lab.a.run(nft, drift.does);
          else await deleteRule(lab, drift.deletes);
        });

        expect(await lab.b.reach('tcp', addresses.a, 1433)).toBe(drift.opens ? 'answers' : 'silence');
        const state = await lab.state();
        if ('finds' in drift) {
          expect(state.findings).toContainEqual(
            expect.objectContaining({ effect: drift.finds, sentence: expect.stringContaining(drift.says) }),
          );
        } else expect(state.findings).toEqual([]);
        if ('gone' in drift) expect(state).toEqual({ rules: [], blocked: [], allowed: [], findings: [] });
        if ('without' in drift) expect(state.blocked.map(({ port }) => port)).not.toContain(drift.without);
        if ('allows' in drift) expect(state.allowed).toEqual([{ address: drift.allows, until: null }]);
        if (drift.opens && !('allows' in drift) && !('finds' in drift && drift.finds === 'weakens')) {
          expect(state.blocked).not.toContainEqual({ protocol: 'tcp', port: 1433 });
        }

        await lab.block();
        expect(await lab.state()).toEqual(before);
        expect(await lab.b.reach('tcp', addresses.a, 1433)).toBe('silence');
      });
    }
  });
}

async function deleteRule({ a }: NftablesLab, text: string): Promise<void> {
  const listed = await a.run(nft, '-a', 'list', 'chain', ...chain.split(' '));
  const line = listed.split('\n').find((each) => each.includes(text)) ?? '';
  const [, handle = ''] = /# handle (\d+)/u.exec(line) ?? [];
  await a.run(nft, 'delete', 'rule', ...chain.split(' '), 'handle', handle);
}
