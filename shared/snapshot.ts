import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { claimSchema, outcomeSchema, planStepSchema, stepStateSchema } from './plan.ts';
import { readingOf } from './reading.ts';
import { listenerSurveySchema, secureModeSchema } from './secure-mode.ts';
import { changeNames } from './change-names.ts';

const time = z.iso.datetime();
const count = z.int().nonnegative();

/** What the server says of itself and of this connection. */
export const serverSchema = z.strictObject({
  machine: z.string(),
  instance: z.string(),
  version: z.string(),
  edition: z.string(),
  serverTime: time,
  database: z.string(),
  sizeMegabytes: z.number().nonnegative(),
  lastBackup: time.nullable(),
  accessMode: z.enum(['MULTI_USER', 'RESTRICTED_USER', 'SINGLE_USER']),
  connection: z.strictObject({
    login: z.string(),
    encrypted: z.boolean(),
    /** How the server's certificate was judged before anything was sent. */
    certificate: z.enum(['verified', 'pinned', 'not-verified']),
    transport: z.string(),
  }),
});
export type Server = z.infer<typeof serverSchema>;

/** Registration of one controller. `bound` and `missing` exist only while a register exists. */
export const controllerStateSchema = z.enum(['bound', 'new', 'changed', 'missing', 'unregistered']);
export const controllerSchema = z.strictObject({
  key: z.string(),
  serial: z.string(),
  name: z.string(),
  address: z.string(),
  model: z.string(),
  lastSeen: time.nullable(),
  state: controllerStateSchema,
  /** Nothing heard for longer than 2.5 heartbeats. Asleep is not missing. */
  asleep: z.boolean(),
  /** False where the next version drops this model. */
  supported: z.boolean(),
});
export type Controller = z.infer<typeof controllerSchema>;

export const controllersSchema = z.strictObject({
  total: count,
  bound: count,
  new: count,
  changed: count,
  missing: count,
  asleep: count,
  unsupported: count,
  /** At most 500, those that need attention first, then by key. */
  listed: z.array(controllerSchema),
});
export type Controllers = z.infer<typeof controllersSchema>;

/** A difference between what was locked and what is in force. */
export const driftSchema = z.strictObject({
  name: z.string(),
  meaning: z.string(),
  next: z.string(),
  /** The change that leads out of it; null where that lies outside of Mortise. */
  wayOut: z.enum(changeNames).nullable(),
});
export type Drift = z.infer<typeof driftSchema>;

export const commissioningSchema = z.discriminatedUnion('state', [
  /** Mortise's objects are not in the database: nothing is enforced. */
  z.strictObject({ state: z.literal('not-prepared') }),
  /** Some of Mortise's objects are there and some are not: nothing can be relied on until the rest is removed. */
  z.strictObject({ state: z.literal('half-prepared'), found: z.array(z.string()) }),
  z.strictObject({
    /**
     * locked-by-time: the opening ended by the server's clock; what changed during it is not reviewed yet.
     * rehearsing: locked for a trial, until `until`. rehearsal-over: the trial ended by the server's clock, the table is
     * open again. upgrading: the guard is taken down for the vendor's upgrade.
     */
    state: z.enum(['on', 'off', 'locked-by-time', 'rehearsing', 'rehearsal-over', 'upgrading']),
    since: time,
    by: z.string(),
    reason: z.string(),
    /** When the state ends by itself, by the server's clock: an opening or a rehearsal. */
    until: time.nullable(),
    registered: count,
    /** Controllers that differ from the register since it was made, where they were allowed to. */
    unreviewed: count,
    drift: z.array(driftSchema),
  }),
]);
export type Commissioning = z.infer<typeof commissioningSchema>;

export const sessionGroupSchema = z.strictObject({
  login: z.string(),
  program: z.string(),
  host: z.string(),
  address: z.string(),
  transport: z.string(),
  sessions: count,
  /** Whether the client is this machine; `cannot-tell` for pipes and shared memory. */
  origin: z.enum(['local', 'remote', 'cannot-tell']),
});
export type SessionGroup = z.infer<typeof sessionGroupSchema>;

/** One right that Mortise's own login needs, whether it has it, and the statement that gives it. */
export const rightSchema = z.strictObject({
  name: z.string(),
  why: z.string(),
  held: z.boolean(),
  /** False for rights that only a wish of the engineer needs. */
  required: z.boolean(),
  grant: z.string(),
});
export type Right = z.infer<typeof rightSchema>;

export const loginSchema = z.strictObject({
  name: z.string(),
  role: z.enum(['run', 'service', 'administrator', 'other']),
  enabled: z.boolean(),
  locked: z.boolean(),
  /** SQL Server's own policy checks for this login. */
  policyChecked: z.boolean(),
  passwordSetAt: time.nullable(),
  badPasswords: count.nullable(),
  /** The consumers that hold a copy, as paths. */
  consumers: z.array(z.string()),
  services: z.array(z.string()),
  /** Whether a copy of the password is a published default; unknown when none is among those read and not all could be. */
  publishedDefault: readingOf(z.boolean()),
  rotatable: z.discriminatedUnion('possible', [
    z.strictObject({ possible: z.literal(true) }),
    z.strictObject({ possible: z.literal(false), why: z.string() }),
  ]),
  /** Where Mortise knows its password from: its own store, else a consumer's copy, else not at all. */
  passwordKnown: readingOf(z.enum(['kept', 'in-a-consumer', 'no'])),
  /** Whether the former password is kept, so that a rotation can be taken back. */
  previousKept: z.boolean(),
});
export type Login = z.infer<typeof loginSchema>;

