import { onTestFinished } from 'vitest';
import { Secret } from '#shared/secret.ts';
import type { Failure } from '#shared/errors.ts';
import type { SqlTransport, Trust } from '#shared/site-profile.ts';
import { connect } from '#electron/database/connect.ts';
import { realSurroundings } from '#electron/database/connect/surroundings.ts';
import type { Surroundings } from '#electron/database/connect/surroundings.ts';

/** Shorter than at a site, so that what is silent is told of within a test's patience. */
export const impatient: Surroundings = {
  ...realSurroundings,
  limits: { lookup: 500, browser: 150, socket: 700, login: 900 },
};

export interface AttemptOptions {
  readonly host?: string;
  readonly trust?: Trust;
  readonly password?: string;
  readonly surroundings?: Partial<Surroundings>;
}

/** Connects as Mortise does: undefined where it succeeded. Prints what was answered and how long it took. */
export async function connectAs(transport: SqlTransport, options: AttemptOptions = {}): Promise<Failure | undefined> {
  const { host = 'localhost', trust = { kind: 'ca', certificate: null } } = options;
  const begun = performance.now();
  const answer = await connect(
    { host, transport, trust, database: 'Acs' },
    { login: 'engineer', secret: new Secret(options.password ?? 'Correct-Horse-1') },
    {
      most: 1,
      surroundings: { ...impatient, lookup: async () => await Promise.resolve(['127.0.0.1']), ...options.surroundings },
    },
  );
  const took = Math.round(performance.now() - begun);
  if (answer.ok) onTestFinished(async () => await answer.value.close());
  const failure = answer.ok ? undefined : answer.error;
  process.stdout.write(
    `  ${String(took).padStart(5)} ms  ${failure?.code ?? 'connected'}: ${failure?.sentence ?? ''}\n`,
  );
  return failure;
}

export const tcp = (port: number): SqlTransport => ({ kind: 'tcp', port });
