import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate as a server showed it, in the words of people. */
export interface PresentedCertificate {
  readonly pem: string;
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256, in pairs. */
  readonly fingerprint: string;
  /** What it is made out to: names and addresses. */
  readonly names: readonly string[];
  /** Bits of its key where its strength is told by them (RSA). */
  readonly keyBits: number | undefined;
}

export function presentedCertificate(certificate: X509Certificate): PresentedCertificate {
  return {
    pem: certificate.toString(),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    selfSigned: certificate.checkIssued(certificate),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    names: namesOf(certificate),
    keyBits: certificate.publicKey.asymmetricKeyDetails?.modulusLength,
  };
}

/** A PEM certificate, or undefined for a text that is none. Where it holds several, the first. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const day = (date: Date) => (Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10));

/** As a part of a sentence that ends with it. */
export function presentedText(certificate: PresentedCertificate | undefined): string {
  if (certificate === undefined) return 'It could not be looked at a second time.';
  const { names, subject, validFrom, validTo, fingerprint } = certificate;
  const madeOutTo = names.length === 0 ? subject || 'nobody' : names.slice(0, mostNames).join(', ');
  return `It is made out to ${shown(madeOutTo)}, good from ${day(validFrom)} to ${day(validTo)}; its SHA-256 fingerprint is ${fingerprint}.`;
}

const mostNames = 5;
const longestText = 200;

/** Whoever answers can write anything into a certificate. */
const shown = (text: string) => text.replaceAll(/[^\P{Cc}]/gu, '?').slice(0, longestText);
const oneLine = (name: string) => shown(name.split('\n').join(', '));

/** Names and addresses of the subject alternative name; the common name where there is none (as SQL Server's own has none). */
function namesOf(certificate: X509Certificate): readonly string[] {
  const alternatives = [...(certificate.subjectAltName ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):([^,"]+)/g)].map(
    ([, name]) => shown(name ?? ''),
  );
  if (alternatives.length > 0) return alternatives;
  const [, common] = /(?:^|\n)CN=([^\n]+)/.exec(certificate.subject) ?? [];
  return common === undefined ? [] : [shown(common)];
}

/** A name under which TLS accepts this very certificate; undefined for one that is made out to nobody. */
export function ownName({ names }: PresentedCertificate): string | undefined {
  const name = names.find((each) => !each.startsWith('*.') || isIP(each) !== 0) ?? names[0];
  return name?.replace(/^\*\./, 'server.');
}
