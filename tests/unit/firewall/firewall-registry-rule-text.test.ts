import { containsCidr, excludeCidr, overlapCidr, parseCidr } from 'cidr-tools';
import { describe, expect, it } from 'vitest';
import {
  cidrsOf,
  parseRange,
  rangeOf,
  rangeText,
  without,
} from '#electron/firewall/firewall-registry/address-range.ts';
import { parseRuleText } from '#electron/firewall/firewall-registry/rule-text.ts';
import { Seeded } from '#tests/peers/seeded.ts';

/** As Windows wrote them (10, Server 2016 and 2022), and as the specification gives one. */
const recorded = {
  specification: String.raw`v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=RPC|RPort=49000|LA4=192.168.1.0/255.255.255.0|LA4=192.168.0.0/255.255.255.0|RA4=LocalSubnet|RA6=LocalSubnet|App=c:\path\foo.exe|Name=Firewall Rule Test|Security=Authenticate|Security2_9=An-NoEncap|`,
  multicast: String.raw`v2.33|Action=Block|Active=TRUE|Dir=Out|Protocol=58|ICMP6=133:*|RA4=LocalSubnet|RA6=LocalSubnet|RA6=ff02::2|RA6=fe80::/64|App=System|Name=@FirewallAPI.dll,-25008|Desc=@FirewallAPI.dll,-25011|EmbedCtxt=@FirewallAPI.dll,-25000|`,
  edge: String.raw`v2.33|Action=Allow|Active=FALSE|Dir=In|Protocol=17|Profile=Public|LPort=3540|App=%systemroot%\system32\svchost.exe|Svc=pnrpsvc|Name=@FirewallAPI.dll,-33039|EmbedCtxt=@FirewallAPI.dll,-33002|Edge=TRUE|Defer=App|`,
  ranges:
    'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort2_10=1-66|LPort2_10=69-55554|LPort=60000|Name=TCP|EmbedCtxt=Somebody|',
  bypass:
    'v2.26|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|LPort=1433|Name=Scanner|RMauth=O:LSD:(A;;CC;;;S-1-5-21-1)|Security=Authenticate|',
  wireless: String.raw`v2.33|Action=Block|Active=TRUE|Dir=In|Profile=Public|App=%SystemRoot%\system32\svchost.exe|Svc=stisvc|Name=x|TTK2_22=WFDPrint|`,
};

function read(text: string) {
  const rule = parseRuleText(text);
  if (rule === undefined) throw new Error(`not in the grammar: ${text}`);
  return rule;
}

