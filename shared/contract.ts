import { z } from 'zod';
import { outcomeSchema, planSchema } from './plan.ts';
import { foundCopiesSchema } from './consumer-profile.ts';
import { progressSchema, snapshotSchema, trailEntrySchema } from './snapshot.ts';
import { assessmentSchema } from './assessment.ts';
import { allowedAddressSchema, instanceLayerSchema, probeRequestSchema } from './secure-mode.ts';
import { siteProfileSchema, transportSchema } from './site-profile.ts';
import {
  checkedProfileSchema,
  discoverInput,
  discoverySchema,
  greetingSchema,
  profileDifferenceSchema,
  siteEntrySchema,
  siteIdSchema,
  templateSchema,
} from './sites.ts';
import { largestProfile } from './vocabulary.ts';
import { verificationSchema } from './verification.ts';
import type { ChangeName } from './change-names.ts';

/** A call that changes nothing on the site. */
export interface QueryCall {
  readonly kind: 'query';
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/**
 * A call that changes something. It always has two halves: `plan` takes the input and answers a Plan; `apply` takes
 * nothing but the plan's id. `cancellable` adds `cancel`, which stops at the next safe point.
 */
export interface ChangeCall {
  readonly kind: 'change';
  readonly input: z.ZodType;
  readonly cancellable: boolean;
}

const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'query', input, output }) as const;
const change = <I extends z.ZodType, C extends boolean>(input: I, cancellable: C) =>
  ({ kind: 'change', input, cancellable }) as const;

const nothing = z.strictObject({});
/** NUL has no place in a text for SQL Server, which ends some texts there. */
const reason = z
  .string()
  .trim()
  .min(3)
  .max(400)
  .regex(/^[^\0]*$/);
const loginName = z.string().min(1).max(128);
/** Typed by a person; main takes it in as a secret and never says it back. */
const password = z.string().min(1).max(128);

/** Seals or opens a recovery kit. */
const passphrase = z.string().min(1).max(1000);

/** The setup principal's login for one operation; null where the training site lends its administrator. */
const setup = z.strictObject({ login: loginName, password }).nullable();

