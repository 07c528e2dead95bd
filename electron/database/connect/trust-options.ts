import type { X509Certificate } from 'node:crypto';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { ServerAddress, Trust } from '#shared/site-profile.ts';
import { certificateFailure, smallestKey } from './certificate-cause.ts';
import { machineAuthorities } from './machine-authorities.ts';
import { ownName, presentedCertificate, presentedText, readCertificate } from './presented-certificate.ts';
import { plainHost } from './route.ts';

/** What a TLS client is told so that it refuses every certificate but those that the profile trusts. */
export interface TrustOptions {
  /** PEM; undefined: the list that is built into this runtime. */
  readonly ca: string | readonly string[] | undefined;
  /** The certificate itself is the anchor, whoever signed it. */
  readonly allowPartialTrustChain: boolean;
  /** The name that the certificate must be made out to. */
  readonly serverName: string;
  /** True for unverified certificates of this machine alone; the route has been checked by then. */
  readonly acceptsAny: boolean;
}

const unreadable = (cause: string) => failed(failure('certificate-unreadable', { cause }));

export function trustOptions({ host, trust }: Pick<ServerAddress, 'host' | 'trust'>): Result<TrustOptions> {
  const plain = { allowPartialTrustChain: false, serverName: plainHost(host), acceptsAny: false };
  switch (trust.kind) {
    case 'ca':
      if (trust.certificate === null) return succeed({ ...plain, ca: machineAuthorities() });
      return readCertificate(trust.certificate) === undefined
        ? unreadable('it is no certificate in PEM')
        : succeed({ ...plain, ca: trust.certificate });
    case 'pinned': {
      const pinned = readCertificate(trust.certificate);
      if (pinned === undefined) return unreadable('it is no certificate in PEM');
      const serverName = ownName(presentedCertificate(pinned));
      if (serverName === undefined) return unreadable('it is made out to nobody');
      return succeed({ ca: pinned.toString(), allowPartialTrustChain: true, serverName, acceptsAny: false });
    }
    case 'loopback-unverified':
      return succeed({ ...plain, ca: undefined, acceptsAny: true });
  }
}

/**
 * Judges the certificate of a handshake that TLS itself let pass, before anything is sent: exactly the pinned one (a
 * certificate that the pinned one signed is another one), and no key that can be broken.
 */
export function judgeCertificate(
  shown: X509Certificate | undefined,
  { trust, endpoint }: { readonly trust: Trust; readonly endpoint: string },
): Failure | undefined {
  if (shown === undefined) return failure('tls-failed', { endpoint, cause: 'the server showed no certificate' });
  const certificate = presentedCertificate(shown);
  if (certificate.keyBits !== undefined && certificate.keyBits < smallestKey)
    return certificateFailure('EE_KEY_TOO_SMALL', endpoint, certificate);
  const pinned = pinnedFingerprint(trust);
  return pinned === undefined || pinned === certificate.fingerprint
    ? undefined
    : failure('certificate-differs', { endpoint, pinned, presented: presentedText(certificate) });
}

export function pinnedFingerprint(trust: Trust): string | undefined {
  return trust.kind === 'pinned' ? readCertificate(trust.certificate)?.fingerprint256 : undefined;
}
