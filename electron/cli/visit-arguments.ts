import type { SqlTransport } from '#shared/site-profile.ts';

/** Looking at a server without changing anything: the site that is open, or one that has no profile yet. */
export type VisitCommand =
  | { readonly name: 'assess'; readonly html: string | undefined; readonly setupLogin: string | undefined }
  | {
      readonly name: 'discover';
      readonly host: string;
      readonly transport: SqlTransport;
      readonly trust: VisitTrust;
      readonly database: string | null;
      readonly setupLogin: string;
    };

/** Why the certificate is good enough; files hold PEM. */
export type VisitTrust =
  | { readonly kind: 'ca'; readonly file: string | undefined }
  | { readonly kind: 'pinned'; readonly file: string }
  | { readonly kind: 'loopback-unverified' };

export const visitOptions = {
  html: { type: 'string' },
  'setup-login': { type: 'string' },
  host: { type: 'string' },
  instance: { type: 'string' },
  pipe: { type: 'string' },
  database: { type: 'string' },
  ca: { type: 'string' },
  pin: { type: 'string' },
  unverified: { type: 'boolean', default: false },
} as const;

export interface VisitValues {
  readonly html?: string | undefined;
  readonly 'setup-login'?: string | undefined;
  readonly host?: string | undefined;
  readonly instance?: string | undefined;
  readonly pipe?: string | undefined;
  readonly database?: string | undefined;
  readonly ca?: string | undefined;
  readonly pin?: string | undefined;
  readonly unverified: boolean;
}

const named = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text);

/** The command, or the sentence that says what is missing. `port` is the one that --port gave. */
export function readVisit(
  name: 'assess' | 'discover',
  values: VisitValues,
  port: number | undefined,
): VisitCommand | string {
  const setupLogin = named(values['setup-login']);
  if (name === 'assess') return { name, html: named(values.html), setupLogin };
  const host = named(values.host);
  if (host === undefined) return '"discover" wants --host: the machine that SQL Server runs on.';
  if (setupLogin === undefined) return '"discover" wants --setup-login: the SQL login to look around with.';
  const transports: readonly SqlTransport[] = [
    ...(port === undefined ? [] : [{ kind: 'tcp', port } as const]),
    ...(named(values.instance) === undefined ? [] : [{ kind: 'instance', instance: values.instance ?? '' } as const]),
    ...(named(values.pipe) === undefined ? [] : [{ kind: 'pipe', pipe: values.pipe ?? '' } as const]),
  ];
  const [transport, ...more] = transports;
  if (transport === undefined || more.length > 0) return '"discover" wants one of --port, --instance and --pipe.';
  const trusts = [values.ca, values.pin, values.unverified ? 'unverified' : undefined].filter(
    (each) => each !== undefined,
  );
  if (trusts.length > 1) return '"discover" takes one of --ca, --pin and --unverified.';
  return { name, host, transport, trust: trustOf(values), database: named(values.database) ?? null, setupLogin };
}

function trustOf({ ca, pin, unverified }: VisitValues): VisitTrust {
  if (unverified) return { kind: 'loopback-unverified' };
  return pin === undefined ? { kind: 'ca', file: ca } : { kind: 'pinned', file: pin };
}

/** An option of these commands given to another one: somebody would rely on it. */
export function misplacedVisitOption(command: string, values: VisitValues): string | undefined {
  if (command === 'help') return undefined;
  if (values.html !== undefined && command !== 'assess') return '--html belongs to "assess" alone.';
  if (command === 'discover') return undefined;
  const discovering = (['host', 'instance', 'pipe', 'database', 'ca', 'pin'] as const).find(
    (option) => values[option] !== undefined,
  );
  if (discovering !== undefined) return `--${discovering} belongs to "discover" alone.`;
  if (values.unverified) return '--unverified belongs to "discover" alone.';
  return undefined;
}
