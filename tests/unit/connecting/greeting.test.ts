import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { greetingSchema } from '#shared/sites.ts';
import type { Greeting } from '#shared/sites.ts';
import { greetServer } from '#electron/database/connect/diagnosis.ts';
import { connectAs, impatient, tcp } from './attempts.ts';
import { makeCertificate } from './certificates.ts';
import { greetingServer, rawServer, serverContext, tdsServer } from './servers.ts';

const here = { ...impatient, lookup: async () => await Promise.resolve(['127.0.0.1']) };
const greet = async (port: number, host = 'localhost') => await greetServer({ host, transport: tcp(port) }, here);

async function greeted(port: number, host?: string): Promise<Greeting> {
  const answer = await greet(port, host);
  if (!answer.ok) throw new Error(answer.error.sentence);
  // As it must be to pass the door.
  return greetingSchema.parse(answer.value);
}

const code = async (port: number) => {
  const answer = await greet(port);
  return answer.ok ? 'greeted' : answer.error.code;
};

describe('A greeting', () => {
  it('shows version, protocol and certificate, and nobody logs in', async () => {
    const ca = await makeCertificate({ isCa: true, commonName: 'Site CA' });
    const certificate = await makeCertificate({ issuer: ca, names: ['localhost', 'db.example.com', '10.0.0.5'] });
    const server = await tdsServer(certificate);
    const seen = await greeted(server.port);
    const own = new X509Certificate(certificate.cert);
    expect(seen).toMatchObject({ port: null, version: '16.0.4165', protocol: 'TLSv1.2' });
    expect(seen.certificate).toMatchObject({
      subject: 'CN=localhost',
      issuer: 'CN=Site CA',
      selfSigned: false,
      fingerprint: own.fingerprint256,
      validFrom: new Date(own.validFrom).toISOString(),
      validTo: new Date(own.validTo).toISOString(),
      names: ['localhost', 'db.example.com', '10.0.0.5'],
      verified: { holds: false, why: 'its CA is not known here' },
    });
    expect(new X509Certificate(seen.certificate.pem).fingerprint256).toBe(own.fingerprint256);
    expect(server.logins()).toBe(0);
  });

  it("names SQL Server's own fallback certificate by its common name", async () => {
    const certificate = await makeCertificate({ names: null, commonName: 'SSL_Self_Signed_Fallback' });
    const { port } = await tdsServer(certificate);
    expect((await greeted(port)).certificate).toMatchObject({
      selfSigned: true,
      names: ['SSL_Self_Signed_Fallback'],
      verified: { holds: false, why: 'it is signed by itself' },
    });
  });

  it('says what else is wrong, and shows it all the same', async () => {
    for (const [wish, why] of [
      [{ from: -30, to: -1 }, 'it has expired'],
      [{ from: 2, to: 30 }, 'it is not valid yet'],
    ] as const) {
      const { port } = await tdsServer(await makeCertificate(wish));
      const { verified } = (await greeted(port)).certificate;
      // A certificate that signed itself is that first, whatever else is wrong with it.
      expect(verified).toMatchObject({ holds: false });
      expect(['it is signed by itself', why]).toContain(verified.holds ? '' : verified.why);
    }
    const weak = await greetingServer(serverContext(await makeCertificate({ bits: 1024 })), 'never');
    expect((await greeted(weak.port)).certificate.verified).toEqual({
      holds: false,
      why: 'its key has 1024 bits only',
    });
  });

  it('can be pinned: what it shows is what a pinned connection takes', async () => {
    const server = await tdsServer(await makeCertificate({ names: null, commonName: 'SSL_Self_Signed_Fallback' }));
    const { pem } = (await greeted(server.port)).certificate;
    expect(await connectAs(tcp(server.port), { trust: { kind: 'pinned', certificate: pem } })).toBeUndefined();
  });

  it('fails as a connection fails, by the same names', async () => {
    const certificate = await makeCertificate();
    expect(await code((await tdsServer(certificate, { encryption: 'off' })).port)).toBe('encryption-refused');
    expect(await code((await greetingServer(serverContext(certificate, { outdated: true }), 'never')).port)).toBe(
      'tls-too-old',
    );
    expect(await code((await greetingServer(serverContext(certificate), 'inside-tls')).port)).toBe(
      'connection-dropped',
    );
    expect(await code((await greetingServer(serverContext(certificate), 'silent-after-prelogin')).port)).toBe(
      'server-silent',
    );
    expect(await code((await rawServer(() => undefined)).port)).toBe('server-silent');
    expect(await code((await rawServer((socket) => socket.write('SSH-2.0-x\r\n'))).port)).toBe('not-sql-server');
    const nothing = await rawServer((socket) => socket.end(Buffer.from('04010008ffff0100', 'hex')));
    expect(await code(nothing.port)).toBe('not-sql-server');
  });

  it('of a name that is found nowhere is none', async () => {
    const nowhere = { ...here, lookup: async () => await Promise.resolve([]) };
    const answer = await greetServer({ host: 'db', transport: tcp(1) }, nowhere);
    expect(answer).toMatchObject({ ok: false, error: { code: 'name-not-found' } });
  });
});
