import { join } from 'node:path';
import type { Client } from '#shared/client.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import { compose } from '#electron/compose.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { clockJump } from '../fault-columns.ts';
import { notMet } from './errand.ts';
import type { Asked, Errand } from './errand.ts';
import { watchedFiles } from './record-watch.ts';
import { strikeSite } from './site-faults.ts';

// Mortise in a process of its own that meets a fault and is killed. One argument: the errand, as JSON.

const never = new Promise<never>(() => undefined);

/** SIGKILL: nothing of this process runs after it. */
async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return await never;
}

async function apply(
  call: { apply(input: { readonly planId: string }): Promise<Result<Outcome>> },
  plan: Result<Plan>,
): Promise<Result<unknown>> {
  return plan.ok ? await call.apply({ planId: plan.value.planId }) : plan;
}

async function ask({ rotation }: Client, asked: Asked): Promise<Result<unknown>> {
  switch (asked.change) {
    case 'rotate':
    case 'restore':
    case 'reconcile':
      return await apply(rotation[asked.change], await rotation[asked.change].plan({ login: asked.login }));
    case 'reset':
      return await apply(rotation.reset, await rotation.reset.plan({ login: asked.login, setup: null }));
    case 'rotateMany':
      return await apply(rotation.rotateMany, await rotation.rotateMany.plan({ logins: [...asked.logins] }));
  }
}

async function main({ stateFolder, asked, trigger, fault, killed }: Errand): Promise<void> {
  // A line of its own to the site, so that striking waits for nothing of Mortise's.
  const site = await startTrainingSite({ folder: join(stateFolder, 'training') });
  if (!site.ok) throw new Error(site.error.sentence);
  let struck = false;
  let full = false;
  let jump = 0;
  const strike = async () => {
    if (struck) return;
    struck = true;
    full = fault === 'disk-full';
    jump = fault === 'clock-forward' ? clockJump : fault === 'clock-back' ? -clockJump : 0;
    await strikeSite(site.value, fault);
    if (killed === 'at once' || fault === 'crash') await die();
    if (typeof killed === 'number') setTimeout(() => void die(), killed);
  };
  const isMet = (text: string, login: string | undefined, moment: 'before' | 'after') =>
    trigger.kind === 'record' &&
    trigger.moment === moment &&
    (trigger.login === null || trigger.login === login) &&
    text.includes(`"kind":"${moment}"`) &&
    text.includes(`"step":"${trigger.step}"`);
  const files = watchedFiles(nodeFilePort, {
    beforeWrite: async (text, login) => {
      if (struck && killed === 'at the next record') await die();
      if (isMet(text, login, 'after')) await strike();
    },
    afterFlush: async (text, login) => {
      if (isMet(text, login, 'before')) await strike();
    },
    full: () => full,
  });

  const composed = await compose({
    stateFolder,
    consent: { ask: async () => await Promise.resolve(true) },
    saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
    files,
    clock: { now: () => new Date(Date.now() + jump) },
    training: { graceMilliseconds: 60_000 },
  });
  if (!composed.ok) throw new Error(composed.error.sentence);
  const client = inProcessClient(composed.value, (line) => process.stderr.write(`${line}\n`));
  client.on('progress', ({ steps }) => {
    if (trigger.kind !== 'progress') return;
    const { step, state } = trigger;
    if (steps.some((each) => each.id === step && each.state === state)) void strike();
  });
  const answer = await ask(client, asked);
  if (struck) await die();
  process.stderr.write(answer.ok ? 'it came to its end' : answer.error.sentence);
  process.exit(notMet);
}

await main(JSON.parse(process.argv[2] ?? '') as Errand);
