import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SqlTransport, Trust } from '#shared/site-profile.ts';
import { addressText } from '#shared/site-profile.ts';
import type { Greeting } from '#shared/sites.ts';
import { certificateCauses, certificateFailure, smallestKey } from './certificate-cause.ts';
import { shakeHands } from './handshake.ts';
import type { Handshake, HandshakeOptions } from './handshake.ts';
import { machineAuthorities } from './machine-authorities.ts';
import { presentedText } from './presented-certificate.ts';
import { findRoute, plainHost } from './route.ts';
import type { Route } from './route.ts';
import { realSurroundings } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { pinnedFingerprint } from './trust-options.ts';

/** A handshake, and where TLS 1.2 fails one more with what is older, so that this can be named as the cause. */
export async function diagnosedHandshake(route: Route, options: HandshakeOptions): Promise<Result<Handshake>> {
  const shaken = await shakeHands(route, options);
  if (shaken.ok || !shaken.inTls) return shaken.ok ? succeed(shaken.value) : failed(shaken.error);
  const older = await shakeHands(route, { ...options, outdated: true }).catch(() => undefined);
  return older?.ok === true
    ? failed(failure('tls-too-old', { endpoint: options.endpoint, protocol: older.value.protocol }))
    : failed(shaken.error);
}

/** Why a server's encryption or certificate was refused, looked at a second time. `code`: what the driver was told. */
export async function diagnosedRefusal(
  route: Route,
  options: HandshakeOptions,
  { code, trust }: { readonly code: string | undefined; readonly trust: Trust },
): Promise<Failure> {
  const { endpoint } = options;
  const seen = await diagnosedHandshake(route, options);
  const certificate = seen.ok ? seen.value.certificate : undefined;
  const bits = certificate?.keyBits;
  if (bits !== undefined && bits < smallestKey) return certificateFailure('EE_KEY_TOO_SMALL', endpoint, certificate);
  if (code !== undefined && certificateCauses[code] !== undefined) {
    const pinned = pinnedFingerprint(trust);
    return certificate !== undefined && pinned !== undefined && certificate.fingerprint !== pinned
      ? failure('certificate-differs', { endpoint, pinned, presented: presentedText(certificate) })
      : certificateFailure(code, endpoint, certificate);
  }
  if (!seen.ok) return seen.error;
  return code === 'EENCRYPT'
    ? failure('encryption-refused', { endpoint })
    : failure('tls-failed', { endpoint, cause: code ?? 'it ended without a reason' });
}

/** What a server shows before anybody logs in; nothing of a login is sent. */
export async function greetServer(
  { host, transport }: { readonly host: string; readonly transport: SqlTransport },
  surroundings: Surroundings = realSurroundings,
): Promise<Result<Greeting>> {
  const route = await findRoute({ host, transport, trust: { kind: 'ca', certificate: null } }, surroundings);
  if (!route.ok) return route;
  const seen = await diagnosedHandshake(route.value, {
    endpoint: addressText({ host, transport }),
    serverName: plainHost(host),
    ca: machineAuthorities(),
    limit: surroundings.limits.socket,
  });
  if (!seen.ok) return seen;
  const { version, protocol, certificate, refusal } = seen.value;
  const { pem, subject, issuer, selfSigned, fingerprint, names, validFrom, validTo, keyBits } = certificate;
  const weak = keyBits !== undefined && keyBits < smallestKey;
  return succeed({
    port: transport.kind === 'instance' && route.value.kind === 'tcp' ? route.value.port : null,
    version,
    protocol,
    certificate: {
      pem,
      subject,
      issuer,
      selfSigned,
      fingerprint,
      names: [...names],
      validFrom: validFrom.toISOString(),
      validTo: validTo.toISOString(),
      verified:
        refusal === undefined && !weak
          ? { holds: true }
          : {
              holds: false,
              why: weak ? `its key has ${keyBits} bits only` : (certificateCauses[refusal ?? ''] ?? refusal ?? ''),
            },
    },
  });
}
