import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import type { FaultSetting } from '#electron/training/faults.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import type { FaultColumn } from '../fault-columns.ts';

/** The faults that the training site practises, as it is told them. */
const practised: Partial<Record<FaultColumn, Omit<FaultSetting, 'on'>>> = {
  'server-gone-before': { id: 'drop-before', pattern: '' },
  'server-gone-after': { id: 'drop-after', pattern: '' },
  'no-right': { id: 'no-right', pattern: '' },
  'keychain-locked': { id: 'keychain-locked' },
  'keychain-gone': { id: 'keychain-gone' },
  'service-does-not-stop': { id: 'service-does-not-stop' },
  'service-does-not-start': { id: 'service-does-not-start' },
  'service-does-not-log-in': { id: 'service-does-not-log-in' },
};

/** Switches a fault of the site on. What is Mortise's own (its clock, its disk) is not switched here. */
export async function strikeSite(site: TrainingSite, fault: FaultColumn): Promise<void> {
  const setting = practised[fault];
  if (setting !== undefined) await site.faults.set({ ...setting, on: true });
  const { configPath, processId } = site.facts;
  if (fault === 'consumer-read-only') chmodSync(configPath, 0o400);
  if (fault === 'consumer-changed') {
    const text = readFileSync(configPath, 'utf8');
    writeFileSync(
      configPath,
      text.replace('</configuration>', '  <!-- changed by somebody else -->\r\n</configuration>'),
    );
  }
  if (fault === 'server-killed') process.kill(processId, 'SIGKILL');
}

/** The site behaves again. */
export async function liftSite(site: TrainingSite): Promise<void> {
  for (const { id } of Object.values(practised)) await site.faults.set({ id, on: false });
  chmodSync(site.facts.configPath, 0o600);
}

/** Left on while somebody looks, it would strike the one who looks. */
export async function liftWhatStrikesOnce(site: TrainingSite): Promise<void> {
  for (const id of ['drop-before', 'drop-after'] as const) await site.faults.set({ id, on: false });
}
