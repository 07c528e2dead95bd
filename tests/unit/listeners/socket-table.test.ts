import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { waitingSockets } from '#electron/listeners/linux/socket-table.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, state: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n`;
const addresses = (...locals: string[]) =>
  waitingSockets(head + locals.map((each) => line(each, '0A')).join(''), 'tcp').map(
    ({ address, port }) => `${address} ${port}`,
  );

describe("The kernel's table of sockets", () => {
  it('tells those that wait from those that are in use', () => {
    expect(waitingSockets(head + line('0100007F:0599', '0A') + line('0100007F:059A', '01'), 'tcp')).toEqual([
      { protocol: 'tcp', address: '127.0.0.1', port: 1433, inode: '4711' },
    ]);
    expect(waitingSockets(head + line('00000000:059A', '07') + line('00000000:0035', '01'), 'udp')).toEqual([
      { protocol: 'udp', address: '0.0.0.0', port: 1434, inode: '4711' },
    ]);
  });

  it('reads addresses of both families', () => {
    expect(
      addresses(
        '00000000000000000000000000000000:0599',
        '00000000000000000000000001000000:0599',
        '0000000000000000FFFF00000100007F:0599',
        'B80D012000000000000000000100FE80:C3CB',
        '000080FE00000000FF005450AB31DAFE:0599',
      ),
    ).toEqual([':: 1433', '::1 1433', '127.0.0.1 1433', '2001:db8::80fe:1 50123', 'fe80::5054:ff:feda:31ab 1433']);
  });

  it('reads the tables of this machine as they are', () => {
    for (const [name, protocol] of [
      ['tcp', 'tcp'],
      ['tcp6', 'tcp'],
      ['udp', 'udp'],
      ['udp6', 'udp'],
    ] as const)
      expect(() => waitingSockets(readFileSync(`/proc/net/${name}`, 'utf8'), protocol)).not.toThrow();
  });

  it('guesses nothing of a line that is another one', () => {
    expect(() => waitingSockets(`${head}   0: nonsense\n`, 'tcp')).toThrow('not a line');
    expect(() => waitingSockets(head + line('0100007F:0599', '0A').slice(0, 40), 'tcp')).toThrow('not a line');
  });
});
