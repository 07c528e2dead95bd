import { describe, expect, it } from 'vitest';
import { MemoryWindows, numberValue, textValue } from '#electron/firewall/netsecurity/memory-windows.ts';
import { serverProgram, systemRootOf } from '#electron/firewall/netsecurity/windows-facts.ts';

const sql = String.raw`SOFTWARE\Microsoft\Microsoft SQL Server`;

function machine(binRoot = textValue(String.raw`C:\SQL\MSSQL16.ACCESS\MSSQL\Binn`)) {
  const windows = new MemoryWindows();
  windows.write(`${sql}\\Instance Names\\SQL`, 'ACCESS', textValue('MSSQL16.ACCESS'));
  windows.write(`${sql}\\Instance Names\\SQL`, 'OTHER', textValue('MSSQL15.OTHER'));
  windows.write(`${sql}\\MSSQL16.ACCESS\\Setup`, 'SQLBinRoot', binRoot);
  windows.write(`${sql}\\MSSQL15.OTHER\\Setup`, 'SQLBinRoot', textValue(String.raw`D:\Other\Binn`));
  return windows;
}

const instance = (name: string) => ({ kind: 'instance' as const, instance: name });

describe('what the firewall has to know of its Windows', () => {
  it('is the program of the instance that the site uses', () => {
    expect(serverProgram(machine(), instance('access'))).toBe(
      String.raw`C:\SQL\MSSQL16.ACCESS\MSSQL\Binn\sqlservr.exe`,
    );
    expect(serverProgram(machine(), instance('OTHER'))).toBe(String.raw`D:\Other\Binn\sqlservr.exe`);
  });

  it('is no program where none can be told', () => {
    expect(serverProgram(machine(), instance('THIRD'))).toBeUndefined();
    expect(serverProgram(machine(numberValue(1)), instance('ACCESS'))).toBeUndefined();
    expect(serverProgram(machine(textValue(String.raw`..\Binn`)), instance('ACCESS'))).toBeUndefined();
    expect(serverProgram(new MemoryWindows(), instance('ACCESS'))).toBeUndefined();
  });

  it('is the folder of Windows, as its own key says it', () => {
    const windows = new MemoryWindows();
    expect(systemRootOf(windows)).toBe(String.raw`C:\Windows`);
    windows.write(
      String.raw`SOFTWARE\Microsoft\Windows NT\CurrentVersion`,
      'SystemRoot',
      textValue(String.raw`D:\WINNT`),
    );
    expect(systemRootOf(windows)).toBe(String.raw`D:\WINNT`);
  });
});
