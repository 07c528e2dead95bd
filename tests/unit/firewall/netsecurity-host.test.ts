import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asciiJson, WindowsPowerShell } from '#electron/firewall/netsecurity/powershell-host.ts';
import type { PowerShellAnswer } from '#electron/firewall/netsecurity/powershell-host.ts';
import { scriptPath } from '#electron/firewall/netsecurity/scripts.ts';

/** What begins every stand-in: it has read its request, and can answer. */
const prelude = `
import { readFileSync } from 'node:fs';
const request = JSON.parse(readFileSync(0, 'utf8'));
const args = process.argv.slice(2);
const say = (text) => process.stdout.write(text + '\\r\\n');
const line = (value, nonce = request.nonce) => 'MORTISE-ANSWER ' + JSON.stringify({ nonce, ok: true, value });
`;

const answerSchema = z.strictObject({ added: z.array(z.string()) });

let folder = '';
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-powershell-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the script `block` in a shell that does as told: a real process. */
async function answerOf(body: string, limit = 20_000): Promise<PowerShellAnswer<z.infer<typeof answerSchema>>> {
  made += 1;
  const file = join(folder, `shell-${made}.mjs`);
  await writeFile(file, `${prelude}\n${body}\n`);
  const host = new WindowsPowerShell({ systemRoot: folder, limit, program: [process.execPath, file] });
  return await host.run('block', { rules: [], who: 'Zoë 😀' }, answerSchema);
}

const unsure = (cause: string) => ({ kind: 'unsure', cause });

