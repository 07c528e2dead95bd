import { z } from 'zod';
import { profileFaultSchema, serverAddressSchema, siteProfileSchema } from './site-profile.ts';

const time = z.iso.datetime();
const text = z.string();

/** The name of a site in the library: made from the profile's name, the same for as long as the site is kept. */
export const siteIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

/** One site of the library, with what Mortise last saw of it. */
export const siteEntrySchema = z.strictObject({
  id: siteIdSchema,
  /** Null where the stored file cannot be read as a profile; `faults` says why. */
  profile: siteProfileSchema.nullable(),
  faults: z.array(profileFaultSchema),
  lastSeen: z
    .strictObject({ at: time, commissioning: text, controllers: z.int().nonnegative(), drift: z.int().nonnegative() })
    .nullable(),
  /** Whether it is the one that this Mortise has open. */
  open: z.boolean(),
});
export type SiteEntry = z.infer<typeof siteEntrySchema>;

export const templateIds = ['training', 'net2', 'generic'] as const;
export const templateSchema = z.strictObject({
  id: z.enum(templateIds),
  title: text,
  /** What the template knows, and what is left to be confirmed. */
  about: text,
  /** A profile with holes: what a person or the server must still say stands as an empty text. */
  draft: z.json(),
  /** Paths of what is to be confirmed. */
  confirm: z.array(text),
});
export type SiteTemplate = z.infer<typeof templateSchema>;

/** A profile as it was read from text or a file: whole, or all its faults at once. */
export const checkedProfileSchema = z.strictObject({
  profile: siteProfileSchema.nullable(),
  faults: z.array(profileFaultSchema),
});
export type CheckedProfile = z.infer<typeof checkedProfileSchema>;

/** One difference between two profiles; a side that does not have it is null. */
export const profileDifferenceSchema = z.strictObject({ path: text, left: text.nullable(), right: text.nullable() });
export type ProfileDifference = z.infer<typeof profileDifferenceSchema>;

/** What a server shows before anybody logs in. */
export const greetingSchema = z.strictObject({
  /** The port that was found, where the Browser was asked. */
  port: z.int().nullable(),
  version: text,
  protocol: text,
  certificate: z.strictObject({
    /** PEM; public. */
    pem: text,
    subject: text,
    issuer: text,
    selfSigned: z.boolean(),
    validFrom: time,
    validTo: time,
    /** SHA-256, in pairs. */
    fingerprint: text,
    names: z.array(text),
    /** Whether the machine's own CAs vouch for it under this host's name; the reason where not. */
    verified: z.discriminatedUnion('holds', [
      z.strictObject({ holds: z.literal(true) }),
      z.strictObject({ holds: z.literal(false), why: text }),
    ]),
  }),
});
export type Greeting = z.infer<typeof greetingSchema>;

/** A table that looks like the one that holds controllers, with the reasons and what it would be described as. */
export const tableCandidateSchema = z.strictObject({
  schema: text,
  table: text,
  rows: z.int().nonnegative(),
  /** Higher is likelier; only for ordering. */
  score: z.number(),
  reasons: z.array(text),
  /** What stands in the way of guarding it; empty when nothing does. */
  obstacles: z.array(text),
  columns: z.array(z.strictObject({ name: text, type: text, nullable: z.boolean(), isKey: z.boolean() })),
  /** `controllerTable` of the profile as far as it can be guessed; holes as empty texts. */
  draft: z.json(),
});
export type TableCandidate = z.infer<typeof tableCandidateSchema>;

/** What can be read from a server to make a profile of it. Nothing is changed. */
export const discoverySchema = z.strictObject({
  server: z.strictObject({ machine: text, instance: text, version: text, edition: text, supported: z.boolean() }),
  as: text,
  databases: z.array(z.strictObject({ name: text, state: text, accessible: z.boolean() })),
  /** Of the database that was asked about; empty without one. */
  candidates: z.array(tableCandidateSchema),
  /** Logins that have sessions now, with the programs that they run under. */
  loginsInUse: z.array(
    z.strictObject({ login: text, programs: z.array(text), hosts: z.array(text), sessions: z.int() }),
  ),
  /** What could not be read, as sentences. */
  unread: z.array(text),
});
export type Discovery = z.infer<typeof discoverySchema>;

export const discoverInput = z.strictObject({
  address: serverAddressSchema,
  database: z.string().min(1).max(128).nullable(),
  setup: z.strictObject({ login: z.string().min(1).max(128), password: z.string().min(1).max(128) }),
});
