import { expect, it } from 'vitest';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

const secret = (text: string | null) => (text === null ? null : new Secret(text));

export function recordOf(
  current: string | null,
  pending: string | null = null,
  previous: string | null = null,
): SecretRecord {
  return { version: 1, current: secret(current), pending: secret(pending), previous: secret(previous) };
}

/** What a record holds, to compare with. */
export function textsOf(result: Result<SecretRecord | undefined>): unknown {
  if (!result.ok) return result.error.code;
  const { value } = result;
  return value && [value.current, value.pending, value.previous].map((secret) => secret?.reveal() ?? null);
}

/** What every secret store promises. */
export function itIsASecretStore(open: () => SecretStore): void {
  it('has no record of a login that it was not given one for', async () => {
    expect(await open().read('nobody')).toEqual({ ok: true, value: undefined });
  });

  it('gives back the whole record that was written last', async () => {
    const store = open();
    expect(codeOf(await store.write('acs_service', recordOf('old')))).toBe('ok');
    expect(codeOf(await store.write('acs_service', recordOf('old', 'new', 'older')))).toBe('ok');
    expect(textsOf(await store.read('acs_service'))).toEqual(['old', 'new', 'older']);
  });

  it.each([
    'plain',
    `a"b'c;d=e<f>&{g}\\`,
    'päßwörd €',
    '😀 or two 😀',
    ' with blanks ',
    'line\nbreak',
    'NUL \0 inside',
    'half \ud83d',
    '',
  ])('keeps %j as it is', async (text) => {
    const store = open();
    expect(codeOf(await store.write('acs_service', recordOf(text)))).toBe('ok');
    expect(textsOf(await store.read('acs_service'))).toEqual([text, null, null]);
  });

  it('keeps the records of two logins apart', async () => {
    const store = open();
    await store.write('one', recordOf('1'));
    await store.write(String.raw`two\näme`, recordOf('2'));
    expect(textsOf(await store.read('one'))).toEqual(['1', null, null]);
    expect(textsOf(await store.read(String.raw`two\näme`))).toEqual(['2', null, null]);
  });

  it.each([
    ['acs', 'ACS'],
    ['a', 'a\0b'],
    ['\ud83d', '\ud83e'],
  ])('keeps the records of logins apart that a keychain may take for one: %j and %j', async (one, other) => {
    const store = open();
    await store.write(one, recordOf('1'));
    await store.write(other, recordOf('2'));
    expect(textsOf(await store.read(one))).toEqual(['1', null, null]);
  });

  it('removes a record, and does not mind one that is not there', async () => {
    const store = open();
    await store.write('one', recordOf('1'));
    expect(codeOf(await store.remove('one'))).toBe('ok');
    expect(codeOf(await store.remove('one'))).toBe('ok');
    expect(await store.read('one')).toEqual({ ok: true, value: undefined });
  });

  it('takes three passwords of 128 characters, and refuses what no keychain entry of Windows holds', async () => {
    const store = open();
    const long = 'x'.repeat(128);
    expect(codeOf(await store.write('one', recordOf(long, long, long)))).toBe('ok');
    expect(codeOf(await store.write('one', recordOf('€'.repeat(900))))).toBe('secret-too-long');
    expect(textsOf(await store.read('one'))).toEqual([long, long, long]);
  });
}
