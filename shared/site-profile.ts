import { z } from 'zod';

/** The version of the profile's shape; a file with another one is refused with both numbers. */
export const profileFormat = 1;

const identifier = z
  .string()
  .min(1)
  .max(128)
  .regex(/^\P{Cc}*$/u, 'a name holds no control characters');
/** Column types that a register can hold; the guard compares them by value. */
const columnType = z.string().regex(/^(?:tinyint|smallint|int|bigint|uniqueidentifier|n?(?:var)?char\(\d{1,4}\))$/);

/** A week, in seconds: longer is a slip, and no time can be reckoned back from it. */
const longestHeartbeat = 7 * 24 * 60 * 60;

const pem = z.string().min(1).max(65_536);

/** How SQL Server is reached: an explicit port, an instance that the Browser knows, or a pipe of this machine. */
export const transportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tcp'), port: z.int().min(1).max(65535) }),
  z.strictObject({ kind: z.literal('instance'), instance: z.string().regex(/^[\p{L}_][\p{L}\p{N}_$#]{0,15}$/u) }),
  z.strictObject({ kind: z.literal('pipe'), pipe: z.string().min(1).max(256) }),
]);
export type SqlTransport = z.infer<typeof transportSchema>;

/**
 * What makes a server's certificate good enough. `ca`: signed by this CA (null: one that the machine trusts), made out to
 * the host. `pinned`: exactly this certificate. `loopback-unverified`: encrypted and not verified, for SQL Server's own
 * fallback certificate; only ever on this machine. Clear text is none of them.
 */
export const trustSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ca'), certificate: pem.nullable() }),
  z.strictObject({ kind: z.literal('pinned'), certificate: pem }),
  z.strictObject({ kind: z.literal('loopback-unverified') }),
]);
export type Trust = z.infer<typeof trustSchema>;

export const serverAddressSchema = z.strictObject({
  host: z.string().min(1).max(255),
  transport: transportSchema,
  trust: trustSchema,
});
export type ServerAddress = z.infer<typeof serverAddressSchema>;

const column = z.strictObject({ column: identifier, type: columnType });

export const siteProfileShape = z.strictObject({
  /** For editors that check the file while it is written; not looked at. */
  $schema: z.string().max(500).optional(),
  format: z.literal(profileFormat),
  name: z.string().trim().min(1).max(100),
  endpoint: serverAddressSchema.extend({ database: identifier }),
  controllerTable: z.strictObject({
    schema: identifier,
    table: identifier,
    key: column,
    /** Besides the key: what makes a controller that controller. */
    identifying: z.array(column).min(1).max(8),
    serial: identifier,
    displayName: identifier.nullable(),
    address: identifier.nullable(),
    model: identifier.nullable(),
    /** When a controller was last heard of, and by which clock; null where the table does not say. */
    lastSeen: z.strictObject({ column: identifier, timeBase: z.enum(['utc', 'local']) }).nullable(),
    heartbeatSeconds: z.number().positive().max(longestHeartbeat),
    unsupportedModels: z.array(
      z
        .string()
        .min(1)
        .max(100)
        .regex(/^\P{Cc}*$/u, 'a model holds no control characters'),
    ),
    /**
     * False leaves the guard of updates out, for software that uses OUTPUT without INTO on updates (error 334); changed
     * controllers are then found by comparing with the register, not refused.
     */
    guardUpdates: z.boolean(),
  }),
  /** Mortise's own login. */
  runLogin: identifier,
  /** The logins that services use, and where each keeps its copy. */
  serviceLogins: z.array(
    z.strictObject({ login: identifier, services: z.array(z.string().min(1)), consumers: z.array(z.string().min(1)) }),
  ),
  /** In the order in which they are stopped; started in reverse. */
  services: z.array(z.strictObject({ name: z.string().min(1) })),
  consumers: z.array(
    z.strictObject({
      id: z.string().min(1),
      kind: z.literal('xml-config'),
      path: z.string().min(1),
      connectionString: z.string().min(1),
      login: identifier,
    }),
  ),
});

/** Whether a host is this machine by its name alone; nothing is looked up. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** What stands twice, what is named but not described, what contradicts itself. */
export const siteProfileSchema = siteProfileShape.superRefine((profile, context) => {
  const services = profile.services.map(({ name }) => name);
  const consumers = profile.consumers.map(({ id }) => id);
  const logins = profile.serviceLogins.map(({ login }) => login);
  const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const [place, names] of Object.entries({ services, consumers, serviceLogins: logins })) {
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index) fault([place, index], `"${name}" stands there twice`);
  }
  for (const [index, described] of profile.serviceLogins.entries()) {
    for (const [at, name] of described.services.entries())
      if (!services.includes(name))
        fault(['serviceLogins', index, 'services', at], `there is no service "${name}" in this profile`);
    for (const [at, id] of described.consumers.entries()) {
      const place = ['serviceLogins', index, 'consumers', at];
      const consumer = profile.consumers.find((each) => each.id === id);
      if (consumer === undefined) fault(place, `there is no consumer "${id}" in this profile`);
      else if (consumer.login !== described.login)
        fault(place, `the consumer "${id}" holds the password of ${consumer.login}`);
    }
  }
  const { key, identifying, serial } = profile.controllerTable;
  const identity = [key, ...identifying].map(({ column: name }) => name);
  for (const [index, name] of identity.entries())
    if (identity.indexOf(name) !== index)
      fault(['controllerTable', 'identifying', index - 1, 'column'], `"${name}" stands there twice`);
  if (!identity.includes(serial))
    fault(['controllerTable', 'serial'], 'the serial number must be the key or one of the identifying columns');
  const { host, trust } = profile.endpoint;
  if (trust.kind === 'loopback-unverified' && !isLoopback(host))
    fault(
      ['endpoint', 'trust'],
      `an unverified certificate is accepted on this machine only, and ${host} is another one`,
    );
});

/** One installation, described: where its SQL Server is, which table holds its controllers, who logs in from where. */
export type SiteProfile = z.infer<typeof siteProfileSchema>;

/** One thing that is wrong with a profile: where, and in a sentence that says what to write there. */
export const profileFaultSchema = z.strictObject({
  code: z.enum([
    'missing',
    'type',
    'unknown-key',
    'duplicate',
    'range',
    'contradiction',
    'form',
    'text',
    'size',
    'json',
  ]),
  /** `endpoint.transport.port`, `services.1.name`; empty for the file as a whole. */
  path: z.string(),
  sentence: z.string(),
});
export type ProfileFault = z.infer<typeof profileFaultSchema>;

/** `127.0.0.1:1433`, `server\INSTANCE` or the pipe: an endpoint as people write it. */
export function addressText({ host, transport }: Pick<ServerAddress, 'host' | 'transport'>): string {
  switch (transport.kind) {
    case 'tcp':
      return `${host}:${transport.port}`;
    case 'instance':
      return `${host}\\${transport.instance}`;
    case 'pipe':
      return transport.pipe;
  }
}
