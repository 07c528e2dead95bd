import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { connectAs, tcp } from './attempts.ts';
import { makeCertificate } from './certificates.ts';
import type { MadeCertificate } from './certificates.ts';
import { greetingServer, serverContext, tdsServer } from './servers.ts';

const fingerprintOf = ({ cert }: MadeCertificate) => new X509Certificate(cert).fingerprint256;
const chain = (server: MadeCertificate, ca: MadeCertificate) => ({
  cert: `${server.cert}\n${ca.cert}`,
  key: server.key,
});

let ca: MadeCertificate;
beforeAll(async () => {
  ca = await makeCertificate({ isCa: true, commonName: 'Site CA' });
});

describe('A certificate that the CA of the profile signed', () => {
  it('is good for the name it is made out to', async () => {
    const server = await tdsServer(await makeCertificate({ issuer: ca }));
    expect(await connectAs(tcp(server.port), { trust: { kind: 'ca', certificate: ca.cert } })).toBeUndefined();
  });

  const bad: readonly (readonly [string, Parameters<typeof makeCertificate>[0], ErrorCode])[] = [
    ['expired', { from: -30, to: -1 }, 'certificate-expired'],
    ['not yet valid', { from: 2, to: 30 }, 'certificate-not-yet-valid'],
    ['made out to another name', { names: ['db.example.com'], commonName: 'db.example.com' }, 'certificate-other-name'],
  ];
  it.each(bad)('is refused when it is %s: nothing of the login is sent', async (_what, wish, code) => {
    const certificate = await makeCertificate({ ...wish, issuer: ca });
    const server = await tdsServer(certificate);
    const failure = await connectAs(tcp(server.port), { trust: { kind: 'ca', certificate: ca.cert } });
    expect(failure?.code).toBe(code);
    expect(failure?.sentence).toContain(fingerprintOf(certificate));
    expect(failure?.sentence).toContain(wish?.commonName ?? 'localhost');
    expect(failure?.next.length).toBeGreaterThan(20);
    expect(server.logins()).toBe(0);
  });

  it('is not good under another CA, nor under those of this machine', async () => {
    const other = await makeCertificate({ isCa: true, commonName: 'Other CA' });
    const server = await tdsServer(chain(await makeCertificate({ issuer: ca }), ca));
    for (const certificate of [other.cert, null])
      expect((await connectAs(tcp(server.port), { trust: { kind: 'ca', certificate } }))?.code).toBe(
        'certificate-not-trusted',
      );
    expect(server.logins()).toBe(0);
  });
});

describe('A certificate that signed itself', () => {
  it('is named as such', async () => {
    const server = await tdsServer(await makeCertificate());
    expect((await connectAs(tcp(server.port)))?.code).toBe('certificate-self-signed');
    expect(server.logins()).toBe(0);
  });

  it('is taken unverified on this machine, when the profile says so', async () => {
    const fallback = await makeCertificate({ names: null, commonName: 'SSL_Self_Signed_Fallback' });
    const server = await tdsServer(fallback);
    expect(await connectAs(tcp(server.port), { trust: { kind: 'loopback-unverified' } })).toBeUndefined();
  });

  it('is not taken unverified from another machine, whatever the name says', async () => {
    const server = await tdsServer(await makeCertificate());
    const trust = { kind: 'loopback-unverified' } as const;
    const away = { lookup: async () => await Promise.resolve(['127.0.0.1', '10.1.2.3']) };
    const failure = await connectAs(tcp(server.port), { trust, surroundings: away });
    expect(failure).toMatchObject({ code: 'unverified-elsewhere', sentence: expect.stringContaining('10.1.2.3') });
    for (const host of ['10.1.2.3', 'server.example.com', '128.0.0.1', '127.0.0.1.example.com'])
      expect((await connectAs(tcp(server.port), { trust, host }))?.code).toBe('unverified-elsewhere');
    expect((await connectAs({ kind: 'pipe', pipe: '\\\\server\\pipe\\sql\\query' }, { trust }))?.code).toBe(
      'unverified-elsewhere',
    );
    expect(server.logins()).toBe(0);
  });
});

