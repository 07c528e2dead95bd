// The library resolves its parts through decorators, which need this polyfill before anything else is loaded.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface TrainingCertificate {
  /** PEM, the authority that clients are to trust. */
  readonly ca: string;
  /** PEM, the server's certificate. */
  readonly cert: string;
  /** PEM (PKCS #8), the server's private key. */
  readonly key: string;
  /** When both certificates run out. */
  readonly notAfter: Date;
}

/** ECDSA: made in milliseconds, and taken by every TDS client that knows TLS 1.2. */
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Clocks differ: the certificates are good from an hour before they are made. */
const clockSkewInMs = 3_600_000;

/**
 * Makes an authority of the training site's own and a server certificate under it, for the loopback addresses and this
 * machine's name, good for a year. The authority's private key is forgotten: it can never vouch for anything else.
 */
export async function makeTrainingCertificate(now: Date = new Date()): Promise<TrainingCertificate> {
  const notBefore = new Date(now.getTime() - clockSkewInMs);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + 1);

  const authorityKeys = await generateKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Mortise training site CA',
    notBefore,
    notAfter,
    signingAlgorithm,
    keys: authorityKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });

  const serverKeys = await generateKeys();
  const server = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: authority.subject,
    notBefore,
    notAfter,
    signingAlgorithm,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '127.0.0.2' },
        { type: 'ip', value: '::1' },
        { type: 'dns', value: hostname() },
      ]),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });

  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', serverKeys.privateKey), 'PRIVATE KEY');
  return { ca: authority.toString('pem'), cert: server.toString('pem'), key, notAfter };
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

/** Random and positive: the first byte of an ASN.1 integer carries the sign. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString('hex');
}