/** A rotation that has not come to its end; null when there is none. */
export const openRotationSchema = z.strictObject({
  login: z.string(),
  startedAt: time,
  direction: z.enum(['forward', 'back']),
  /** The last step that was begun; null when none was. */
  step: z.string().nullable(),
  /** From here on the server may have the new password. */
  switched: z.boolean(),
  /** What main found out about it, in a sentence. */
  sentence: z.string(),
});
export type OpenRotation = z.infer<typeof openRotationSchema>;

export const serviceSchema = z.strictObject({
  name: z.string(),
  state: readingOf(z.enum(['running', 'stopped', 'starting', 'stopping'])),
});
export type Service = z.infer<typeof serviceSchema>;

/** One step of a running or finished operation as the screen shows it. */
export const progressStepSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  state: stepStateSchema,
  /** What it is doing or what came of it, one line. */
  note: z.string().nullable(),
  failure: failureSchema.nullable(),
});
export type ProgressStep = z.infer<typeof progressStepSchema>;

export const progressSchema = z.strictObject({
  operationId: z.string(),
  change: z.enum(changeNames),
  title: z.string(),
  startedAt: time,
  steps: z.array(progressStepSchema),
  /** Whether asking it to stop at the next safe point is offered. */
  cancellable: z.boolean(),
  ended: z.discriminatedUnion('how', [
    z.strictObject({ how: z.literal('not-yet') }),
    z.strictObject({ how: z.literal('done'), outcome: outcomeSchema }),
    z.strictObject({ how: z.literal('failed'), failure: failureSchema }),
  ]),
});
export type Progress = z.infer<typeof progressSchema>;

export const lockdownStepSchema = progressStepSchema.extend({
  /** What was shown before it was done, as planned when the lockdown was started. */
  planned: planStepSchema.shape.changes,
  claims: z.array(claimSchema),
});
export type LockdownStep = z.infer<typeof lockdownStepSchema>;

export const lockdownSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({
    /**
     * running: now, in this process. interrupted: a journal is open, nobody works on it (Mortise was ended, or a step
     * was cancelled). failed: a step failed and waits for a decision. finished: everything proved.
     * stopped: ended by decision where it was. undone: taken back.
     */
    state: z.enum(['running', 'undoing', 'interrupted', 'failed', 'finished', 'stopped', 'undone']),
    /** Which way an interrupted or failed one was going. */
    direction: z.enum(['forward', 'back']),
    id: z.string(),
    engineer: z.string(),
    startedAt: time,
    endedAt: time.nullable(),
    steps: z.array(lockdownStepSchema),
  }),
]);
export type Lockdown = z.infer<typeof lockdownSchema>;

/** Whether a change may be asked for now. The screen shows it; main enforces it again. */
export const permissionSchema = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(true) }),
  z.strictObject({ allowed: z.literal(false), why: z.string() }),
]);
export type Permission = z.infer<typeof permissionSchema>;

export const noticeSchema = z.strictObject({
  id: z.string(),
  severity: z.enum(['information', 'warning', 'error']),
  sentence: z.string(),
  next: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const trailEntrySchema = z.strictObject({
  sequence: z.int().positive(),
  at: time,
  actor: z.string(),
  operation: z.string(),
  phase: z.enum(['begun', 'ended', 'failed', 'noted']),
  text: z.string(),
  hash: z.string(),
});
export type TrailEntry = z.infer<typeof trailEntrySchema>;

/** Everything the screens show, in one piece, owned by main. */
export const snapshotSchema = z.strictObject({
  /** Rises with every snapshot of this process; a lower one that arrives late is ignored. */
  sequence: z.int().positive(),
  takenAt: time,
  site: z.strictObject({
    /** Its name in the library of sites; null for the training site and for a file. */
    id: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['training', 'real']),
    endpoint: z.string(),
    database: z.string(),
    controllerTable: z.string(),
  }),
  actor: z.strictObject({ account: z.string(), elevated: z.boolean() }),
  secretStore: z.strictObject({ kind: z.enum(['training', 'keychain']), sentence: z.string() }),
  server: readingOf(serverSchema),
  commissioning: readingOf(commissioningSchema),
  controllers: readingOf(controllersSchema),
  listeners: listenerSurveySchema,
  /** The rights of the run login, checked one by one. */
  rights: readingOf(z.array(rightSchema)),
  sessions: readingOf(z.array(sessionGroupSchema)),
  secureMode: secureModeSchema,
  logins: readingOf(z.array(loginSchema)),
  openRotation: readingOf(openRotationSchema.nullable()),
  services: z.array(serviceSchema),
  lockdown: lockdownSchema,
  operation: progressSchema.nullable(),
  permissions: z.record(z.enum(changeNames), permissionSchema),
  trail: readingOf(z.strictObject({ entries: count, head: z.string(), recent: z.array(trailEntrySchema) })),
  notices: z.array(noticeSchema),
  /** Faults that are switched on at the training site; empty at a real one. */
  faults: z.array(z.string()),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