/** Every call there is. Client, server and fake are derived from this by mapped types. */
export const contract = {
  site: {
    snapshot: query(nothing, snapshotSchema),
    refresh: query(nothing, snapshotSchema),
    prepare: change(z.strictObject({ setup }), false),
    remove: change(z.strictObject({ setup }), false),
    /** Creates Mortise's own login with exactly the rights it needs, and keeps its password in the keychain. */
    createRunLogin: change(z.strictObject({ setup, mayChangeLogins: z.boolean() }), false),
    /** Takes guard and truncate stop down for the vendor's upgrade; register and history stay. */
    beginUpgrade: change(z.strictObject({ setup, reason }), false),
    /** Puts the guard up anew, after the upgrade or where it was disabled, altered or lost; register and history stay. */
    restoreGuard: change(z.strictObject({ setup, reason }), false),
  },
  commissioning: {
    off: change(z.strictObject({ reason }), false),
    on: change(z.strictObject({ reason, openUntil: z.iso.datetime().nullable() }), false),
    /** Locks for some minutes; the server's own clock takes it back unless commissioning.off confirms it. */
    rehearse: change(z.strictObject({ reason, minutes: z.int().min(1).max(60) }), false),
    /** Registers the controllers as they are now, while commissioning mode stays off. */
    renewRegister: change(z.strictObject({ reason }), false),
    /** Binds the lock to this server, after the database was moved or restored. */
    adoptServer: change(z.strictObject({ reason }), false),
  },
  rotation: {
    rotate: change(z.strictObject({ login: loginName }), true),
    /** One after the other, each as a rotation of its own; Mortise's own login last. */
    rotateMany: change(z.strictObject({ logins: z.array(loginName).min(1).max(100) }), true),
    /** Puts the former password back, where it is kept. */
    restore: change(z.strictObject({ login: loginName }), true),
    /** Finds out which password works and brings it to every copy, with or without a journal. */
    reconcile: change(z.strictObject({ login: loginName }), true),
    /** Takes a password that is in force and that Mortise does not know: proved by one login, then kept. */
    adopt: change(z.strictObject({ login: loginName, password }), false),
    /** A rotation by an administrator, for a login that is locked out or whose password nobody knows. */
    reset: change(z.strictObject({ login: loginName, setup }), true),
    /** A person's own login, by the login itself: needs no right of an administrator. */
    changeOwn: change(z.strictObject({ login: loginName, from: password, to: password }), false),
    /** Tries each published default of this login once; the server counts the attempts. */
    tryDefaults: change(z.strictObject({ login: loginName }), false),
    /** Which secret is where. Changes nothing; at most one login attempt for each kept password. */
    verify: query(z.strictObject({ login: loginName }), verificationSchema),
    /** Looks for copies of passwords beside those that the profile describes. */
    findCopies: query(nothing, foundCopiesSchema),
  },
  recoveryKit: {
    /** Seals every password that is kept for this site into a file, and asks where to save it. */
    export: change(z.strictObject({ passphrase }), false),
    /** Lets the person choose a kit's file. Path null when cancelled. */
    choose: query(nothing, z.strictObject({ path: z.string().nullable(), isKit: z.boolean() })),
    /** Opens the kit that was chosen last, and keeps its passwords for this account. */
    import: change(z.strictObject({ passphrase }), false),
  },
  secureMode: {
    on: change(nothing, false),
    off: change(z.strictObject({ reason }), false),
    /** Replaces the addresses that stay allowed while secure mode is on. */
    allow: change(z.strictObject({ allowed: z.array(allowedAddressSchema).max(100), reason }), false),
    /** Lets the machine put the block up when it starts, or no longer. */
    atStart: change(z.strictObject({ installed: z.boolean() }), false),
    /** Where SQL Server itself accepts connections from; starts the instance again. */
    bindInstance: change(z.strictObject({ layer: instanceLayerSchema, reason }), false),
    /** Asks the firewall itself, which may take a minute or ask for rights, and answers the fresh snapshot. */
    read: query(nothing, snapshotSchema),
    /** Tries every listener from a machine that Mortise itself reaches, and answers the fresh snapshot. */
    probe: query(nothing, snapshotSchema),
    /** What to run on another machine, which then tries every listener and says what it saw. */
    askProbe: query(nothing, probeRequestSchema),
    /** Takes the answer of that machine, as the engineer brought it; null lets the person choose a file. */
    takeProbe: query(z.strictObject({ text: z.string().max(100_000).nullable() }), snapshotSchema),
  },
  lockdown: {
    run: change(z.strictObject({ engineer: z.string().trim().min(1).max(100), reason, login: loginName, setup }), true),
    resume: change(z.strictObject({ setup }), true),
    undo: change(z.strictObject({ setup }), true),
    /** Ends an interrupted or failed lockdown where it is, keeping what was done. */
    stop: change(nothing, false),
    /** Asks where to save the summary and saves it; answers the path, or null when the person cancelled. */
    saveSummary: query(
      z.strictObject({ format: z.enum(['html', 'json']) }),
      z.strictObject({ path: z.string().nullable() }),
    ),
  },
  assessment: {
    /** Reads, and changes nothing. With a setup login as that one, else as the run login. */
    run: query(z.strictObject({ setup }), assessmentSchema),
    /** Saves the assessment that was made last; null when the person cancelled. */
    save: query(z.strictObject({ format: z.enum(['html', 'json']) }), z.strictObject({ path: z.string().nullable() })),
  },
  sites: {
    list: query(nothing, z.array(siteEntrySchema)),
    templates: query(nothing, z.array(templateSchema)),
    /** Judges a profile's text; every fault at once. */
    check: query(z.strictObject({ text: z.string().max(largestProfile) }), checkedProfileSchema),
    /** Lets the person choose a profile file and judges it; path null when cancelled. */
    chooseFile: query(nothing, checkedProfileSchema.extend({ path: z.string().nullable() })),
    /** What the server shows before a login: certificate, version, encryption. */
    greet: query(z.strictObject({ host: z.string().min(1).max(255), transport: transportSchema }), greetingSchema),
    /** What a setup login can read, to make a profile of it. */
    discover: query(discoverInput, discoverySchema),
    difference: query(z.strictObject({ left: siteIdSchema, right: siteIdSchema }), z.array(profileDifferenceSchema)),
    /** Asks where to save a copy of a site's profile; null when the person cancelled. */
    export: query(z.strictObject({ id: siteIdSchema }), z.strictObject({ path: z.string().nullable() })),
    /** Keeps a profile in the library: a new one with id null. */
    save: change(z.strictObject({ id: siteIdSchema.nullable(), profile: siteProfileSchema }), false),
    remove: change(z.strictObject({ id: siteIdSchema }), false),
    /** Opens another site in this window; null is the training site. */
    open: query(z.strictObject({ id: siteIdSchema.nullable() }), nothing),
  },
  trail: {
    verify: query(
      nothing,
      z.strictObject({
        entries: z.int().nonnegative(),
        holds: z.boolean(),
        firstBroken: z.int().positive().nullable(),
        sentence: z.string(),
      }),
    ),
    recent: query(z.strictObject({ most: z.int().min(1).max(1000) }), z.array(trailEntrySchema)),
  },
  training: {
    fault: change(z.strictObject({ fault: z.string().min(1).max(60), on: z.boolean() }), false),
    faults: query(nothing, z.array(z.strictObject({ id: z.string(), title: z.string(), on: z.boolean() }))),
  },
} as const satisfies Record<string, Record<string, QueryCall | ChangeCall>>;

export type Contract = typeof contract;

/** What main tells without being asked. */
export const pushes = {
  snapshot: snapshotSchema,
  progress: progressSchema,
} as const satisfies Record<string, z.ZodType>;

export type Pushes = { readonly [Name in keyof typeof pushes]: z.infer<(typeof pushes)[Name]> };
export type PushName = keyof typeof pushes;

/** Inputs of the halves that every changing call has besides `plan`. */
export const applyInput = z.strictObject({ planId: z.string().min(1).max(64) });
export const cancelInput = z.strictObject({});
export const planOutput = planSchema;
export const applyOutput = outcomeSchema;
export const cancelOutput = z.strictObject({ asked: z.boolean() });

/** The changing calls of the contract as `area.call`. */
export type ContractChange = {
  [A in keyof Contract]: {
    [C in keyof Contract[A]]: Contract[A][C] extends { readonly kind: 'change' } ? `${A}.${C & string}` : never;
  }[keyof Contract[A]];
}[keyof Contract];

// The list of names (change-names.ts, which the snapshot's schema needs) and the contract say the same, or this does not compile.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const changeNamesAreComplete: Same<ContractChange, ChangeName> = true;

/** The input of a changing call as its operation receives it. */
export type ChangeInput<N extends ChangeName> = N extends `${infer A}.${infer C}`
  ? A extends keyof Contract
    ? C extends keyof Contract[A]
      ? Contract[A][C] extends { readonly input: infer S extends z.ZodType }
        ? z.infer<S>
        : never
      : never
    : never
  : never;