describe('the text of a rule', () => {
  it('is read as the specification gives it', () => {
    expect(read(recorded.specification)).toEqual({
      action: 'allow',
      active: true,
      inbound: true,
      profiles: ['public'],
      protocol: 6,
      ports: [],
      remote: [],
      program: String.raw`c:\path\foo.exe`,
      group: null,
      name: 'Firewall Rule Test',
      description: null,
      machines: null,
      conditions: ['RPort', 'LA4', 'Security', 'Security2_9', 'LPort', 'RA4'],
    });
  });

  it('names ports one by one and as ranges', () => {
    expect(read(recorded.ranges)).toMatchObject({
      action: 'block',
      profiles: [],
      ports: [
        { from: 1, to: 66 },
        { from: 69, to: 55_554 },
        { from: 60_000, to: 60_000 },
      ],
      remote: null,
      conditions: [],
    });
  });

  it('holds addresses beside keywords, and a keyword stays a condition', () => {
    const { remote, conditions } = read(recorded.multicast);
    expect(remote?.map(rangeText)).toEqual([
      'ff02:0:0:0:0:0:0:2-ff02:0:0:0:0:0:0:2',
      'fe80:0:0:0:0:0:0:0-fe80:0:0:0:ffff:ffff:ffff:ffff',
    ]);
    expect(conditions).toEqual(['ICMP6', 'RA4']);
  });

  it('tells a bypass with the machines it is for', () => {
    expect(read(recorded.bypass)).toMatchObject({ action: 'bypass', machines: 'O:LSD:(A;;CC;;;S-1-5-21-1)' });
  });

  it('takes a service and a keyword of Wi-Fi as conditions', () => {
    expect(read(recorded.wireless).conditions).toEqual(['Svc', 'TTK2_22']);
    expect(read(recorded.edge)).toMatchObject({ active: false, conditions: ['Svc', 'Edge', 'Defer'] });
  });

  it.each([
    'LUOwn=S-1-5-21-1-2-3-1001',
    'SkipVer=2.29',
    'LUAuth=D:(A;;CC;;;BA)',
    'LSM=TRUE',
    'LOM=TRUE',
    'PCross=TRUE',
  ])('takes what makes it a rule for some only as a condition: %s', (field) => {
    const text = `v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=1433|${field}|Name=x|Desc=y|EmbedCtxt=z|`;
    expect(read(text).conditions).toEqual([field.split('=')[0]]);
  });

  it('takes a flag that is not set as nothing', () => {
    const text = 'v2.0|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=1433|Name=x|Edge=FALSE|LSM=FALSE|';
    expect(read(text).conditions).toEqual([]);
    expect(read(text.replace('LSM=FALSE', 'LSM=Ply2Disc')).conditions).toEqual(['LSM']);
  });

  it('takes a field that nobody knows yet as a condition', () => {
    expect(read('v2.99|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=1433|Moon=Full|').conditions).toEqual(['Moon']);
  });

  it('is switched off where it does not say that it is on', () => {
    expect(read('v2.10|Action=Block|Dir=In|').active).toBe(false);
  });

  it.each([
    ['', 'nothing'],
    ['v2.10|', 'no field'],
    ['2.10|Action=Block|Dir=In|', 'no version'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In', 'no end'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In||', 'an empty field'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Name|', 'a field without a value'],
    ['v2.10|Active=TRUE|Dir=In|', 'no action'],
    ['v2.10|Action=block|Active=TRUE|Dir=In|', 'an action in other letters'],
    ['v2.10|Action=Block|Action=Allow|Active=TRUE|Dir=In|', 'two actions'],
    ['v2.10|Action=Block|Active=TRUE|', 'no direction'],
    ['v2.10|Action=Block|Active=YES|Dir=In|', 'a truth that is none'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=256|', 'a protocol that is none'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=65536|', 'a port that is none'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort2_10=9-8|', 'a range that ends before it begins'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=1|LPort=1433|', 'ports of a protocol without any'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|LPort=1433|', 'ports of every protocol'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|Profile=Guest|', 'a profile that nobody knows'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|RA4=1.2.3.4-1.2.3|', 'an address that is none'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|RA4=2.0.0.0-1.0.0.0|', 'addresses that end before they begin'],
    ['v2.10|Action=Block|Active=TRUE|Dir=In|RA4=1.2.3.4/255.0.255.0|', 'a mask with a hole'],
  ])('is not concluded from a half: %s (%s)', (text) => {
    expect(parseRuleText(text)).toBeUndefined();
  });

  it('is never read out of a text that was cut anywhere', () => {
    for (const text of Object.values(recorded)) {
      for (let end = 0; end < text.length; end += 1) {
        const cut = text.slice(0, end);
        // Behind a whole field it is a rule again; then it has fewer conditions, so that is no place Windows leaves it at.
        if (!cut.endsWith('|')) expect(parseRuleText(cut)).toBeUndefined();
      }
    }
  });

  it('is read the same in whatever order its fields stand', () => {
    const random = new Seeded(20_261_121);
    for (let round = 0; round < 300; round += 1) {
      const ports = Array.from({ length: 1 + random.below(4) }, () => 1 + random.below(65_535));
      const fields = [
        `Action=${random.of(['Allow', 'Block', 'ByPass'])}`,
        `Active=${random.of(['TRUE', 'FALSE'])}`,
        `Dir=${random.of(['In', 'Out'])}`,
        'Protocol=17',
        ...ports.map((port) => `LPort=${port}`),
        ...random.of([[], ['Profile=Domain'], ['Profile=Domain', 'Profile=Public']]),
        `RA4=10.${random.below(256)}.0.0/255.255.0.0`,
        `RA6=2001:db8:${random.below(65_536).toString(16)}::/48`,
        `Name=Rule ${round}`,
      ];
      const mixed = fields.toSorted(() => random.below(3) - 1);
      const [one, other] = [fields, mixed].map((each) => parseRuleText(`v2.${random.below(40)}|${each.join('|')}|`));
      const sorted = (rule: typeof one) =>
        rule === undefined
          ? undefined
          : {
              ...rule,
              profiles: rule.profiles.toSorted(),
              ports: rule.ports?.map(({ from }) => from).toSorted(),
              remote: rule.remote?.map(rangeText).toSorted(),
            };
      expect(one).toBeDefined();
      expect(sorted(other)).toEqual(sorted(one));
    }
  });
});

describe('ranges of addresses', () => {
  it('leave out exactly the addresses that are excepted, in both families', () => {
    const random = new Seeded(4711);
    const block = (family: number) =>
      family === 4
        ? `${random.below(256)}.${random.below(256)}.${random.below(256)}.${random.below(256)}/${random.below(33)}`
        : `${random.below(65_536).toString(16)}:${random.below(65_536).toString(16)}::/${random.below(129)}`;
    for (let round = 0; round < 200; round += 1) {
      const family = random.of([4, 6] as const);
      const excepted = Array.from({ length: random.below(5) }, () => block(family));
      const left = without(family, excepted.map(rangeOf));
      const byLibrary = excludeCidr(family === 4 ? '0.0.0.0/0' : '::/0', excepted);
      const sum = left.flatMap(cidrsOf);
      expect(sum.length === 0 || containsCidr(byLibrary, sum)).toBe(true);
      expect(byLibrary.length === 0 || containsCidr(sum, byLibrary)).toBe(true);
      if (sum.length > 0 && excepted.length > 0) expect(overlapCidr(sum, excepted)).toBe(false);
      for (const range of left) expect(parseRange(rangeText(range))).toEqual(range);
    }
  });

  it.each(['10.1.2.3', '10.0.0.0/8', '2001:db8::/33', 'fe80::1', '0.0.0.0/0', '::/0', '255.255.255.255'])(
    'are written back as they were: %s',
    (text) => {
      expect(cidrsOf(rangeOf(text))).toEqual([text]);
      expect(parseCidr(text).start).toBe(rangeOf(text).start);
    },
  );
});
