import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { presentedText } from './presented-certificate.ts';
import type { PresentedCertificate } from './presented-certificate.ts';

/** Why a certificate is not good enough, by OpenSSL's and Node's codes. */
export const certificateCauses: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its CA is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its CA is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its CA is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its CA is not known here',
  CERT_UNTRUSTED: 'its CA is not known here',
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_SIGNATURE_FAILURE: 'its signature does not hold',
  CERT_REVOKED: 'it was revoked',
  CERT_REJECTED: 'its CA forbids this use',
  INVALID_CA: 'it was signed by a certificate that is no CA',
  INVALID_PURPOSE: 'it is not made for servers',
  PATH_LENGTH_EXCEEDED: 'its chain is longer than its CA allows',
  CA_MD_TOO_WEAK: 'a signature in its chain is too weak',
  CA_KEY_TOO_SMALL: 'the key of its CA is too small',
  EE_KEY_TOO_SMALL: 'its key is too small',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out to another name',
};

/** RSA keys below this are refused, whatever vouches for them (NIST SP 800-131A: 112 bits of strength). */
export const smallestKey = 2048;

/** The failure for a certificate that was refused for `code`. A key that is too small is named first: no CA mends it. */
export function certificateFailure(
  code: string,
  endpoint: string,
  certificate: PresentedCertificate | undefined,
): Failure {
  const presented = presentedText(certificate);
  const bits = certificate?.keyBits;
  if (bits !== undefined && bits < smallestKey)
    return failure('certificate-key-too-small', { endpoint, bits, presented });
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return failure('certificate-self-signed', { endpoint, presented });
    case 'CERT_HAS_EXPIRED':
      return failure('certificate-expired', { endpoint, presented });
    case 'CERT_NOT_YET_VALID':
      return failure('certificate-not-yet-valid', { endpoint, presented });
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return failure('certificate-other-name', { endpoint, presented });
    default:
      return failure('certificate-not-trusted', { endpoint, cause: certificateCauses[code] ?? code, presented });
  }
}
