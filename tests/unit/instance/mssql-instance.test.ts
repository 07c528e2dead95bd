import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keptSettingsSchema, MssqlInstance } from '#electron/instance/linux/mssql-instance.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { keptJson } from '#electron/machine/kept-json.ts';
import { sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { valueIn, whyUnknown } from '#tests/unit/listeners/reading-of.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function instanceWith(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-instance-'));
  folders.push(folder);
  await chmod(folder, 0o700);
  const settings = join(folder, 'mssql.conf');
  await writeFile(settings, text, { mode: 0o660 });
  const kept = keptJson(join(folder, 'instance-settings.json'), keptSettingsSchema);
  return {
    settings,
    instance: new MssqlInstance({ settings, kept, clock: systemClock }),
    text: async () => await readFile(settings, 'utf8'),
    put: async (next: string) => await writeFile(settings, next),
  };
}

const setUp = '[sqlagent]\r\nenabled = false\r\n\r\n# the network\r\n[network]\r\ntcpport = 1450\r\n; end\r\n';

describe('The settings of SQL Server on Linux', () => {
  it('bind it to this machine with one line, and come back byte for byte', async () => {
    const { instance, text, settings } = await instanceWith(setUp);
    const { ino, mode } = await stat(settings);
    expect(valueIn(await instance.read())).toBe('everywhere');
    valueOf(await instance.write('this-machine'));
    expect(await text()).toBe(setUp.replace('[network]\r\n', '[network]\r\nipaddress = 127.0.0.1\r\n'));
    expect(valueIn(await instance.read())).toBe('this-machine');
    expect(await stat(settings)).toMatchObject({ ino, mode });
    valueOf(await instance.write('everywhere'));
    expect(await text()).toBe(setUp);
  });

  it('get a section of their own where there is none', async () => {
    const { instance, text } = await instanceWith('[EULA]\naccepteula = Y');
    valueOf(await instance.write('this-machine'));
    expect(await text()).toBe('[EULA]\naccepteula = Y\n[network]\nipaddress = 127.0.0.1\n');
    valueOf(await instance.write('everywhere'));
    expect(await text()).toBe('[EULA]\naccepteula = Y');
  });

  it('keep what stood there before the first change, however often they are written', async () => {
    const former = '[network]\nipaddress = 192.168.1.5\n';
    const { instance, text } = await instanceWith(former);
    valueOf(await instance.write('this-machine'));
    valueOf(await instance.write('this-machine'));
    expect(await text()).toBe('[network]\nipaddress = 127.0.0.1\n');
    valueOf(await instance.write('everywhere'));
    expect(await text()).toBe(former);
  });

  it('lose only their own line where somebody changed the file since', async () => {
    const { instance, text, put } = await instanceWith(setUp);
    valueOf(await instance.write('this-machine'));
    await put((await text()).replace('1450', '1460'));
    valueOf(await instance.write('everywhere'));
    expect(await text()).toBe(setUp.replace('1450', '1460'));
  });

  it('lose the line that a person wrote, where nothing was kept', async () => {
    const { instance, text } = await instanceWith('[network]\nipaddress = 127.0.0.1\ntcpport = 1433\n');
    valueOf(await instance.write('everywhere'));
    expect(await text()).toBe('[network]\ntcpport = 1433\n');
  });

  it('are shown as they stand and as they would stand, and nothing where they are so', async () => {
    const { instance, settings, text } = await instanceWith(setUp);
    expect(valueOf(await instance.describe('this-machine'))).toEqual([
      { kind: 'file', path: settings, diff: '-[network] without ipaddress\n+[network] ipaddress = 127.0.0.1\n' },
    ]);
    expect(valueOf(await instance.describe('everywhere'))).toEqual([]);
    expect(await text()).toBe(setUp);
  });

  it('are refused, and left, where it is not plain what they say', async () => {
    const twice = '[network]\nipaddress = 10.0.0.1\nipaddress = 10.0.0.2\n';
    const { instance, text } = await instanceWith(twice);
    expect(whyUnknown(await instance.read())).toContain('twice');
    expect(sentenceOf(await instance.write('this-machine'))).toContain('twice');
    expect(await text()).toBe(twice);
  });

  it('cannot switch TCP off, and are unknown where they are not there', async () => {
    const { instance, settings } = await instanceWith(setUp);
    expect(sentenceOf(await instance.write('tcp-off'))).toContain('cannot switch TCP off');
    await rm(settings);
    expect(whyUnknown(await instance.read())).toContain('does not exist');
    expect(sentenceOf(await instance.write('this-machine'))).toContain('does not exist');
  });
});
