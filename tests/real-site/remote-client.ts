import mssql from 'mssql';

/**
 * A program on another machine that uses SQL Server: logs in, asks five times a second, and says in one word a line how
 * that goes. `once`: only whether it gets in.
 */
const [host = '', port = '', mode = 'stay'] = process.argv.slice(2);

const say = (word: 'in' | 'out' | 'lost') => process.stdout.write(`${word}\n`);

const pool = new mssql.ConnectionPool({
  server: host,
  port: Number(port),
  user: process.env['REMOTE_LOGIN'] ?? '',
  password: process.env['REMOTE_PASSWORD'] ?? '',
  pool: { max: 1, acquireTimeoutMillis: 3000 },
  connectionTimeout: 3000,
  // It asks five times a second: one that is not answered for so long is cut off, whatever its socket still hopes for.
  requestTimeout: 3000,
  options: { encrypt: true, trustServerCertificate: true, appName: 'Remote reports' },
});
pool.on('error', () => undefined);

try {
  await pool.connect();
  say('in');
  if (mode === 'stay') {
    for (;;) {
      await pool.request().query('SELECT 1 AS one;');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
} catch {
  say(pool.connected ? 'lost' : 'out');
} finally {
  await pool.close().catch(() => undefined);
}
process.exit(0);
