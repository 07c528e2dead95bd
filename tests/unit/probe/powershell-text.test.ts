import { describe, expect, it } from 'vitest';
import { packetsOf, packetType, preloginQuestion } from '#electron/database/connect/prelogin.ts';
import { powershellText } from '#electron/probe/powershell-text.ts';

const usual = {
  addresses: ['192.0.2.10', '2001:0DB8::0010'],
  ports: [
    { protocol: 'tcp', port: 1433 },
    { protocol: 'udp', port: 1434 },
    { protocol: 'tcp', port: 50_123 },
  ],
  nonce: 'K7QD-93MX-F2WA-8TRC',
} as const;
const text = powershellText(usual);

describe('The probe as a text for Windows PowerShell', () => {
  it('is two commands for a console: a function without an empty line or a tab in it, and its call', () => {
    const [declared = '', called, ...more] = text.split('\n}\n\n');
    expect(declared.startsWith('function Test-AccessServer {\n')).toBe(true);
    expect([called, ...more]).toEqual(['Test-AccessServer\n']);
    expect(declared).not.toMatch(/\n[ ]*\n|\t|\r/);
  });

  it('is ASCII, and short enough to be looked through', () => {
    expect(text).toMatch(/^[\n\x20-\x7E]+$/);
    expect(text.length).toBeLessThan(12_000);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(160);
  });

  it('tries what it is told, as `mortise probe` does', () => {
    expect(text).toContain("$addresses = @('192.0.2.10','2001:db8::10')\n");
    expect(text).toContain('$tcp = @(1433,50123)\n');
    expect(text).toContain('$udp = @(1434)\n');
    const greeting = packetsOf(packetType.prelogin, preloginQuestion());
    expect(text).toContain(`$greeting = [byte[]]@(${[...greeting].join(',')})\n`);
    expect(text).toContain('$question = [byte[]]@(3)\n');
  });

  it('waits for nothing without a limit', () => {
    for (const limit of ['ReadTimeout', 'WriteTimeout', 'ReceiveTimeout', 'WaitOne($left)'])
      expect(text).toContain(limit);
  });

  it('says where PowerShell is restricted that it tried nothing, before it tries', () => {
    const check = text.indexOf("LanguageMode -ne 'FullLanguage'");
    expect(check).toBeGreaterThan(0);
    expect(check).toBeLessThan(text.indexOf('New-Object'));
  });

  const hostile = [
    "'; Remove-Item C:\\ -Recurse; '",
    '$(Get-Date)',
    '`n',
    '"',
    "\u2019; 'x",
    'a\nb',
    '',
    ' ',
    '192.0.2.10 ',
    '::1%$(1)',
    '@(1)',
    '-----------------',
    '\u0661\u0662',
  ];
  it.each(hostile)('is not made with %j as a nonce, or as an address', (word) => {
    expect(() => powershellText({ ...usual, nonce: word })).toThrow('This is no nonce.');
    // What stands behind the zone of an address is left out.
    if (word.includes('%'))
      expect(powershellText({ ...usual, addresses: [word] })).toContain("$addresses = @('::1')\n");
    else expect(() => powershellText({ ...usual, addresses: [word] })).toThrow('This is no address.');
  });

  it.each([0, -1, 65_536, 70_000, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is not made with the port %d',
    (port) => {
      for (const protocol of ['tcp', 'udp'] as const)
        expect(() => powershellText({ ...usual, ports: [{ protocol, port }] })).toThrow('This is no port.');
    },
  );
});
