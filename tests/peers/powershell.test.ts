import { beforeAll, describe, expect, it } from 'vitest';
import { readCommands } from './powershell-commands.ts';
import { PowerShellJudge } from './powershell-judge.ts';
import type { Fault } from './powershell-judge.ts';
import { powerShellTexts } from './powershell-texts.ts';
import { powerShellParser } from './powershell-tree.ts';

const list = process.env['MORTISE_POWERSHELL_COMMANDS'] ?? '';
const required = (process.env['MORTISE_REQUIRE_PEERS'] ?? '') !== '';
const reason = 'MORTISE_POWERSHELL_COMMANDS does not name the list of commands of Windows PowerShell 5.1';

/** A text without a fault, into which each fault is planted. */
const sound = String.raw`Set-StrictMode -Version 2.0
function Test-Text {
    param($Value, [string]$Pattern)
    ($Value -is [string]) -and ([string]$Value -cmatch $Pattern)
}
$wanted = @{ Name = 'x'; Enabled = 'True' }
$wanted['LocalPort'] = [string[]]@('1433')
New-NetFirewallRule @wanted -DisplayName:'x' -Direction Inbound | Out-Null
if (Test-Text -Value 'x' -Pattern '\Ax\z') { Get-Content -LiteralPath 'C:\x' | ConvertFrom-Json }
`;

const planted: readonly (readonly [name: string, line: string, what: Fault['what']])[] = [
  ['a parameter of PowerShell 6', "Get-Content -LiteralPath 'x' -AsByteStream", 'unknown parameter'],
  ['a parameter of PowerShell 7', "'{}' | ConvertFrom-Json -AsHashtable", 'unknown parameter'],
  ['a parameter that is shortened', "Get-NetFirewallRule -Polic 'ActiveStore'", 'unknown parameter'],
  ['a parameter of another command', "Remove-NetFirewallRule -Pattern 'x'", 'unknown parameter'],
  ['a parameter that a function has not', "Test-Text -Value 'x' -Patern 'y'", 'unknown parameter'],
  ['a key that is no parameter', "$wanted['LocalPorts'] = '1'", 'unknown parameter'],
  ['a table with a key that is no parameter', "$wanted = @{ Nmae = 'x' }", 'unknown parameter'],
  ['a command that is misspelt', "Get-NetFirewalRule -Name 'x'", 'unknown command'],
  ['a command of PowerShell 7', "'x' | ConvertFrom-Markdown", 'unknown command'],
  ['an alias', "Get-Service -Name 'x' | select Name", 'unknown command'],
  ['an alias that is listed as a command', 'Flush-Volume', 'unknown command'],
  ['an alias of one letter', "Get-Service -Name 'x' | % { $_ }", 'unknown command'],
  ['a choice of PowerShell 7', '$x = $true ? 1 : 2', 'syntax'],
  ['a default of PowerShell 7', '$x ??= 1', 'syntax'],
  ['a chain of PowerShell 7', "Get-Service -Name 'x' && Get-Service -Name 'y'", 'newer syntax'],
  ['a brace that is not closed', 'if ($true) {', 'syntax'],
  ['a quote that is not ASCII', '$x = \u2018y\u2019', 'not ASCII'],
  ['a dash that is not ASCII', 'Get-Service \u2013Name x', 'not ASCII'],
  ['a tab', '\t$x = 1', 'not ASCII'],
  ['text that is run', "Invoke-Expression -Command 'x'", 'forbidden command'],
  ['code that is compiled', "Add-Type -TypeDefinition 'x'", 'forbidden command'],
  ['a call of whatever stands there', '& $x', 'forbidden call'],
  ['another file', String.raw`. .\other.ps1`, 'forbidden call'],
  ['the console', '$x = [Console]::In', 'forbidden type'],
  ['an object that is cast', '$x = [pscustomobject]@{ a = 1 }', 'forbidden type'],
  ['a method', "$x = 'y'.Trim()", 'forbidden call'],
  ['a match on what may be an array', "if ($x -notmatch 'y') { 'z' }", 'forbidden operator'],
  ['a match that ignores case', "if ([string]$x -match 'y') { 'z' }", 'forbidden operator'],
  ['a match of something that is no text for sure', "if ($x -cmatch 'y') { 'z' }", 'forbidden operator'],
  ['a text that is too long', `# ${'x'.repeat(12_000)}`, 'too long'],
];

function declare(): void {
  let judge: PowerShellJudge;
  beforeAll(async () => {
    judge = new PowerShellJudge(await powerShellParser(), await readCommands(list));
  });

  it.each(powerShellTexts().map(({ name }) => name))('are sound: %s', (name) => {
    const text = powerShellTexts().find((each) => each.name === name);
    if (text === undefined) throw new Error('There is no such text.');
    expect(judge.faultsOf(text)).toEqual([]);
  });

  it('are judged by one that finds nothing in a sound text', () => {
    expect(judge.faultsOf({ text: sound, language: 'constrained' })).toEqual([]);
  });

  it.each(planted)('are judged by one that finds %s', (_, line, what) => {
    const faults = judge.faultsOf({ text: `${sound}${line}\n`, language: 'constrained' });
    expect(faults.map((fault) => fault.what)).toContain(what);
  });
}

describe('the texts of Mortise in Windows PowerShell 5.1', () => {
  if (list !== '') {
    declare();
  } else if (required) {
    it('need the list of commands', () => {
      expect.fail(`${reason}, and MORTISE_REQUIRE_PEERS asks for it`);
    });
  } else {
    process.stdout.write(`left out: ${reason}\n`);
    it.skip(`left out: ${reason}`);
  }
});
