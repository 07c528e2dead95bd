import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduledTask } from '#electron/at-start/scheduled-task.ts';
import { does, taskAction, taskXml } from '#electron/at-start/task-xml.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { blockedSchema } from '#electron/firewall/netsecurity/confirmation.ts';
import { MemoryWindows } from '#electron/firewall/netsecurity/memory-windows.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { block, fault, ok } from './netsecurity-lab.ts';

const systemRoot = String.raw`C:\Windows`;
const clock = { now: () => new Date('2026-11-21T12:00:00Z') };

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-task-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function open() {
  const windows = new MemoryWindows();
  windows.taskFile = join(folder, 'SecureMode');
  const request = join(folder, 'secure-mode-at-start.json');
  const options = { clock, host: windows, registry: windows };
  const task = scheduledTask({ ...options, systemRoot, request, kept: windows.taskFile });
  const firewall = netSecurityFirewall(options);
  const state = async (of: Block | undefined) => {
    const read = await task.read(of);
    return read.state === 'known' ? read.value : read.cause.sentence;
  };
  return { windows, request, task, firewall, state };
}

describe('the task that puts the block up at a start', () => {
  it('is installed, told from one for another block, and removed without a trace', async () => {
    const { task, state, request, windows } = open();
    expect(await state(block())).toBe('not-installed');
    ok(await task.install(block()));
    expect(await state(block())).toBe('installed');
    expect(await state({ ...block(), listeners: block().listeners.slice(1) })).toBe('outdated');
    expect(await state(undefined)).toBe('outdated');
    ok(await task.install(block()));
    ok(await task.remove());
    ok(await task.remove());
    expect([windows.taskFile, request].map(existsSync)).toEqual([false, false]);
    expect(windows.ran).toEqual(['at-start', 'at-start', 'at-start']);
  });

  it('shows beforehand what is written, whole, and what is run', async () => {
    const { task, request, windows } = open();
    const [file, xml, command] = task.describe(block());
    ok(await task.install(block()));
    expect(file).toEqual({ kind: 'file', path: request, diff: `+ ${(await readFile(request, 'utf8')).trimEnd()}` });
    const kept = (await readFile(windows.taskFile, 'utf16le')).slice(1);
    expect(xml).toEqual({ kind: 'file', path: windows.taskFile, diff: kept.trimEnd().replaceAll(/^/gmu, '+ ') });
    expect(command?.kind === 'command' && command.text).toMatch(
      /^C:\\Windows\\.*powershell\.exe -File .*at-start\.ps1$/u,
    );
  });

  it('gives the script of the block a request that it takes, and finds the rules that are there', async () => {
    const { task, request, windows, firewall } = open();
    ok(await firewall.block(block()));
    const before = [...windows.rules];
    ok(await task.install(block()));
    const stored: unknown = JSON.parse(await readFile(request, 'utf8'));
    expect(stored).toMatchObject({ nonce: expect.stringMatching(/^[0-9A-Za-z-]{8,64}$/u) as string });
    await windows.run('block', Object(stored), blockedSchema);
    expect([...windows.rules]).toEqual(before);
  });

  it('leaves out an address that is allowed for a time', async () => {
    const { task, request } = open();
    const allowed = [
      { address: '192.0.2.7', until: null },
      { address: '192.0.2.9', until: '2026-11-21T18:00:00.000Z' },
    ];
    ok(await task.install(block(allowed)));
    expect(await readFile(request, 'utf8')).toContain('Allowed: 192.0.2.7.');
  });

  it('is outdated when somebody switched it off, or what it runs is another thing', async () => {
    const { task, state, windows, request } = open();
    ok(await task.install(block()));
    const xml = await readFile(windows.taskFile, 'utf16le');
    await writeFile(
      windows.taskFile,
      xml.replace('</ExecutionTimeLimit>\n    <Enabled>true', '</ExecutionTimeLimit>\n    <Enabled>false'),
      'utf16le',
    );
    expect(await state(block())).toBe('outdated');
    await writeFile(windows.taskFile, xml.replace('cmd.exe', 'calc.exe'), 'utf16le');
    expect(await state(block())).toBe('outdated');
    await writeFile(windows.taskFile, xml, 'utf16le');
    expect(await state(block())).toBe('installed');
    await writeFile(request, '{}');
    expect(await state(block())).toBe('outdated');
  });

  it('says why it could not be installed, removed or read', async () => {
    const { task, windows, state } = open();
    windows.instead.set('at-start', {
      kind: 'refused',
      stage: 'install',
      id: 'HRESULT 0x80070005,Register-ScheduledTask',
      left: [],
    });
    expect(fault(await task.install(block()))).toBe(
      'at-start-failed: What puts the block up at the start of the machine could not be installed: this account may not change the scheduled tasks of this machine.',
    );
    windows.instead.set('at-start', { kind: 'answered', value: { there: true, xml: '' } as never });
    expect(fault(await task.install(block()))).toContain('the task does not stand as it was given');
    windows.instead.clear();
    ok(await task.install(block()));
    windows.instead.set('at-start', { kind: 'unsure', cause: 'it hung' });
    expect(fault(await task.remove())).toContain('could not be removed: it hung.');
    windows.instead.clear();
    ok(await task.remove());
    const elsewhere = scheduledTask({
      clock,
      host: windows,
      registry: windows,
      systemRoot,
      request: folder,
      kept: folder,
    });
    expect((await elsewhere.read(block())).state).toBe('unknown');
    expect(await state(block())).toBe('not-installed');
  });
});

const programs = (request: string) => ({
  systemRoot,
  powerShell: {
    program: String.raw`C:\Windows\powershell.exe`,
    args: ['-File', String.raw`C:\Program Files\Mortise\cli\main\scripts\block.ps1`],
  },
  request,
});

describe('the text of a task', () => {
  it('hands the request over by the console, whatever its path is called', () => {
    for (const name of ['request.json', 'a & b <c>.json', 'Zoë 😀.json', "o'clock^.json"]) {
      const action = taskAction(programs(String.raw`C:\ProgramData\Mortise` + `\\${name}`));
      if (!action.ok) throw new Error(action.error.sentence);
      expect(action.value).toEqual({
        command: String.raw`C:\Windows\System32\cmd.exe`,
        arguments:
          String.raw`/d /s /c "C:\Windows\powershell.exe -File "C:\Program Files\Mortise\cli\main\scripts\block.ps1" < "C:\ProgramData\Mortise` +
          `\\${name}""`,
      });
      const xml = taskXml(action.value);
      expect(xml).toMatch(/^[\n\x20-\x7e]{1,8000}$/u);
      expect(does(xml, action.value)).toBe(true);
      expect(does(xml, { ...action.value, command: 'x' })).toBe(false);
    }
  });

  it.each([String.raw`C:\%TEMP%\x.json`, 'C:\\a"b.json', 'C:\\a\nb.json'])(
    'is refused for a path that the console would read as something else: %j',
    (path) => {
      expect(taskAction(programs(path)).ok).toBe(false);
    },
  );
});