describe('the host of Windows PowerShell', () => {
  it('takes the one whole answer that echoes its request', async () => {
    expect(await answerOf("say(line({ added: ['x'] }))")).toEqual({ kind: 'answered', value: { added: ['x'] } });
  });

  it('sends its request in ASCII, and it arrives as it was', async () => {
    const body = 'say(line({ added: [...request.who].map((each) => each.codePointAt(0).toString(16)) }))';
    const points = ['5a', '6f', 'eb', '20', '1f600'];
    expect(await answerOf(body)).toEqual({ kind: 'answered', value: { added: points } });
    expect(asciiJson({ who: 'Zoë 😀' })).toBe(String.raw`{"who":"Zo\u00eb \ud83d\ude00"}`);
  });

  it('runs the script from its file, without profile and without asking', async () => {
    const answer = await answerOf('say(line({ added: args }))');
    expect(answer).toEqual({
      kind: 'answered',
      value: {
        added: [
          '-NoLogo',
          '-NoProfile',
          '-NonInteractive',
          '-InputFormat',
          'Text',
          '-OutputFormat',
          'Text',
          '-File',
          scriptPath('block'),
        ],
      },
    });
  });

  it('gives it no environment but that of Windows itself', async () => {
    const answer = await answerOf(
      "say(line({ added: Object.keys(process.env).filter((name) => !name.startsWith('__')).sort() }))",
    );
    const allowed = ['LC_ALL', 'PSModulePath', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'windir'];
    expect(answer.kind === 'answered' && answer.value.added.every((name) => allowed.includes(name))).toBe(true);
  });

  it('takes noise before and behind the answer as what it is', async () => {
    const noise = `say('WARNING: MORTISE-ANSWER soon'); say('');`;
    expect(await answerOf(`${noise} say(line({ added: [] })); say('Bye'); process.stderr.write('err');`)).toEqual({
      kind: 'answered',
      value: { added: [] },
    });
  });

  it('takes an answer before a bad exit code as the answer', async () => {
    expect(await answerOf('say(line({ added: [] })); process.exitCode = 1;')).toMatchObject({ kind: 'answered' });
  });

  it('does not take the code 0 for an answer', async () => {
    expect(await answerOf('')).toEqual(unsure('Windows PowerShell ended (0) without an answer'));
  });

  it('does not take a wrong nonce, two answers, a cut one, one in another code page or none of the agreed form', async () => {
    const bodies = [
      "say(line({ added: [] }, 'another'))",
      'say(line({ added: [] })); say(line({ added: [] }))',
      'say(line({ added: [] }).slice(0, -3))',
      "say(line({ added: 'x' }))",
      'say(line({ added: [], more: 1 }))',
      'say(line([]))',
      "say(line({ added: ['Zoë'] }))",
    ];
    expect(await Promise.all(bodies.map(async (body) => await answerOf(body)))).toEqual([
      unsure('Windows PowerShell answered another request'),
      unsure('Windows PowerShell gave more than one answer'),
      unsure('the answer of Windows PowerShell is cut short or garbled'),
      unsure('the answer of Windows PowerShell is not as it was agreed'),
      unsure('the answer of Windows PowerShell is not as it was agreed'),
      unsure('the answer of Windows PowerShell is not as it was agreed'),
      unsure('the answer of Windows PowerShell is cut short or garbled'),
    ]);
  });

  it('does not take an array where a text was agreed', async () => {
    const refused = "{ nonce: request.nonce, ok: false, stage: ['add'], id: 'x', left: [] }";
    const body = `say('MORTISE-ANSWER ' + JSON.stringify(${refused}))`;
    expect(await answerOf(body)).toEqual(unsure('the answer of Windows PowerShell is not as it was agreed'));
  });

  it('says what the script itself says of its failure', async () => {
    const refused =
      "{ nonce: request.nonce, ok: false, stage: 'add', id: 'Windows System Error 5,New-NetFirewallRule', left: ['x'] }";
    expect(await answerOf(`say('MORTISE-ANSWER ' + JSON.stringify(${refused}))`)).toEqual({
      kind: 'refused',
      stage: 'add',
      id: 'Windows System Error 5,New-NetFirewallRule',
      left: ['x'],
    });
  });

  it('knows nothing of a shell that is killed, even behind its answer', async () => {
    const body = "say(line({ added: [] })); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);";
    expect(await answerOf(body)).toEqual(unsure('Windows PowerShell was ended from outside'));
  });

  it('ends a shell that hangs, and what it was asked is then not known', async () => {
    const body = 'say(line({ added: [] })); setInterval(() => undefined, 1000);';
    expect(await answerOf(body, 1000)).toEqual(unsure('Windows PowerShell did not answer within 1 s'));
  });

  it('ends a shell that writes without end', async () => {
    const body = "const all = 'x'.repeat(1 << 20); const on = () => process.stdout.write(all, on); on();";
    expect(await answerOf(body)).toEqual(unsure('Windows PowerShell answered more than can be true'));
  });

  it('gives the text itself where policy forbids scripts that are files', async () => {
    const body = `
      if (args.includes('-File')) {
        process.stderr.write('+ CategoryInfo : SecurityError\\r\\n    + FullyQualifiedErrorId : UnauthorizedAccess\\r\\n');
        process.exitCode = 1;
      } else {
        const text = Buffer.from(args.at(-1), 'base64').toString('utf16le');
        say(line({ added: [args.at(-2), text.split('\\n')[0]] }));
      }`;
    expect(await answerOf(body)).toEqual({
      kind: 'answered',
      value: {
        added: [
          '-EncodedCommand',
          '# Mortise: adds the rules of one version of its block to Windows Firewall. Where they stand as wanted, nothing is done.',
        ],
      },
    });
  });

  it('says in one sentence that policy forbids all of it', async () => {
    const body = "process.stderr.write('FullyQualifiedErrorId : UnauthorizedAccess'); process.exitCode = 1;";
    expect(await answerOf(body)).toEqual({
      kind: 'not-run',
      cause: 'a policy of this machine forbids the scripts of Windows PowerShell',
    });
  });

  it('says that Windows PowerShell is not there, or may not be started', async () => {
    const absent = new WindowsPowerShell({ systemRoot: folder, program: [join(folder, 'absent.exe')] });
    expect(await absent.run('read', {}, answerSchema)).toEqual({
      kind: 'not-run',
      cause: 'Windows PowerShell is not on this machine',
    });
    const forbidden = join(folder, 'forbidden.exe');
    await writeFile(forbidden, '', { mode: 0o600 });
    const closed = new WindowsPowerShell({ systemRoot: folder, program: [forbidden] });
    expect(await closed.run('read', {}, answerSchema)).toEqual({
      kind: 'not-run',
      cause: 'Windows does not let Windows PowerShell start (EACCES); a policy of this machine may forbid it',
    });
  });

  it('is started from the folder of Windows, and its scripts lie outside the archive of the window', () => {
    const host = new WindowsPowerShell({ systemRoot: String.raw`D:\Windows` });
    expect(host.command('read').program).toBe(String.raw`D:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`);
    expect(scriptPath('read', '/opt/Mortise/resources/app.asar/out/main')).toBe(
      '/opt/Mortise/cli/main/scripts/read.ps1',
    );
    expect(scriptPath('read', '/opt/Mortise/cli/main')).toBe('/opt/Mortise/cli/main/scripts/read.ps1');
  });
});
