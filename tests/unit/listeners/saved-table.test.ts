import { describe, expect, it } from 'vitest';
import { placesIn, recorded, said, saved } from './saved-rules.ts';

const toServer = '-j DNAT --to-destination 172.17.0.2:1433';
const places = (...lines: readonly string[]) => placesIn(saved(lines));
const pre = (rule: string) => places(`-A PREROUTING ${rule}`);
const at = (address: string) => pre(`${address} -p tcp -m tcp --dport 77 ${toServer}`);

describe('What iptables-save shows that leads to SQL Server', () => {
  it("is read from Docker's usual rules, over both families", async () => {
    expect(placesIn(await recorded('docker-ip-nat.txt'))).toEqual(['tcp 0.0.0.0 14330', 'tcp 127.0.0.1 14331']);
    expect(placesIn(await recorded('docker-ip6-nat.txt'), 'ip6')).toEqual(['tcp :: 14330']);
  });

  it("is read through Kubernetes' chains, whichever container its dice choose", async () => {
    expect(new Set(placesIn(await recorded('kubernetes-ip-nat.txt')))).toEqual(
      new Set(['tcp 10.96.17.4 1533', 'tcp 0.0.0.0 31433']),
    );
  });

  it('is what the rules say, whatever their comments say', async () => {
    expect(placesIn(await recorded('comments-ip-nat.txt'))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((each) => `tcp 0.0.0.0 ${15_000 + each}`),
    );
  });

  it.each([
    ['-p tcp -m multiport --dports 77,15000:15002', 'DNAT --to-destination 10.0.0.7:1433', [77, 15000, 15001, 15002]],
    ['-p tcp -m tcp --dport 77', 'REDIRECT --to-ports 1433', [77]],
    ['-p tcp -m tcp --dport 77', 'REDIRECT --to-ports 1400-1500 --random', [77]],
    ['-p tcp -m tcp --dport 77', 'DNAT --to-destination 10.0.0.7-10.0.0.9:1400-1500/20 --random --persistent', [77]],
    ['-p tcp -m tcp --dport 77', 'DNAT --to-destination :1433', [77]],
    ['-p tcp -m tcp --dport 1000:2000', 'DNAT --to-destination 10.0.0.7', [1433]],
    ['-p tcp', 'DNAT --to-destination 10.0.0.7-10.0.0.9 --persistent', [1433]],
    ['-p tcp -m tcp ! --dport 22', 'REDIRECT', [1433]],
    ['-p tcp -m multiport ! --dports 22,80', 'REDIRECT', [1433]],
    ['-p tcp', 'NETMAP --to 10.1.0.0/16', [1433]],
    ['-p tcp -m tcp --dport 77', 'TPROXY --on-port 1433 --on-ip 127.0.0.1 --tproxy-mark 0x1/0xffffffff', [77]],
    // A condition that is not understood may hold.
    ['-p tcp -m set --match-set ports dst -m tcp --dport 77', 'REDIRECT --to-ports 1433', [77]],
    ['-s 10.0.0.0/8 -i eth0 -p tcp -m odd --dport 5 -m tcp --dport 77', 'REDIRECT --to-ports 1433', [77]],
    ['-p tcp -m multiport --ports 22,23', 'REDIRECT', [1433]],
    ['-p tcp -m multiport [unsupported revision]', 'DNAT --to-destination 10.0.0.7', [1433]],
    ['-p tcp -m tcp --dport 22', 'REDIRECT', []],
    ['-p tcp -m tcp --dport 77', 'REDIRECT --to-ports 80', []],
    ['-p tcp', 'REDIRECT --to-ports 15006', []],
    ['-p sctp', 'DNAT --to-destination 10.0.0.7', []],
    ['-p udp -m udp --dport 77', 'DNAT --to-destination 10.0.0.7:1433', []],
    ['-p tcp -m tcp --dport 1433', 'LOG --log-prefix "-j DNAT --to-destination 1.2.3.4:1433"', []],
  ])('is understood of %s -j %s', (conditions, target, ports) => {
    expect(pre(`${conditions} -j ${target}`)).toEqual(ports.map((port) => `tcp 0.0.0.0 ${port}`));
  });

  it('is for the address that a rule names, and for every one where it names many', () => {
    expect(at('-d 10.0.0.1/32')).toEqual(['tcp 10.0.0.1 77']);
    expect(at('-d 10.0.0.0/24')).toEqual(['tcp 0.0.0.0 77']);
    expect(at('! -d 10.0.0.1/32')).toEqual(['tcp 0.0.0.0 77']);
    expect(
      placesIn(
        saved(['-A PREROUTING -d fd77::1/128 -p tcp -m tcp --dport 77 -j DNAT --to-destination [fd00::2]:1433']),
        'ip6',
      ),
    ).toEqual(['tcp fd77::1 77']);
  });

  it('is both protocols of a rule that names none', () => {
    expect(pre('-j DNAT --to-destination 10.0.0.7')).toEqual(['tcp 0.0.0.0 1433', 'udp 0.0.0.0 1434']);
    expect(placesIn(saved(['-A PREROUTING -j DNAT --to-destination fd00::2-fd00::5']), 'ip6')).toHaveLength(2);
  });

  it('holds the conditions of every rule on the way, jumps and gotos', () => {
    expect(
      places(
        '-A PREROUTING -d 10.0.0.1/32 -p tcp -j ONE',
        '-A ONE -p tcp -m tcp --dport 70:80 -g TWO',
        '-A ONE -p udp -m udp --dport 70:80 -j TWO',
        `-A TWO -p tcp -m tcp --dport 79:90 ${toServer}`,
      ),
    ).toEqual(['tcp 10.0.0.1 79', 'tcp 10.0.0.1 80']);
  });

  it('is nothing that other machines cannot come to', () => {
    expect(
      places(`-A OUTPUT -p tcp -m tcp --dport 77 ${toServer}`, `-A ONE -p tcp -m tcp --dport 78 ${toServer}`),
    ).toEqual([]);
  });
});

