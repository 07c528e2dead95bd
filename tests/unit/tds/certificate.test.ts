import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';

describe('the training site’s certificate', () => {
  it('is good for a year, for the loopback addresses and this machine, and for nothing else', async () => {
    const now = new Date('2026-11-21T12:00:00Z');
    const made = await makeTrainingCertificate(now);
    const server = new X509Certificate(made.cert);
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkHost(hostname())).toBe(hostname());
    expect(['127.0.0.1', '127.0.0.2', '::1'].map((address) => server.checkIP(address) !== undefined)).toEqual([
      true,
      true,
      true,
    ]);
    expect(server.checkIP('127.0.0.3')).toBeUndefined();
    expect(server.checkHost('example.org')).toBeUndefined();
    expect(new Date(server.validTo)).toEqual(new Date('2027-11-21T12:00:00Z'));
    expect(new Date(server.validFrom)).toEqual(new Date('2026-11-21T11:00:00Z'));
    expect(made.notAfter).toEqual(new Date('2027-11-21T12:00:00Z'));
  });

  it('is signed by an authority of its own, and is no authority itself', async () => {
    const made = await makeTrainingCertificate();
    const [server, authority] = [new X509Certificate(made.cert), new X509Certificate(made.ca)];
    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    const another = await makeTrainingCertificate();
    expect(server.verify(new X509Certificate(another.ca).publicKey)).toBe(false);
    expect(another.cert).not.toBe(made.cert);
  });
});
