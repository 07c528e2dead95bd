import { connect, createServer } from 'node:net';

/**
 * Stands on the network for the training site's server, which is on the loopback addresses alone: hands on what comes in,
 * from another loopback address, which counts as another machine there. The machine sees the socket of a process that is
 * called as SQL Server's is.
 */
process.title = 'sqlservr';
const [address = '', port = ''] = process.argv.slice(2);

createServer((outer) => {
  const inner = connect({ host: '127.0.0.1', port: Number(port), localAddress: '127.0.0.2' });
  outer.pipe(inner).pipe(outer);
  for (const [one, other] of [
    [outer, inner],
    [inner, outer],
  ] as const)
    one.on('error', () => other.destroy()).on('close', () => other.destroy());
}).listen(Number(port), address, () => process.stdout.write('listening\n'));
