import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '#shared/client.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { compose } from '#electron/compose.ts';
import type { ComposeOptions } from '#electron/server/composition.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';

/** Mortise as a door opens it, on a training site of its own, without a screen. */
export interface OpenMortise {
  readonly client: Client;
  readonly stateFolder: string;
  /** Everything that the log was told. */
  readonly log: readonly string[];
  /** Questions that main asked, in order. */
  readonly asked: readonly string[];
  snapshot(): Promise<Snapshot>;
  close(): Promise<void>;
}

export interface OpenOptions extends Partial<Omit<ComposeOptions, 'consent'>> {
  readonly stateFolder: string;
  readonly answer?: boolean;
  /** What happens while a question stands open. */
  readonly whileAsked?: () => Promise<void>;
}

export const newStateFolder = async () => await mkdtemp(join(tmpdir(), 'mortise-lockdown-'));

/** Ends the training site of a state folder and removes the folder. */
export async function removeStateFolder(stateFolder: string): Promise<void> {
  const site = await startTrainingSite({ folder: join(stateFolder, 'training'), graceMilliseconds: 0 });
  if (site.ok) {
    process.kill(site.value.facts.processId, 'SIGTERM');
    await site.value.close();
  }
  await rm(stateFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

export async function openMortise({
  stateFolder,
  answer = true,
  whileAsked,
  ...options
}: OpenOptions): Promise<OpenMortise> {
  const log: string[] = [];
  const asked: string[] = [];
  const composed = await compose({
    stateFolder,
    consent: {
      ask: async ({ sentence }) => {
        asked.push(sentence);
        await whileAsked?.();
        return answer;
      },
    },
    saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
    log: (line) => log.push(line),
    training: { graceMilliseconds: 60_000 },
    ...options,
  });
  if (!composed.ok) throw new Error(composed.error.sentence);
  const client = inProcessClient(composed.value, (line) => log.push(line));
  return {
    client,
    stateFolder,
    log,
    asked,
    snapshot: async () => valueOf(await client.site.refresh({})),
    close: async () => await composed.value.close(),
  };
}

/** The whole training site of a state folder as one canonical text. */
export async function siteImage(stateFolder: string): Promise<string> {
  const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
  const image = valueOf(await site.image());
  await site.close();
  return image;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.sentence}`);
  return result.value;
}

interface Call<I> {
  plan(input: I): Promise<Result<Plan>>;
  apply(input: { readonly planId: string }): Promise<Result<Outcome>>;
}

/** Plans and applies, as a person does who agrees to what is shown. */
export async function change<I>(call: Call<I>, input: I): Promise<Result<Outcome>> {
  const plan = await call.plan(input);
  return plan.ok ? await call.apply({ planId: plan.value.planId }) : plan;
}

export const lockdownInput = {
  engineer: 'Kim Example',
  reason: 'Handover to the customer',
  login: 'acs_service',
  setup: null,
} as const;
