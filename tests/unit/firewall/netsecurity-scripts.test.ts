import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockRequest, wantedRules } from '#electron/firewall/netsecurity/block-rules.ts';
import { scriptNames, scriptPath } from '#electron/firewall/netsecurity/scripts.ts';
import type { ScriptName } from '#electron/firewall/netsecurity/scripts.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { program } from './firewall-hives-contract.ts';
import { block, listener } from './netsecurity-lab.ts';

const textOf = (name: ScriptName) => readFileSync(scriptPath(name), 'utf8');

/** A function of a script, from its name to the brace at the start of a line. */
function functionIn(name: ScriptName, called: string): string {
  const text = new RegExp(`^function ${called} \\{\\n[\\s\\S]*?^\\}$`, 'mu').exec(textOf(name))?.[0];
  if (text === undefined) throw new Error(`${name} has no function ${called}.`);
  return text;
}

/** The patterns by which the script `block` takes or refuses each part of a rule. */
function patterns(): ReadonlyMap<string, RegExp> {
  const found = [...textOf('block').matchAll(/-Value \$rule\.(\w+) -Pattern '\\A(.*)\\z'/gu)];
  return new Map(found.map(([, part, pattern]) => [part ?? '', new RegExp(`^(?:${pattern ?? ''})$`, 'u')]));
}

const now = new Date('2026-11-21T12:00:00Z');

/** The parts of the rules of a block that the script would refuse. */
function refused(of: Block, server: string | undefined): readonly string[] {
  const rules = wantedRules(of, { now, program: server });
  if (!rules.ok) throw new Error(rules.error.sentence);
  const known = patterns();
  return blockRequest(rules.value, '0123456789ab').rules.flatMap((rule) =>
    Object.entries(rule).flatMap(([part, value]) =>
      [value].flat().flatMap((text) => (known.get(part)?.test(text) === true ? [] : [`${part}: ${text}`])),
    ),
  );
}

describe('the scripts of Windows Firewall', () => {
  it.each(scriptNames)('are ASCII, fit into a command line and end each line alike: %s', (name) => {
    expect(textOf(name)).toMatch(/^[\n\x20-\x7e]{1,11999}$/u);
  });

  it.each(scriptNames)('answer and look at texts by the same functions: %s', (name) => {
    for (const called of ['Send-Answer', 'Test-Text']) {
      expect(functionIn(name, called)).toBe(functionIn('block', called));
    }
  });

  it.each(scriptNames)('stop at every error of a command that may fail: %s', (name) => {
    // A function of a module does not see what a script prefers, unless it is said with each call.
    const calls = textOf(name).match(/\b\w+-(?:NetFirewall\w+|CimInstance|ScheduledTask|Service) .*/gu) ?? [];
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !call.includes("-ErrorAction 'Stop'"))).toEqual([]);
  });

  it.each<readonly [string, Block, string | undefined]>([
    ['a plain one', block(), undefined],
    ['one with the program', block(), program],
    ['one with a program elsewhere', block(), String.raw`D:\Größe (x86)\sqlservr.exe`],
    [
      'one with exceptions',
      block([
        { address: '192.0.2.7', until: '2026-11-21T18:00:00.000Z' },
        { address: '10.0.0.0/8', until: null },
        { address: '2001:db8::/33', until: null },
        { address: '::1', until: null },
      ]),
      program,
    ],
    [
      'one of 500 ports',
      { listeners: Array.from({ length: 500 }, (_, index) => listener(1 + 2 * index)), allowed: [] },
      program,
    ],
    ['one of all ports', { listeners: [1, 65_535].map((port) => listener(port)), allowed: [] }, undefined],
  ])('take every part of a block: %s', (_, of, server) => {
    expect(patterns().size).toBe(7);
    expect(refused(of, server)).toEqual([]);
  });

  it('refuse what no block has', () => {
    const known = patterns();
    const wrong = [
      ['name', 'Somebody-TCP'],
      ['name', 'Mortise-SecureMode-ab-TCP\n'],
      ['protocol', 'tcp'],
      ['ports', '1433,1434'],
      ['remote', 'Any'],
      ['program', 'powershell.exe'],
      ['displayName', 'a|b'],
      ['description', ''],
    ] as const;
    for (const [part, text] of wrong) expect(`${part} ${known.get(part)?.test(text)}`).toBe(`${part} false`);
  });
});
