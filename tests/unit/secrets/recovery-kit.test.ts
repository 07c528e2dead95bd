import { describe, expect, it } from 'vitest';
import { armor, Encrypter } from 'age-encryption';
import { Secret } from '#shared/secret.ts';
import { judgePassphrase, looksLikeKit, openKit, sealKit } from '#electron/secrets/recovery-kit.ts';
import type { RecoveryKit } from '#electron/secrets/recovery-kit.ts';
import { codeOf, recordOf } from './secret-store-contract.ts';

const passphrase = new Secret('three doors and a säntis');
const kit: RecoveryKit = {
  site: { name: 'Head office', endpoint: 'ACS-SRV-01,1433' },
  madeAt: '2026-11-21T20:00:00.000Z',
  madeBy: 'SITE\\ines',
  logins: [
    { login: 'acs_service', record: recordOf('Kanarie "1" &ü€😀', 'pending', 'former') },
    { login: 'mortise_run', record: recordOf('other') },
  ],
};

const open = async (content: string | Uint8Array, phrase = passphrase) =>
  await openKit({ path: 'kit.age', bytes: Buffer.from(content) }, phrase);
const sealing = sealKit(kit, passphrase, 8);

/** Something else, sealed with the same passphrase. */
async function sealed(content: string): Promise<string> {
  const sealer = new Encrypter();
  sealer.setScryptWorkFactor(8);
  sealer.setPassphrase(passphrase.reveal());
  return armor.encode(await sealer.encrypt(content));
}

const faults = (text: string) => judgePassphrase(new Secret(text)).join(' ');

describe('A recovery kit', () => {
  it('gives back every password of every login, with who made it and when', async () => {
    const text = await sealing;
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    const opened = await open(text);
    expect(opened).toMatchObject({ ok: true, value: { site: kit.site, madeAt: kit.madeAt, madeBy: kit.madeBy } });
    const records = opened.ok ? opened.value.logins : [];
    expect(records.map(({ login, record }) => [login, record.current?.reveal(), record.pending?.reveal()])).toEqual([
      ['acs_service', 'Kanarie "1" &ü€😀', 'pending'],
      ['mortise_run', 'other', undefined],
    ]);
  });

  it('opens as bytes too, and with the line ends of another system', async () => {
    const text = await sealing;
    expect(codeOf(await open(text.replaceAll('\n', '\r\n')))).toBe('ok');
    const bytes = Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64');
    expect(looksLikeKit(bytes)).toBe(true);
    expect(codeOf(await open(bytes))).toBe('ok');
  });

  it('does not open with another passphrase', async () => {
    expect(codeOf(await open(await sealing, new Secret('three doors and a santis')))).toBe('kit-passphrase');
  });

  it('is said to be damaged wherever it was cut or altered', async () => {
    const text = await sealing;
    const lines = text.trimEnd().split('\n');
    const cut = [...lines.slice(0, -3), lines.at(-1)].join('\n');
    expect(codeOf(await open(cut))).toBe('kit-damaged');
    const bytes = Buffer.from(lines.slice(1, -1).join(''), 'base64');
    for (const at of [bytes.length - 1, bytes.length - 200]) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(codeOf(await open(altered)), `byte ${at}`).toBe('kit-damaged');
    }
  });

  it('is not taken for another file, nor another file for one', async () => {
    for (const content of ['', 'a text', '{"format":1}', '-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n'])
      expect(codeOf(await open(content)), content).toBe('kit-not-one');
    for (const content of ['not JSON', '[]', '{"some":"thing"}'])
      expect(codeOf(await open(await sealed(content))), content).toBe('kit-not-one');
  });

  it('of another version is refused with both numbers', async () => {
    const answer = await open(await sealed('{"format":7}'));
    expect(!answer.ok && answer.error.sentence).toContain('its format is 7, and this one reads 1');
  });

  it('with a part missing is damaged, not half taken', async () => {
    expect(codeOf(await open(await sealed('{"format":1,"logins":[]}')))).toBe('kit-damaged');
  });

  it('wants a passphrase that is worth it', () => {
    expect(faults('three doors and a säntis')).toBe('');
    expect(faults('short one')).toContain('fewer than 12 characters');
    expect(faults('aaaaaaaaaaaaaaaa')).toContain('different characters');
    expect(faults(' three doors and a lake')).toContain('white space');
    expect(faults('three doors\u0007and a lake')).toContain('control character');
  });
});
