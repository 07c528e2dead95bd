import { z } from 'zod';
import { failureSchema } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { allowedAddressSchema, listenerSchema, probedListenerSchema } from '#shared/secure-mode.ts';
import { faultIds } from '../faults.ts';
import type { FaultId } from '../faults.ts';

/**
 * What Mortise may ask of the training site's process, and what it is answered. One line of JSON a message, both ways,
 * over a socket that only this account can open. Secrets travel here in the clear: they are practice secrets.
 */

const nothing = z.strictObject({});
const faultId = z.enum(faultIds as readonly [FaultId, ...FaultId[]]);
const milliseconds = z.int().nonnegative().max(600_000);

/** One secret record; the record's shape is that of the secret store's port. */
const recordSchema = z.strictObject({
  version: z.literal(1),
  current: z.string().nullable(),
  pending: z.string().nullable(),
  previous: z.string().nullable(),
});

export const factsSchema = z.strictObject({
  processId: z.int(),
  folder: z.string(),
  host: z.string(),
  port: z.int(),
  /** The private CA that signed the server's certificate, PEM. */
  ca: z.string(),
  database: z.string(),
  /** The file from which the access-control service reads its connection string. */
  configPath: z.string(),
  /** The administrator's login, lent for preparing the site. */
  setup: z.strictObject({ login: z.string(), password: z.string() }),
  /** Whether the remote workstation has its session now. */
  workstationConnected: z.boolean(),
});

export const controlMethods = {
  info: { params: nothing, result: factsSchema },
  'firewall.read': {
    params: nothing,
    result: z.strictObject({
      rules: z.array(z.string()),
      blocked: z.array(listenerSchema),
      allowed: z.array(allowedAddressSchema),
    }),
  },
  'firewall.block': {
    params: z.strictObject({ listeners: z.array(listenerSchema), allowed: z.array(allowedAddressSchema) }),
    result: z.null(),
  },
  'firewall.unblock': { params: nothing, result: z.null() },
  'services.inspect': {
    params: z.strictObject({ name: z.string() }),
    result: z.strictObject({
      name: z.string(),
      state: z.enum(['running', 'stopped', 'starting', 'stopping']),
      processId: z.int().nullable(),
    }),
  },
  'services.start': { params: z.strictObject({ name: z.string(), limit: milliseconds }), result: z.null() },
  'services.stop': { params: z.strictObject({ name: z.string(), limit: milliseconds }), result: z.null() },
  'secrets.read': { params: z.strictObject({ login: z.string() }), result: recordSchema.nullable() },
  'secrets.write': { params: z.strictObject({ login: z.string(), record: recordSchema }), result: z.null() },
  'secrets.remove': { params: z.strictObject({ login: z.string() }), result: z.null() },
  probe: {
    params: z.strictObject({ listeners: z.array(listenerSchema) }),
    result: z.strictObject({
      from: z.string(),
      at: z.iso.datetime(),
      seen: z.array(probedListenerSchema),
    }),
  },
  'faults.list': {
    params: nothing,
    result: z.array(
      z.strictObject({ id: faultId, title: z.string(), duration: z.enum(['once', 'until-off']), on: z.boolean() }),
    ),
  },
  'faults.set': {
    params: z.strictObject({
      id: faultId,
      on: z.boolean(),
      pattern: z.string().max(1000).optional(),
      login: z.string().optional(),
    }),
    result: z.null(),
  },
  /** The whole site as one canonical text, for comparing two sites. */
  image: { params: nothing, result: z.string() },
  /** Everything as on the first day; `controllers` changes their number. Running sessions are cut. */
  reset: { params: z.strictObject({ controllers: z.int().positive().max(100_000).optional() }), result: z.null() },
} as const satisfies Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>;

export type ControlMethod = keyof typeof controlMethods;
export type ParamsOf<M extends ControlMethod> = z.infer<(typeof controlMethods)[M]['params']>;
export type ResultOf<M extends ControlMethod> = z.infer<(typeof controlMethods)[M]['result']>;
export type StoredRecord = z.infer<typeof recordSchema>;

/** One handler a method: a method that has none does not compile. */
export type ControlHandlers = { readonly [M in ControlMethod]: (params: ParamsOf<M>) => Promise<Result<ResultOf<M>>> };

export const requestSchema = z.strictObject({
  id: z.int().nonnegative(),
  method: z.enum(Object.keys(controlMethods) as [ControlMethod, ...ControlMethod[]]),
  params: z.unknown(),
});

export const answerSchema = z.union([
  z.strictObject({ id: z.int().nonnegative(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.int().nonnegative(), ok: z.literal(false), error: failureSchema }),
]);

/** The longest request that is read, in characters. Answers (an image, say) may be longer. */
export const longestRequest = 1_000_000;
