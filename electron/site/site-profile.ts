import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

const identifier = z.string().min(1).max(128);
/** Column types that a register can hold; the guard compares them by value. */
const columnType = z.string().regex(/^(?:tinyint|smallint|int|bigint|uniqueidentifier|n?(?:var)?char\(\d{1,4}\))$/);

const column = z.strictObject({ column: identifier, type: columnType });

export const siteProfileSchema = z.strictObject({
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
    heartbeatSeconds: z.number().positive(),
    unsupportedModels: z.array(z.string().min(1).max(100)),
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
