import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { makeTrainingCertificate } from '../tds/certificate.ts';
import { replaceFile } from './durable-file.ts';
import type { SiteFolder } from './site-folder.ts';

export interface SiteCertificate {
  /** PEM, each. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A certificate that runs out within so many milliseconds is made anew at the next start. */
const renewBefore = 30 * 24 * 60 * 60 * 1000;

/** The folder's certificate; made on the first start, and anew before it runs out. */
export async function siteCertificate(folder: SiteFolder): Promise<SiteCertificate> {
  const kept = await readCertificate(folder);
  if (kept !== undefined) return kept;
  const { ca, cert, key } = await makeTrainingCertificate();
  await replaceFile(folder.serverKey, key);
  await replaceFile(folder.serverCertificate, cert);
  // Last: a start that was killed in between leaves a set that does not fit together, which is seen by its CA.
  await replaceFile(folder.ca, ca);
  return { ca, cert, key };
}

async function readCertificate(folder: SiteFolder): Promise<SiteCertificate | undefined> {
  try {
    const [ca, cert, key] = await Promise.all(
      [folder.ca, folder.serverCertificate, folder.serverKey].map((path) => readFile(path, 'utf8')),
    );
    if (ca === undefined || cert === undefined || key === undefined) return undefined;
    const server = new X509Certificate(cert);
    const fits = server.verify(new X509Certificate(ca).publicKey);
    const lasts = new Date(server.validTo).getTime() - Date.now() > renewBefore;
    return fits && lasts ? { ca, cert, key } : undefined;
  } catch {
    return undefined;
  }
}
