import { describe, expect, it } from 'vitest';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';
import { column, resultSet } from './fake-backend.ts';
import { startServer } from './test-server.ts';

describe('logging in with the product’s own driver', () => {
  it('works over TLS verified by the training site’s authority', async () => {
    const { backend, connect } = await startServer('required');
    backend.answers.set('SELECT 1 AS one', () => resultSet([column('one', { name: 'int' }, false)], [[1]]));
    const pool = await connect();
    const result = await pool.request().query('SELECT 1 AS one');
    expect(result.recordset).toEqual([{ one: 1 }]);
    expect(backend.logins[0]).toMatchObject({
      user: 'engineer',
      password: 'Correct-Horse-1',
      newPassword: undefined,
      database: 'Acs',
      programName: 'Mortise',
      remoteAddress: '127.0.0.1',
      localAddress: '127.0.0.1',
      encrypted: true,
    });
  });

  it('verifies the server by name as well as by address', async () => {
    const { connect } = await startServer();
    await expect(connect({ server: 'localhost' })).resolves.toBeDefined();
    await expect(connect({ server: '127.0.0.2' })).resolves.toBeDefined();
  });

  it('fails when the server’s certificate comes from another authority', async () => {
    const { backend, connect } = await startServer();
    const other = await makeTrainingCertificate();
    await expect(connect({ ca: other.ca })).rejects.toMatchObject({ code: 'ESOCKET' });
    expect(backend.logins).toEqual([]);
  });

  it('is refused in clear where encryption is required, before a password is sent', async () => {
    const { backend, connect } = await startServer('required');
    await expect(connect({ encrypt: false })).rejects.toMatchObject({ code: 'EENCRYPT' });
    expect(backend.logins).toEqual([]);
  });

  it('works in clear where encryption is only offered', async () => {
    const { backend, connect } = await startServer('on');
    await connect({ encrypt: false });
    expect(backend.logins[0]).toMatchObject({ encrypted: false });
  });

  it('is refused with TLS by a server that has none', async () => {
    const { backend, connect } = await startServer('off');
    await expect(connect()).rejects.toMatchObject({ code: 'EENCRYPT' });
    expect(backend.logins).toEqual([]);
  });

  it('fails with a wrong password as SQL Server words it', async () => {
    const { connect } = await startServer();
    await expect(connect({ password: 'wrong' })).rejects.toMatchObject({
      code: 'ELOGIN',
      message: "Login failed for user 'engineer'.",
    });
  });
});
