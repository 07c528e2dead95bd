import { Secret } from '#shared/secret.ts';
import type { Client } from '#shared/client.ts';
import type { Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import { compose } from '#electron/compose.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { trippingFilePort } from './tripwire.ts';
import type { Tripwire } from './tripwire.ts';

// Mortise in a process of its own, which may be killed. One argument: what to do, as JSON. Exit 0 when it was done.

interface Errand {
  readonly stateFolder: string;
  readonly act: 'run' | 'resume' | 'undo';
  readonly tripwire?: Tripwire;
}

/** The same password in every run, so that two end states can be compared whole. */
export const fixedPassword = 'Fixed-for-comparison_2026.Kq7';

async function planOf(client: Client, act: Errand['act']): Promise<Result<Plan>> {
  switch (act) {
    case 'run':
      return await client.lockdown.run.plan({
        engineer: 'Kim',
        reason: 'A test of kills',
        login: 'acs_service',
        setup: null,
      });
    case 'resume':
      return await client.lockdown.resume.plan({ setup: null });
    case 'undo':
      return await client.lockdown.undo.plan({ setup: null });
  }
}

async function main(errand: Errand): Promise<string | undefined> {
  const composed = await compose({
    stateFolder: errand.stateFolder,
    consent: { ask: async () => await Promise.resolve(true) },
    saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
    files: trippingFilePort(nodeFilePort, errand.tripwire),
    generatePassword: () => new Secret(fixedPassword),
    training: { graceMilliseconds: 60_000 },
  });
  if (!composed.ok) return composed.error.sentence;
  const client = inProcessClient(composed.value, (line) => process.stderr.write(`${line}\n`));
  try {
    const plan = await planOf(client, errand.act);
    if (!plan.ok) return `plan: ${plan.error.sentence}`;
    const outcome = await client.lockdown[errand.act].apply({ planId: plan.value.planId });
    return outcome.ok ? undefined : `apply: ${outcome.error.sentence}`;
  } finally {
    await composed.value.close();
  }
}

const failure = await main(JSON.parse(process.argv[2] ?? '') as Errand);
if (failure !== undefined) {
  process.stderr.write(`${failure}\n`);
  process.exitCode = 1;
}