describe('What iptables-save shows is unknown', () => {
  const rule = '-p tcp -m tcp --dport 77';
  it.each([
    ['a target is not known', `${rule} -j WARP --to 1`, 'its target is not known'],
    ['a destination is not understood', `${rule} -j DNAT --to-destination here`, 'in a way that is not understood'],
    ['a destination has an impossible port', `${rule} -j DNAT --to-destination 10.0.0.7:70000`, 'not understood'],
    ['a destination is not said', `${rule} -j DNAT`, 'not understood'],
    [
      'there are two destinations',
      `${rule} -j DNAT --to-destination 1.2.3.4 --to-destination 1.2.3.5`,
      'not understood',
    ],
    ['iptables-save cannot show it', `${rule} -j REDIRECT [unsupported revision]`, 'not understood'],
    ['ports of a redirect are not understood', `${rule} -j REDIRECT --to-ports all`, 'not understood'],
    ['ports are not understood', `-p tcp -m tcp --dport http -j REDIRECT --to-ports 1433`, 'names its ports in a way'],
    ['there are two targets', `${rule} -j ACCEPT -j REDIRECT --to-ports 1433`, 'two targets'],
    ['more ports lead there than can be listed', '-p tcp -j REDIRECT --to-ports 1433', 'more than 1000 ports'],
    ['its chain is not there', '-j ACCEPT\n-A NOWHERE -j ACCEPT', 'does not have'],
    ['a line is no rule', '-j ACCEPT\n-I PREROUTING -j ACCEPT', 'not understood'],
    ['a comment has no end', '-m comment --comment "x -j ACCEPT', 'not whole'],
    ['a quote stands inside a word', `${rule} -m comment --comment a"b -j ACCEPT`, 'not whole'],
  ])('where %s', (_name, line, why) => {
    expect(() => pre(line)).toThrow(why);
  });

  it('where its chains lead in a circle too long to follow', () => {
    const chains = Array.from({ length: 200 }, (_none, index) => `C${index}`);
    const lines = chains.map((chain, index) => `-A ${chain} -j C${index + 1}`).slice(0, -1);
    expect(() => placesIn(saved(['-A PREROUTING -j C0', ...lines], { chains }))).toThrow('too many to follow');
    expect(places('-A PREROUTING -j ONE', '-A ONE -j TWO', '-A TWO -j ONE')).toEqual([]);
  });

  it('where the answer was cut short, at any place', async () => {
    for (const name of ['docker-ip-nat.txt', 'kubernetes-ip-nat.txt', 'comments-ip-nat.txt']) {
      const whole = await recorded(name);
      const end = whole.lastIndexOf('COMMIT') + 'COMMIT'.length;
      for (let length = 0; length < end; length += 1)
        expect(() => placesIn(whole.slice(0, length))).toThrow(/not (?:whole|understood|show)|does not/u);
    }
  });

  it('where it shows no such table, or one that nftables alone can show', () => {
    expect(() => placesIn('')).toThrow('does not show the table nat');
    expect(() => placesIn("# Table `nat' is incompatible, use 'nft' tool.\n")).toThrow('does not show the table nat');
    expect(() => placesIn(saved([], { table: 'filter' }))).toThrow('not understood');
  });

  it('while SQL Server does not say its ports and anything is passed on', () => {
    const text = saved([`-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.7:80`]);
    expect(() => placesIn(text, 'ip', [])).toThrow('while it does not answer');
    expect(placesIn(text, 'ip', said)).toEqual([]);
    expect(placesIn(saved([]), 'ip', [])).toEqual([]);
  });
});