describe('A pinned certificate', () => {
  it.each([
    ['with names', {}],
    ["as SQL Server's own fallback", { names: null, commonName: 'SSL_Self_Signed_Fallback' }],
    ['of a wildcard', { names: ['*.example.com'], commonName: '*.example.com' }],
    ['of an address', { names: ['10.0.0.5'], commonName: 'x' }],
    ['of another machine', { names: ['db.example.com'], commonName: 'db.example.com' }],
  ])('is good, %s', async (_what, wish) => {
    const certificate = await makeCertificate(wish);
    const server = await tdsServer(certificate);
    expect(
      await connectAs(tcp(server.port), { trust: { kind: 'pinned', certificate: certificate.cert } }),
    ).toBeUndefined();
  });

  it('is good although its CA is known to nobody', async () => {
    const certificate = await makeCertificate({ issuer: ca });
    const server = await tdsServer(certificate);
    expect(
      await connectAs(tcp(server.port), { trust: { kind: 'pinned', certificate: certificate.cert } }),
    ).toBeUndefined();
  });

  it('is not another one of the same name and CA; the sentence has both fingerprints', async () => {
    const pinned = await makeCertificate({ issuer: ca });
    const other = await makeCertificate({ issuer: ca });
    const server = await tdsServer(chain(other, ca));
    const failure = await connectAs(tcp(server.port), { trust: { kind: 'pinned', certificate: pinned.cert } });
    expect(failure?.code).toBe('certificate-differs');
    expect(failure?.sentence).toContain(fingerprintOf(pinned));
    expect(failure?.sentence).toContain(fingerprintOf(other));
    expect(server.logins()).toBe(0);
  });

  it('is not one that it signed itself, made out to the very same name: nothing of the login is sent', async () => {
    // Chain and name hold here, so that only the comparison with the pinned one stands in the way.
    const pinned = await makeCertificate({ isCa: true, names: ['db.example.com'], commonName: 'Site CA' });
    const trust = { kind: 'pinned', certificate: pinned.cert } as const;
    const issued = await makeCertificate({ issuer: pinned, names: ['db.example.com'], commonName: 'db.example.com' });
    const whole = await tdsServer(chain(issued, pinned));
    expect((await connectAs(tcp(whole.port), { trust }))?.code).toBe('certificate-differs');
    expect(whole.logins()).toBe(0);
    // Counted below TLS too: not a byte of cleartext left this machine.
    const counting = await greetingServer(serverContext(chain(issued, pinned)), 'never');
    expect((await connectAs(tcp(counting.port), { trust }))?.code).toBe('certificate-differs');
    expect(counting.cleartext()).toBe(0);
  });

  it('is expired one day like any other', async () => {
    const certificate = await makeCertificate({ from: -30, to: -1 });
    const server = await tdsServer(certificate);
    expect(
      (await connectAs(tcp(server.port), { trust: { kind: 'pinned', certificate: certificate.cert } }))?.code,
    ).toBe('certificate-expired');
  });

  it('must be a certificate', async () => {
    for (const kind of ['ca', 'pinned'] as const)
      expect((await connectAs(tcp(1), { trust: { kind, certificate: 'no certificate' } }))?.code).toBe(
        'certificate-unreadable',
      );
  });
});

describe('A key of 1024 bits', () => {
  it('is refused whatever vouches for it, with the server that mends it', async () => {
    const certificate = await makeCertificate({ issuer: ca, bits: 1024 });
    const server = await greetingServer(serverContext(certificate), 'never');
    const trusts = [
      { kind: 'ca', certificate: ca.cert },
      { kind: 'ca', certificate: null },
      { kind: 'pinned', certificate: certificate.cert },
      { kind: 'loopback-unverified' },
    ] as const;
    for (const trust of trusts) {
      const failure = await connectAs(tcp(server.port), { trust });
      expect(failure?.code).toBe('certificate-key-too-small');
      expect(failure?.sentence).toContain('1024 bits');
      expect(failure?.next).toContain('2048');
    }
    expect(server.cleartext()).toBe(0);
  });
});

describe('Encryption', () => {
  it('that the server declines is never done without', async () => {
    const server = await tdsServer(await makeCertificate(), { encryption: 'off' });
    const failure = await connectAs(tcp(server.port), { trust: { kind: 'loopback-unverified' } });
    expect(failure?.code).toBe('encryption-refused');
    expect(server.logins()).toBe(0);
  });

  it('of TLS 1.0 alone is named as the cause, with the update that mends it', async () => {
    const certificate = await makeCertificate({ issuer: ca });
    const server = await greetingServer(serverContext(certificate, { outdated: true }), 'never');
    for (const trust of [{ kind: 'ca', certificate: ca.cert }, { kind: 'loopback-unverified' }] as const) {
      const failure = await connectAs(tcp(server.port), { trust });
      expect(failure?.code).toBe('tls-too-old');
      expect(failure?.sentence).toContain('TLSv1');
      expect(failure?.next).toContain('TLS 1.2');
    }
    expect(server.cleartext()).toBe(0);
  });
});
