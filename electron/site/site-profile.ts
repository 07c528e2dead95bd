import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

const identifier = z
  .string()
  .min(1)
  .max(128)
  .regex(/^\P{Cc}*$/u, 'a name holds no control characters');
/** Column types that a register can hold; the guard compares them by value. */
const columnType = z.string().regex(/^(?:tinyint|smallint|int|bigint|uniqueidentifier|n?(?:var)?char\(\d{1,4}\))$/);

/** A week, in seconds: longer is a slip, and no time can be reckoned back from it. */
const longestHeartbeat = 7 * 24 * 60 * 60;

const column = z.strictObject({ column: identifier, type: columnType });

const profileShape = z.strictObject({
  name: z.string().min(1).max(100),
  endpoint: z.strictObject({
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65535),
    database: identifier,
    /** The CA that signed the server's certificate, PEM; null uses the machine's own. */
    ca: z.string().nullable(),
  }),
  controllerTable: z.strictObject({
    schema: identifier,
    table: identifier,
    key: column,
    /** Besides the key: what makes a controller that controller. */
    identifying: z.array(column).min(1).max(8),
    serial: identifier,
    displayName: identifier,
    address: identifier,
    model: identifier,
    lastSeenUtc: identifier,
    heartbeatSeconds: z.number().positive().max(longestHeartbeat),
    unsupportedModels: z.array(
      z
        .string()
        .min(1)
        .max(100)
        .regex(/^\P{Cc}*$/u, 'a model holds no control characters'),
    ),
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

/** What stands twice, and what is named but not described: a rotation would pass over a service or file named wrongly. */
export const siteProfileSchema = profileShape.superRefine((profile, context) => {
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
});

/** One installation, described: where its SQL Server is, which table holds its controllers, who logs in from where. */
export type SiteProfile = z.infer<typeof siteProfileSchema>;

/** Every fault at once, each with its path. `profile-invalid` otherwise; the text given is not kept anywhere. */
export function parseSiteProfile(text: string): Result<SiteProfile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed(failure('profile-invalid', { what: 'it is not JSON' }));
  }
  const parsed = siteProfileSchema.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  const what = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`).join('; ');
  return failed(failure('profile-invalid', { what }));
}
