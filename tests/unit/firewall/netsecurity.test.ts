import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { numberValue, textValue } from '#electron/firewall/netsecurity/memory-windows.ts';
import { RegistryError } from '#electron/machine/registry.ts';
import { program } from './firewall-hives-contract.ts';
import { policy, rulesKey, listener, listeners, block, open, fault, ok, codeOf } from './netsecurity-lab.ts';

describe('the block of Windows Firewall', () => {
  it('is one rule for TCP, one for UDP and one for the program, of all profiles', async () => {
    const { firewall, texts, names } = open({ program });
    ok(await firewall.block(block()));
    expect(names()).toEqual(['Mortise-SecureMode-*-PROGRAM', 'Mortise-SecureMode-*-TCP', 'Mortise-SecureMode-*-UDP']);
    const told =
      'Desc=Mortise secure mode: other machines do not reach SQL Server. Allowed: nobody.|EmbedCtxt=Mortise|';
    expect(texts()).toEqual([
      `v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort2_10=1433-1434|LPort=50123|Name=Mortise secure mode: TCP 1433-1434, 50123|${told}`,
      `v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=17|LPort=1434|Name=Mortise secure mode: UDP 1434|${told}`,
      `v2.30|Action=Block|Active=TRUE|Dir=In|App=${program}|Name=Mortise secure mode: the program of SQL Server|${told}`,
    ]);
  });

  it('excepts an address by blocking all others, in both families', async () => {
    const { firewall, texts, state } = open();
    const allowed = [
      { address: '192.0.2.7', until: null },
      { address: '2001:db8::/64', until: '2026-11-21T18:00:00.000Z' },
    ];
    ok(await firewall.block(block(allowed)));
    expect(
      texts()[0]
        ?.split('|')
        .filter((field) => field.startsWith('RA')),
    ).toEqual([
      'RA4=0.0.0.0-192.0.2.6',
      'RA4=192.0.2.8-255.255.255.255',
      'RA6=0:0:0:0:0:0:0:0-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
      'RA6=2001:db8:0:1:0:0:0:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
    expect(await state()).toMatchObject({ allowed, blocked: [1433, 1434, 50_123, 1434].map((port) => ({ port })) });
  });

  it('excepts only addresses whose time has not passed, and says so of one whose time passes', async () => {
    const { firewall, state, later } = open();
    const allowed = [
      { address: '192.0.2.7', until: '2026-11-21T11:00:00.000Z' },
      { address: '192.0.2.8', until: '2026-11-21T13:00:00.000Z' },
    ];
    ok(await firewall.block(block(allowed)));
    expect((await state()).allowed).toEqual(allowed.slice(1));
    later('2026-11-21T14:00:00Z');
    expect((await state()).findings.at(-1)).toEqual({
      effect: 'weakens',
      sentence:
        '192.0.2.8 is still let through, though its time ended at 2026-11-21T13:00:00.000Z: Windows Firewall does not end it by itself.',
      next: 'Switch secure mode on again; that leaves the address out.',
    });
    // Its rules let it through as before, so a quick reading lists it, with its time, and drift names it.
    expect((await state()).allowed).toEqual(allowed.slice(1));
    ok(await firewall.block(block(allowed)));
    expect((await state()).allowed).toEqual([]);
  });

  it('says that the rule for the program leaves out addresses that nobody allowed', async () => {
    const { firewall, windows, state } = open({ program });
    const allowed = [{ address: '192.0.2.2', until: null }];
    ok(await firewall.block(block(allowed)));
    const [name, value] = [...windows.rules].find(([each]) => each.endsWith('-PROGRAM')) ?? [];
    if (name === undefined || value === undefined) throw new Error('There is no such rule.');
    expect((await state()).findings.map(({ effect }) => effect)).toEqual(['doubts']);
    const text = Buffer.from(value.bytes).toString('utf16le').replace(/\0$/u, '');
    const narrower = text.replace('RA4=192.0.2.3-255.255.255.255', 'RA4=192.0.2.4-255.255.255.255');
    windows.write(rulesKey, name, textValue(narrower));
    expect((await state()).findings.at(-1)).toMatchObject({
      effect: 'weakens',
      sentence:
        'The rule for the program of SQL Server leaves out more addresses than are allowed: a port that it opens later is not blocked for them.',
    });
  });

  it('tells of what is open although nobody meant it', async () => {
    const { firewall, windows, state } = open();
    ok(await firewall.block(block([{ address: '192.0.2.2', until: null }])));
    const [name, value] = [...windows.rules].find(([each]) => each.endsWith('-TCP')) ?? [];
    if (name === undefined || value === undefined) throw new Error('There is no such rule.');
    const text = Buffer.from(value.bytes).toString('utf16le').replace(/\0$/u, '');
    windows.write(
      rulesKey,
      name,
      textValue(text.replace('RA4=192.0.2.3-255.255.255.255', 'RA4=192.0.2.6-255.255.255.255')),
    );
    expect((await state()).allowed).toEqual([
      { address: '192.0.2.2', until: null },
      { address: '192.0.2.3', until: null },
      { address: '192.0.2.4/31', until: null },
    ]);
    windows.write(rulesKey, name, textValue(text.replaceAll(/RA6=[^|]*\|/gu, '')));
    expect((await state()).blocked).toEqual([{ protocol: 'udp', port: 1434 }]);
  });

  it('is left as it is where it already stands', async () => {
    const { firewall, windows } = open({ program });
    ok(await firewall.block(block()));
    ok(await firewall.block(block()));
    expect(windows.ran).toEqual(['block']);
  });

  it('is put beside the older one before that goes, and other rules stay', async () => {
    const { firewall, windows, names } = open();
    windows.write(
      rulesKey,
      'Somebody',
      textValue('v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=1433|EmbedCtxt=Mortise|'),
    );
    ok(await firewall.block(block()));
    const seen: string[][] = [];
    const write = windows.write.bind(windows);
    windows.write = (key, name, value) => {
      write(key, name, value);
      seen.push(names());
    };
    ok(await firewall.block({ listeners: listeners.slice(0, 1), allowed: [] }));
    expect(windows.ran).toEqual(['block', 'block', 'unblock']);
    expect(seen.every((each) => each.filter((name) => name.endsWith('-TCP')).length >= 1)).toBe(true);
    expect(names()).toEqual(['Mortise-SecureMode-*-TCP', 'Somebody']);
    ok(await firewall.unblock());
    ok(await firewall.unblock());
    expect(names()).toEqual(['Somebody']);
    expect(windows.ran.at(-1)).toBe('unblock');
    expect(windows.ran).toHaveLength(4);
  });

  it('replaces a rule that somebody changed', async () => {
    const { firewall, windows, state } = open();
    ok(await firewall.block(block()));
    const name = [...windows.rules.keys()].find((each) => each.endsWith('-TCP')) ?? '';
    const text = Buffer.from(windows.rules.get(name)?.bytes ?? [])
      .toString('utf16le')
      .replace(/\0$/u, '');
    windows.write(rulesKey, name, textValue(text.replace('Active=TRUE', 'Active=FALSE')));
    expect((await state()).blocked).toEqual([{ protocol: 'udp', port: 1434 }]);
    ok(await firewall.block(block()));
    expect((await state()).blocked).toHaveLength(4);
    expect(windows.rules.has(name)).toBe(false);
  });

  it('holds 500 listeners', async () => {
    const { firewall, state } = open();
    const many = Array.from({ length: 500 }, (_, index) => listener(2000 + 2 * index));
    ok(await firewall.block({ listeners: many, allowed: [] }));
    expect((await state()).blocked).toHaveLength(500);
  });

  it.each<readonly [string, Block, string]>([
    ['nothing', { listeners: [], allowed: [] }, 'nothing is known to listen'],
    ['port 0', { listeners: [listener(0)], allowed: [] }, '0 is no port'],
    ['port 70000', { listeners: [listener(70_000)], allowed: [] }, '70000 is no port'],
    [
      'everybody excepted',
      { listeners, allowed: ['0.0.0.0/0', '::/0'].map((address) => ({ address, until: null })) },
      'the addresses that stay allowed are all there are',
    ],
    [
      'mirroring',
      { listeners: [...listeners, listener(5022, 'tcp', 'mirroring')], allowed: [] },
      'SQL Server takes part in mirroring or an availability group (port 5022), and the rule for its program would cut its partners off too',
    ],
  ])('is refused with the reason, and nothing is done: %s', async (_, impossible, cause) => {
    const { firewall, windows } = open({ program });
    expect(await firewall.block(impossible)).toEqual({ ok: false, error: failure('block-impossible', { cause }) });
    expect(firewall.describe(impossible)).toEqual([]);
    expect(windows.ran).toEqual([]);
  });
});

describe('a change that did not go well', () => {
  it.each([
    [
      { kind: 'refused', stage: 'add', id: 'Windows System Error 5,New-NetFirewallRule', left: [] },
      'firewall-no-right: This account may not change the firewall.',
    ],
    [
      { kind: 'refused', stage: 'add', id: 'Windows System Error 1753,New-NetFirewallRule', left: [] },
      'firewall-failed: The firewall did not take the change: the service of Windows Firewall does not run.',
    ],
    [
      { kind: 'refused', stage: 'add', id: 'Odd', left: ['x'] },
      'firewall-unsure: Whether the firewall took the change is not known: Windows PowerShell reports Odd (add).',
    ],
    [
      { kind: 'not-run', cause: 'a policy forbids it' },
      'firewall-failed: The firewall did not take the change: a policy forbids it.',
    ],
    [
      { kind: 'unsure', cause: 'it was ended' },
      'firewall-unsure: Whether the firewall took the change is not known: it was ended.',
    ],
  ] as const)('says what is known of it: %j', async (answer, sentence) => {
    const { firewall, windows } = open();
    windows.instead.set('block', answer);
    expect(fault(await firewall.block(block()))).toBe(sentence);
  });

  it('leaves the older rules where the new ones do not stand as they were given', async () => {
    const { firewall, windows, names } = open();
    ok(await firewall.block(block()));
    windows.instead.set('block', { kind: 'answered', value: { added: [] } as never });
    expect(fault(await firewall.block({ listeners: listeners.slice(0, 1), allowed: [] }))).toContain('firewall-unsure');
    expect(names()).toEqual(['Mortise-SecureMode-*-TCP', 'Mortise-SecureMode-*-UDP']);
  });

  it('says that older rules are left beside the new ones', async () => {
    const { firewall, windows } = open();
    ok(await firewall.block(block()));
    windows.instead.set('unblock', { kind: 'not-run', cause: 'a policy forbids it' });
    expect(fault(await firewall.block({ listeners: listeners.slice(0, 1), allowed: [] }))).toBe(
      'firewall-unsure: Whether the firewall took the change is not known: the new rules stand, but older ones could not be removed: a policy forbids it.',
    );
  });

  it('is never a guess where the registry cannot be read', async () => {
    const { firewall, windows } = open();
    windows.keys.delete(rulesKey);
    expect(await codeOf(firewall.read())).toBe('firewall-unreadable');
    expect(fault(await firewall.unblock())).toContain('firewall-unreadable');
    windows.look = () => {
      throw new RegistryError(5);
    };
    expect(await codeOf(firewall.read())).toBe('firewall-no-right');
    windows.look = () => {
      throw new RegistryError(1450);
    };
    expect(fault(await firewall.block(block()))).toContain('the registry of Windows answered with error 1450');
    expect(windows.ran).toEqual([]);
  });
});

describe('the watch of Windows Firewall', () => {
  it('tells of changes, also of a second one, and of nothing after it was closed', async () => {
    const { firewall, windows } = open();
    const changes = new EventTarget();
    let seen = 0;
    const watch = firewall.watch(
      () => {
        seen += 1;
        changes.dispatchEvent(new Event('changed'));
      },
      () => expect.fail('it ended'),
    );
    const keys = [
      rulesKey,
      `${policy}\\PublicProfile`,
      String.raw`SOFTWARE\Policies\Microsoft\WindowsFirewall\DomainProfile`,
    ];
    for (const key of keys) {
      const next = once(changes, 'changed');
      windows.write(key, 'x', numberValue(1));
      windows.write(key, 'y', numberValue(1));
      await next;
    }
    expect(seen).toBe(3);
    await watch.close();
    windows.write(rulesKey, 'z', numberValue(1));
    await sleep(100);
    expect(seen).toBe(3);
  });

  it('ends with the reason where Windows takes no wait', async () => {
    const { firewall, windows } = open();
    windows.onceChanged = () => {
      throw new RegistryError(5);
    };
    const why = await new Promise<Failure>((resolve) => {
      firewall.watch(() => undefined, resolve);
    });
    expect(why.code).toBe('firewall-no-right');
  });
});
