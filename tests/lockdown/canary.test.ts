import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#shared/client.ts';
import { Secret } from '#shared/secret.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { asAdministrator } from './as-administrator.ts';
import { encodings, filesBelow, findCanaries, haystack, ProcessWatch } from './canary-search.ts';
import type { Haystack } from './canary-search.ts';
import { change, lockdownInput, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';

/** Passwords with everything in them that an encoding changes: quotes, ampersands, blanks, signs. */
const canary = (number: number) => `Kanarie-${number} 'q' "w" <e>&amp;+%/Fjord${number}`;
const typed = canary(900);
const inBrokenFile = canary(901);
/** One that can stand where XML wants a name. */
const core = 'Kanarie901Fjord901';

/** Where passwords belong: the training site's keychain, its server's disk, and the service's own file. */
const home = new Set(['training/machine.json', 'training/server.json', 'training/AcsService.exe.config']);

/** Every answer of every call, and every push. */
function recorded(client: Client, heard: Haystack[]): Client {
  const wrap = (value: unknown, path: string): unknown => {
    if (typeof value === 'function')
      return async (...given: unknown[]) => {
        const answer: unknown = await (value as (...all: unknown[]) => unknown)(...given);
        heard.push(haystack(`answer of ${path}`, answer));
        return answer;
      };
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wrap(inner, `${path}.${name}`)]));
  };
  client.on('snapshot', (value) => heard.push(haystack('push snapshot', value)));
  client.on('progress', (value) => heard.push(haystack('push progress', value)));
  const { on, ...areas } = client;
  return { ...(wrap(areas, 'client') as Omit<Client, 'on'>), on };
}

