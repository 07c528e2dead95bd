import { readFile } from 'node:fs/promises';
import type { Client } from '#shared/client.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Trust } from '#shared/site-profile.ts';
import type { Discovery } from '#shared/sites.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';
import type { VisitCommand, VisitTrust } from '../visit-arguments.ts';

export function discoveryText({ server, as, databases, candidates, loginsInUse, unread }: Discovery): string {
  const lines = [
    `${server.instance}: SQL Server ${server.version}, ${server.edition}${server.supported ? '' : ' (too old to be changed by Mortise)'}`,
    `Read as ${as}. Nothing was changed.`,
    '',
    'Databases:',
    ...databases.map(
      ({ name, state, accessible }) => `  ${name}: ${state}${accessible ? '' : ', this login may not enter it'}`,
    ),
  ];
  if (candidates.length > 0) lines.push('', 'Tables that look like the one with the controllers:');
  for (const { schema, table, rows, score, reasons, obstacles } of candidates) {
    lines.push(`  ${schema}.${table}: ${rows} rows, score ${score}`);
    lines.push(...reasons.map((reason) => `    ${reason}`));
    lines.push(...obstacles.map((obstacle) => `    IN THE WAY: ${obstacle}`));
  }
  lines.push('', 'Logins in use:');
  lines.push(
    ...loginsInUse.map(
      ({ login, programs, hosts, sessions }) =>
        `  ${login}: ${sessions} sessions of ${programs.join(', ') || 'programs without a name'} on ${hosts.join(', ') || 'unnamed machines'}`,
    ),
  );
  if (unread.length > 0) lines.push('', 'Not read:', ...unread.map((sentence) => `  ${sentence}`));
  return `${lines.join('\n').replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}')}\n`;
}

/** `discover`: what a profile can be made of, read from a server that has none yet. */
export async function discoverCommand(
  client: Client,
  command: Extract<VisitCommand, { readonly name: 'discover' }>,
  options: { readonly json: boolean; readonly password: string },
  output: Output,
): Promise<ExitCode> {
  const { host, transport, database, setupLogin } = command;
  const { json, password } = options;
  const trust = await readTrust(command.trust);
  const answer = trust.ok
    ? await client.sites.discover({
        address: { host, transport, trust: trust.value },
        database,
        setup: { login: setupLogin, password },
      })
    : trust;
  if (!answer.ok) {
    printFailure(answer.error, { json }, output);
    return exitCodeOf(answer.error.code);
  }
  output.out(json ? `${JSON.stringify(answer.value, null, 2)}\n` : discoveryText(answer.value));
  return exitCodes.done;
}

async function readTrust(trust: VisitTrust): Promise<Result<Trust>> {
  if (trust.kind === 'loopback-unverified') return succeed<Trust>({ kind: trust.kind });
  if (trust.file === undefined) return succeed<Trust>({ kind: 'ca', certificate: null });
  try {
    return succeed<Trust>({ kind: trust.kind, certificate: await readFile(trust.file, 'utf8') });
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? 'it cannot be read';
    return failed(failure('profile-invalid', { what: `the certificate ${trust.file}: ${cause}` }));
  }
}
