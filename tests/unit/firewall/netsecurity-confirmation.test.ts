import { describe, expect, it } from 'vitest';
import { numberValue, textValue } from '#electron/firewall/netsecurity/memory-windows.ts';
import type { MemoryWindows } from '#electron/firewall/netsecurity/memory-windows.ts';
import type { ServiceManager } from '#electron/services/windows/service-manager.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { program } from './firewall-hives-contract.ts';
import { policy, rulesKey, block, open, ok, codeOf } from './netsecurity-lab.ts';

/** How many ports are blocked, and what a thorough reading finds, after `prepare` changed something. */
const told = async (prepare: (windows: MemoryWindows) => void) => {
  const { firewall, windows, state } = open({ program });
  ok(await firewall.block(block()));
  prepare(windows);
  const { blocked, findings } = await state(true);
  return [blocked.length, ...findings.map(({ effect, sentence }) => `${effect}: ${sentence}`)];
};

/** The public profile then says that it does not apply to these interfaces. */
const except = (names: string[]) => (windows: MemoryWindows) => {
  windows.disabledInterfaces = names;
};

describe('what Windows Firewall itself confirms', () => {
  it('leaves nothing to say where all is well', async () => {
    expect(await told(() => undefined)).toEqual([4]);
  });

  it('counts as long as the registry stays as it was', async () => {
    const { firewall, windows, state } = open();
    ok(await firewall.block(block()));
    expect((await state()).findings.map(({ effect }) => effect)).toEqual(['doubts']);
    expect((await state(true)).findings).toEqual([]);
    expect((await state()).findings).toEqual([]);
    windows.write(`${policy}\\PublicProfile`, 'DisableNotifications', numberValue(1));
    expect((await state()).findings.map(({ effect }) => effect)).toEqual(['doubts']);
  });

  it('does not count where the registry changed while it was asked', async () => {
    const { firewall, windows, state } = open();
    ok(await firewall.block(block()));
    const run = windows.run.bind(windows);
    windows.run = async (script, request, value) => {
      windows.write(rulesKey, 'Somebody', textValue('v2.31|Action=Allow|Active=TRUE|Dir=In|'));
      return await run(script, request, value);
    };
    expect((await state(true)).findings.map(({ effect }) => effect)).toEqual(['doubts']);
  });

  it('voids the block where its service does not run', async () => {
    expect(
      await told((windows) => {
        windows.services = [{ name: 'mpssvc', status: 'Stopped' }];
      }),
    ).toEqual([
      0,
      'voids: The service MpsSvc of Windows Firewall does not run.',
      'voids: The service BFE of Windows Firewall does not run.',
    ]);
  });

  it('is voided at once when its service is stopped afterwards, and in doubt where nobody can tell', async () => {
    const { windows, firewall, clock } = open();
    ok(await firewall.block(block()));
    let stopped: readonly string[] = [];
    const process = { processId: 1, exitCode: 0, ownExitCode: 0 };
    const services: Pick<ServiceManager, 'status'> = {
      status: (name) =>
        stopped.includes('unknown')
          ? { ok: false, at: 'open', code: 5 }
          : { ok: true, value: { state: stopped.includes(name) ? 'stopped' : 'running', ...process } },
    };
    const watched = netSecurityFirewall({ clock, host: windows, registry: windows, services });
    const findings = async (thorough: boolean) => {
      const read = await watched.read({ thorough });
      return read.state === 'known' ? read.value.findings.map(({ effect, sentence }) => `${effect}: ${sentence}`) : [];
    };
    expect(await findings(true)).toEqual([]);
    stopped = ['BFE'];
    windows.services = [{ name: 'MpsSvc', status: 'Running' }];
    expect(await findings(false)).toEqual(['voids: The service BFE of Windows Firewall does not run.']);
    expect(await findings(true)).toEqual(['voids: The service BFE of Windows Firewall does not run.']);
    stopped = ['unknown'];
    expect((await findings(false)).at(-1)).toBe(
      'doubts: Whether the service BFE of Windows Firewall runs cannot be told (error 5 of Windows).',
    );
  });

  it('voids the block where it says that it does not apply to an interface, and says it once', async () => {
    const some = except(['Ethernet 2', 'vEthernet (Backup)']);
    expect(await told(some)).toEqual([
      0,
      'voids: On the public profile, Windows Firewall does not apply to network interfaces (Ethernet 2, vEthernet (Backup)); through them SQL Server is reached in spite of every rule.',
    ]);
    const both = await told((windows) => {
      some(windows);
      windows.write(`${policy}\\PublicProfile`, 'DisabledInterfaces', textValue('{x},{y}'));
    });
    expect(both).toHaveLength(2);
    expect(await told(except([]))).toEqual([4]);
    // What PowerShell makes of a property without a value.
    expect(await told(except(['']))).toEqual([4]);
  });

  it('is in doubt where another firewall is registered, and says where there is no register', async () => {
    expect(
      await told((windows) => {
        windows.products = ['Fortress'];
      }),
    ).toEqual([
      4,
      'doubts: Another firewall is registered on this machine (Fortress); whether it or Windows Firewall decides cannot be told.',
    ]);
    const { firewall, windows, state } = open();
    ok(await firewall.block(block()));
    windows.register = 'absent';
    expect((await state(true)).rules.at(-1)).toBe(
      'This Windows keeps no register of other firewalls: whether there is one beside it was not told.',
    );
  });

  it('voids the block where it does not enforce what is written', async () => {
    const { firewall, windows, state } = open();
    ok(await firewall.block(block()));
    const look = windows.look.bind(windows);
    const written = look({ hive: 'HKEY_LOCAL_MACHINE', names: rulesKey.split('\\'), view: '64-bit' });
    windows.rules.clear();
    windows.look = (path) =>
      path.names.at(-1) === 'FirewallRules' && path.names.includes('SharedAccess') && !path.names.includes('Mdm')
        ? written
        : look(path);
    const { blocked, findings } = await state(true);
    expect(blocked).toEqual([]);
    expect(findings.map(({ effect }) => effect)).toEqual(['voids', 'voids']);
    expect(findings[0]?.sentence).toMatch(
      /^Windows Firewall does not enforce the rule Mortise-SecureMode-[0-9a-f]+-TCP of Mortise\.$/u,
    );
  });

  it('is unknown where it cannot be asked', async () => {
    const { firewall, windows } = open();
    windows.instead.set('read', { kind: 'unsure', cause: 'it hung' });
    expect(await codeOf(firewall.read({ thorough: true }))).toBe('firewall-unreadable');
    windows.instead.set('read', {
      kind: 'refused',
      stage: 'ours',
      id: 'HRESULT 0x80070005,Get-NetFirewallRule',
      left: [],
    });
    expect(await codeOf(firewall.read({ thorough: true }))).toBe('firewall-no-right');
  });

  it('names a rule for an old path of the program, and the lack of one', async () => {
    const { windows, firewall } = open({ program: String.raw`C:\Old\sqlservr.exe` });
    ok(await firewall.block(block()));
    const clock = { now: () => new Date() };
    const moved = netSecurityFirewall({ clock, host: windows, registry: windows, program });
    const read = await moved.read({ thorough: true });
    const findings = read.state === 'known' ? read.value.findings : [];
    expect(findings).toHaveLength(1);
    expect(findings[0]?.sentence).toContain(
      String.raw`is for the program C:\Old\sqlservr.exe, but SQL Server runs ${program}.`,
    );
    for (const name of windows.rules.keys()) if (name.endsWith('PROGRAM')) windows.write(rulesKey, name, undefined);
    const without = await moved.read();
    expect(without.state === 'known' && without.value.findings.at(-1)?.sentence).toBe(
      'No rule is for the program of SQL Server: a port that it opens later is not blocked.',
    );
  });
});
