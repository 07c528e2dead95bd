import { z } from 'zod';
import { line } from './profile-text.ts';

/** Certificates and nothing else: no private key ever stands in a profile. */
const pem = z
  .string()
  .max(65_536)
  .regex(/^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/)
  .meta({
    title: 'Certificate',
    description:
      'The certificate as PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, without any private key.',
  });

const host = line(255)
  .regex(/^(?:[\p{L}\p{N}_][\p{L}\p{N}_.-]*|\[?[\dA-Fa-f:]*:[\dA-Fa-f:.]*\]?)$/u)
  .meta({
    title: 'Machine',
    description:
      'The name or address of the machine that SQL Server runs on, without port or instance; localhost for this one.',
    examples: ['localhost', 'acs-srv-01.site.example'],
  });

/** How SQL Server is reached: an explicit port, an instance that the Browser knows, or a pipe of this machine. */
export const transportSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('tcp').meta({ description: '"tcp": an explicit port.' }),
      port: z
        .int()
        .min(1)
        .max(65535)
        .meta({ title: 'Port', description: 'A whole number from 1 to 65535; 1433 where nobody changed it.' }),
    }),
    z.strictObject({
      kind: z.literal('instance').meta({ description: '"instance": a named instance, found by SQL Server Browser.' }),
      instance: z
        .string()
        .regex(/^[\p{L}_][\p{L}\p{N}_$#]{0,15}$/u)
        .meta({
          title: 'Instance',
          description: 'The name of the instance without the machine, at most 16 characters, such as NET2.',
        }),
    }),
    z.strictObject({
      kind: z.literal('pipe').meta({ description: '"pipe": a named pipe.' }),
      pipe: line(256).meta({
        title: 'Pipe',
        description: String.raw`The whole name of the pipe, such as \\.\pipe\MSSQL$NET2\sql\query.`,
      }),
    }),
  ])
  .meta({ title: 'The way to SQL Server', description: 'How SQL Server is reached: "tcp", "instance" or "pipe".' });
export type SqlTransport = z.infer<typeof transportSchema>;

/**
 * What makes a server's certificate good enough. `ca`: signed by this CA (null: one that the machine trusts), made out to
 * the host. `pinned`: exactly this certificate. `loopback-unverified`: encrypted and not verified, for SQL Server's own
 * fallback certificate; only ever on this machine. Clear text is none of them.
 */
export const trustSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('ca').meta({ description: '"ca": signed by a CA, and made out to this machine.' }),
      certificate: pem.nullable().meta({
        title: 'Certificate of the CA',
        description:
          'The certificate of the CA as PEM, without any private key; null for one that this machine trusts.',
      }),
    }),
    z.strictObject({
      kind: z.literal('pinned').meta({ description: '"pinned": exactly this certificate.' }),
      certificate: pem,
    }),
    z.strictObject({
      kind: z
        .literal('loopback-unverified')
        .meta({ description: '"loopback-unverified": encrypted and not verified, on this machine only.' }),
    }),
  ])
  .meta({
    title: 'What makes the certificate good enough',
    description: '"ca", "pinned", or on this machine only "loopback-unverified".',
  });
export type Trust = z.infer<typeof trustSchema>;

export const serverAddressSchema = z.strictObject({ host, transport: transportSchema, trust: trustSchema });
export type ServerAddress = z.infer<typeof serverAddressSchema>;

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
