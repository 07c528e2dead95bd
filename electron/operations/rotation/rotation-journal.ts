import { z } from 'zod';
import type { StepJournal } from '#electron/journal/step-journal.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { OpenRotation } from '#shared/snapshot.ts';

/** The steps of a rotation, in order. `switch` is the one that cannot be taken for done or not done without asking. */
export const rotationSteps = ['stage', 'stop', 'switch', 'deploy', 'start', 'prove', 'commit'] as const;
export type RotationStep = (typeof rotationSteps)[number];

const at = z.iso.datetime();

/** One record of the journal. It never holds a secret, nor anything that tells of one. */
export const rotationRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begun'),
    at,
    login: z.string(),
    /** Where the new password comes from: made now, or the former one that is kept. */
    to: z.enum(['generated', 'previous']),
    /** Who switches: the login itself, with the password it has, or an administrator, who needs none. */
    by: z.enum(['login', 'administrator']).default('login'),
    /** What runs only with the services, and has to be started again after them. */
    dependants: z.array(z.string()).default([]),
    /** What it is a part of: the lockdown that began then; null for a rotation by itself. */
    partOf: z.string().nullable().default(null),
    /** The server's PasswordLastSetTime before the switch: when it has moved, the switch took effect. */
    passwordSetAt: at.nullable(),
  }),
  z.strictObject({ kind: z.literal('before'), at, step: z.enum(rotationSteps) }),
  z.strictObject({ kind: z.literal('after'), at, step: z.enum(rotationSteps) }),
  /** From here on the way is back to the password that was current at the beginning. */
  z.strictObject({ kind: z.literal('turned-back'), at }),
  /** The server refused the way back after the switch, so that the new password stays and is brought everywhere. */
  z.strictObject({ kind: z.literal('turned-forward'), at }),
  /** superseded: somebody set another password meanwhile, and it was taken in: the copies are brought into line after it. */
  z.strictObject({ kind: z.literal('ended'), at, end: z.enum(['committed', 'restored', 'superseded']) }),
]);
export type RotationRecord = z.infer<typeof rotationRecordSchema>;

export type RotationBegun = Extract<RotationRecord, { readonly kind: 'begun' }>;

/** What the journal says of the rotation it holds. */
export interface RotationState {
  readonly login: string;
  readonly to: RotationBegun['to'];
  readonly by: RotationBegun['by'];
  readonly partOf: string | null;
  readonly dependants: readonly string[];
  readonly direction: 'forward' | 'back';
  /** As it was before the switch. */
  readonly passwordSetAt: string | null;
  readonly began: ReadonlySet<RotationStep>;
  readonly finished: ReadonlySet<RotationStep>;
  /** How far the way forward had come when it was left: what the way back has to do depends on it. */
  readonly leftAfter: 'stage' | 'stop' | 'switch' | undefined;
  readonly ended: 'committed' | 'restored' | 'superseded' | undefined;
}

/** The rotation that has not come to its end, of whichever login; undefined where there is none. */
export async function openRotation(
  journal: Pick<StepJournal<RotationRecord>, 'read'>,
): Promise<Result<RotationState | undefined>> {
  const records = await journal.read();
  if (!records.ok) return records;
  const state = records.value && rotationState(records.value);
  return succeed(state?.ended === undefined ? state : undefined);
}

const stepWords: Readonly<Record<RotationStep, string>> = {
  stage: 'the new password was being kept',
  stop: 'the services were being stopped',
  switch: 'the server was being told',
  deploy: 'the copies were being written',
  start: 'the services were being started',
  prove: 'it was being proved',
  commit: 'it was being kept as the current one',
};

/** The open rotation as the screen shows it; null when the last one has ended or there was none. */
export function shownRotation(records: readonly RotationRecord[] | undefined): OpenRotation | null {
  const state = records && rotationState(records);
  if (state === undefined || state.ended !== undefined) return null;
  const { login, direction } = state;
  const step = rotationSteps.findLast((each) => state.began.has(each)) ?? null;
  const switched = state.began.has('switch') || state.leftAfter === 'switch';
  const done = switched
    ? 'The server may have the new password already; both are kept.'
    : 'The password on the server is as it was.';
  return {
    login,
    startedAt: records?.[0]?.at ?? '',
    direction,
    step,
    switched,
    sentence: `The rotation of ${login} stopped ${step === null ? 'before its first step' : `while ${stepWords[step]}`}${direction === 'back' ? ', on the way back' : ''}. ${done}`,
  };
}

/** Reads a journal from its first record to its last. Undefined for an empty one: nothing had begun. */
export function rotationState(records: readonly RotationRecord[]): RotationState | undefined {
  const [first, ...rest] = records;
  if (first?.kind !== 'begun') return undefined;
  let direction: RotationState['direction'] = 'forward';
  let leftAfter: RotationState['leftAfter'];
  let ended: RotationState['ended'];
  let began = new Set<RotationStep>();
  let finished = new Set<RotationStep>();
  for (const record of rest) {
    if (record.kind === 'before') began.add(record.step);
    else if (record.kind === 'after') finished.add(record.step);
    else if (record.kind === 'ended') ended = record.end;
    else if (record.kind === 'turned-back') {
      direction = 'back';
      leftAfter ??= began.has('switch') ? 'switch' : began.has('stop') ? 'stop' : 'stage';
      began = new Set();
      finished = new Set();
    } else if (record.kind === 'turned-forward') {
      direction = 'forward';
      leftAfter = undefined;
      began = new Set(['switch']);
      finished = new Set();
    }
  }
  const { login, to, by, partOf, dependants, passwordSetAt } = first;
  return { login, to, by, partOf, dependants, direction, passwordSetAt, began, finished, leftAfter, ended };
}
