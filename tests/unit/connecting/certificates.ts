import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Extension, JsonGeneralName, X509Certificate } from '@peculiar/x509';

export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
  readonly made: X509Certificate;
  readonly keys: CryptoKeyPair;
}

export interface CertificateWish {
  /** Null: no subject alternative name, as SQL Server's own fallback certificate has none. */
  readonly names?: readonly string[] | null;
  readonly commonName?: string;
  readonly bits?: 1024 | 2048;
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  /** Undefined: signed by itself. */
  readonly issuer?: MadeCertificate;
  readonly isCa?: boolean;
}

const day = 24 * 3600 * 1000;

/** A certificate as it is wished for, with its key: RSA, as SQL Server has them. */
export async function makeCertificate(wish: CertificateWish = {}): Promise<MadeCertificate> {
  const { names = ['localhost', '127.0.0.1'], commonName = 'localhost', bits = 2048, from = -1, to = 30 } = wish;
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: bits,
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const alternatives = (names ?? []).map((value): JsonGeneralName => ({
    type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns',
    value,
  }));
  const extensions: Extension[] = [
    ...(wish.isCa === true
      ? [new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)]
      : []),
    ...(alternatives.length > 0 ? [new SubjectAlternativeNameExtension(alternatives)] : []),
  ];
  const serial = randomBytes(8);
  serial[0] = 1;
  const common = {
    serialNumber: serial.toString('hex'),
    notBefore: new Date(Date.now() + from * day),
    notAfter: new Date(Date.now() + to * day),
    signingAlgorithm: algorithm,
    extensions,
  };
  const made =
    wish.issuer === undefined
      ? await X509CertificateGenerator.createSelfSigned({ ...common, name: `CN=${commonName}`, keys })
      : await X509CertificateGenerator.create({
          ...common,
          subject: `CN=${commonName}`,
          issuer: wish.issuer.made.subject,
          publicKey: keys.publicKey,
          signingKey: wish.issuer.keys.privateKey,
        });
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: made.toString('pem'), key, made, keys };
}