describe('A password stands where it belongs and nowhere else', () => {
  let stateFolder = '';
  let mortise: OpenMortise;
  let client: Client;
  let watch: ProcessWatch;
  const heard: Haystack[] = [];
  const generated: string[] = [];
  const saved: Haystack[] = [];

  beforeEach(async () => {
    heard.length = generated.length = saved.length = 0;
    stateFolder = await newStateFolder();
    watch = new ProcessWatch();
    mortise = await openMortise({
      stateFolder,
      generatePassword: () => {
        generated.push(canary(generated.length + 1));
        return new Secret(generated.at(-1) ?? '');
      },
      saver: {
        save: async ({ suggestedName, content }) => {
          saved.push(haystack(`document ${suggestedName}`, content));
          return await Promise.resolve({ ok: true, value: suggestedName });
        },
      },
    });
    client = recorded(mortise.client, heard);
  });
  afterEach(async () => {
    watch.end();
    await mortise.close();
    await removeStateFolder(stateFolder);
  });

  const fault = async (id: string, on: boolean) => await change(client.training.fault, { fault: id, on });
  const passwords = () => [...generated, typed, inBrokenFile, ...practiceLogins.map(({ password }) => password)];

  /** Everything written, sent, logged, listed and saved. */
  function everywhere(): Haystack[] {
    const files = filesBelow(stateFolder).filter(({ where }) => !home.has(where));
    expect(files.map(({ where }) => where)).toEqual(expect.arrayContaining(['trail.log', 'training/site.log']));
    const listed = watch.end();
    expect(listed.some(({ bytes }) => Buffer.from(bytes).includes(stateFolder))).toBe(true);
    const { log, asked } = mortise;
    return [...files, ...heard, ...saved, ...listed, haystack('log', log), haystack('questions', asked)];
  }

  async function saveSummaries(): Promise<void> {
    for (const format of ['html', 'json'] as const) valueOf(await client.lockdown.saveSummary({ format }));
    expect(saved.length).toBeGreaterThanOrEqual(2);
  }

  it('on good days: locked down, rotated again, put back and taken back', async () => {
    valueOf(await change(client.lockdown.run, lockdownInput));
    await saveSummaries();
    valueOf(await change(client.rotation.rotate, { login: 'acs_service' }));
    valueOf(await change(client.rotation.restore, { login: 'acs_service' }));
    valueOf(await client.secureMode.probe({}));
    valueOf(await change(client.lockdown.undo, { setup: null }));
    valueOf(await client.trail.verify({}));
    valueOf(await client.trail.recent({ most: 1000 }));
    await saveSummaries();
    expect(generated).toHaveLength(2);
    expect(findCanaries(passwords(), everywhere())).toEqual([]);
    // The passwords were really in use, and the search finds them where they belong.
    const atHome = findCanaries(generated, filesBelow(stateFolder));
    expect(atHome.some((found) => found.startsWith('training/machine.json: '))).toBe(true);
  }, 120_000);

  it('on bad days: every fault while rotating, locking down and taking back', async () => {
    for (const id of ['login-refused', 'must-change', 'no-right', 'keychain-locked', 'firewall-fails']) {
      valueOf(await fault(id, true));
      await change(client.rotation.rotate, { login: 'acs_service' });
      await change(client.lockdown.run, lockdownInput);
      await client.site.refresh({});
      valueOf(await fault(id, false));
      await change(client.lockdown.undo, { setup: null });
    }
    for (const id of ['deadlock', 'session-killed', 'drop-before', 'drop-after']) {
      valueOf(await fault(id, true));
      const done = await change(client.rotation.rotate, { login: 'acs_service' });
      if (!done.ok) await change(client.rotation.rotate, { login: 'acs_service' });
      await fault(id, false);
    }
    valueOf(await fault('service-does-not-start', true));
    expect((await change(client.lockdown.run, lockdownInput)).ok).toBe(false);
    await saveSummaries();
    valueOf(await fault('service-does-not-start', false));
    valueOf(await change(client.lockdown.resume, { setup: null }));
    await saveSummaries();
    expect(generated.length).toBeGreaterThan(4);
    expect(findCanaries(passwords(), everywhere())).toEqual([]);
  }, 240_000);

  it('in every other way to change a password: typed, reset, brought into line, many at once', async () => {
    const own = { login: 'acs_reports', from: 'Practice-Reports-2026', to: canary(902) };
    const outside = canary(903);
    await change(client.rotation.adopt, { login: 'acs_service', password: typed });
    await change(client.rotation.reset, { login: 'acs_service', setup: { login: 'nobody', password: typed } });
    valueOf(await change(client.rotation.tryDefaults, { login: 'acs_service' }));
    valueOf(await change(client.rotation.rotateMany, { logins: ['acs_service', 'mortise_run'] }));
    await asAdministrator(stateFolder, `ALTER LOGIN acs_service WITH PASSWORD = N'${outside.replaceAll("'", "''")}';`);
    valueOf(await client.rotation.verify({ login: 'acs_service' }));
    await change(client.rotation.reconcile, { login: 'acs_service' });
    valueOf(await change(client.rotation.adopt, { login: 'acs_service', password: outside }));
    valueOf(await change(client.rotation.reconcile, { login: 'acs_service' }));
    valueOf(await change(client.rotation.reset, { login: 'acs_service', setup: null }));
    await change(client.rotation.changeOwn, { ...own, from: typed });
    await change(client.rotation.changeOwn, { ...own, to: 'x' });
    valueOf(await change(client.rotation.changeOwn, own));
    valueOf(await client.rotation.verify({ login: 'acs_service' }));
    expect(generated).toHaveLength(3);
    expect(findCanaries([...passwords(), own.to, outside], everywhere())).toEqual([]);
  }, 120_000);

  it('in a file that cannot be read, and in what a person typed', async () => {
    const config = join(stateFolder, 'training', 'AcsService.exe.config');
    const whole = await readFile(config, 'utf8');
    const quoted = inBrokenFile.replaceAll('"', '""');
    for (const broken of [
      inBrokenFile,
      quoted,
      `"${quoted}`,
      `a" ${core}="x" ${core}="y`,
      `a" ${core}:b="x`,
      `"/></${core}><x y="`,
      `"/><${core}><x y="`,
      `&${core};`,
      `${core};Password=${core}`,
      `${core};${core}`,
      `x';${core}=1`,
      core,
    ]) {
      await writeFile(config, whole.replace('ChangeMe123', broken));
      await client.site.refresh({});
      await change(client.rotation.rotate, { login: 'acs_service' });
    }
    await writeFile(config, whole);
    const setup = { login: 'nobody', password: typed };
    expect((await change(client.site.prepare, { setup })).ok).toBe(false);
    await client.site.prepare.plan({ setup: { ...setup, login: '' } });
    await client.site.prepare.plan({ setup: { ...setup, password: typed.repeat(9) } });
    await client.site.prepare.plan({ setup: { ...setup, [typed]: typed } });
    await change(client.lockdown.run, { ...lockdownInput, setup });
    // Parts of a password that a parser stumbled over tell most of it.
    expect(findCanaries([...passwords(), core, 'Kanarie-901', 'Fjord901'], everywhere())).toEqual([]);
  }, 120_000);

  it('is a search that finds every planted one: in every encoding, in a file, an answer, a log line, a process', async () => {
    const password = canary(7);
    for (const [way, bytes] of encodings(password)) {
      const around = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')]);
      expect([way, findCanaries([password], [{ where: 'here', bytes: around }])[0]]).toEqual([
        way,
        expect.stringContaining('here: '),
      ]);
    }
    for (const before of ['', 'a', 'ab', 'abc'])
      for (const encoding of ['utf8', 'utf16le'] as const)
        expect(
          findCanaries([password], [haystack('x', Buffer.from(before + password, encoding).toString('base64'))]),
        ).not.toEqual([]);
    expect(findCanaries([password], [haystack('x', canary(8))])).toEqual([]);

    await writeFile(join(stateFolder, 'left.over'), `<add p="${password.replaceAll('&', '&amp;')}"`);
    await writeFile(join(stateFolder, 'left.over.too'), JSON.stringify({ deep: [password] }));
    const child = spawn('/bin/sleep', ['30'], { env: { CANARY: password }, stdio: 'ignore' });
    await once(child, 'spawn');
    const talkative = spawn('/bin/sh', ['-c', 'sleep 30; :', password], { stdio: 'ignore' });
    await once(talkative, 'spawn');
    watch.look();
    heard.push(haystack('answer of a call', { ok: false, error: { sentence: password } }));
    const found = findCanaries([password], everywhere());
    child.kill();
    talkative.kill();
    expect(found.map((each) => each.replace(/\d+: .*|: .*/, ''))).toEqual(
      expect.arrayContaining(['left.over.too', 'environ of process ', 'cmdline of process ', 'answer of a call']),
    );
  });
});
