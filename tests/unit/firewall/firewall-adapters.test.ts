import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { MemoryWindows } from '#electron/firewall/netsecurity/memory-windows.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { systemClock } from '#electron/machine/clock.ts';
import type { OpenedSite } from '#electron/site/opened-site.ts';
import { openTrainingSite } from '#electron/training/opened-training-site.ts';
import { itIsAFirewall } from './firewall-contract.ts';

// The adapters that need no machine of their own; nftables keeps the same contract in tests/network.

describe('Windows Firewall, on a Windows in memory', () => {
  itIsAFirewall(async () => {
    const windows = new MemoryWindows();
    const firewall = netSecurityFirewall({ clock: systemClock, host: windows, registry: windows, settle: 100 });
    return await Promise.resolve({ firewall, close: async () => await Promise.resolve() });
  });
});

describe('the firewall of the training site', () => {
  let folder: string;
  let site: OpenedSite;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mortise-training-test-'));
    const opened = await openTrainingSite(folder, { graceMilliseconds: 0 });
    if (!opened.ok) throw new Error(opened.error.sentence);
    site = opened.value;
  });
  afterAll(async () => {
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  itIsAFirewall(async () => {
    await site.firewall.unblock();
    return { firewall: site.firewall, close: async () => await Promise.resolve() };
  });
});
