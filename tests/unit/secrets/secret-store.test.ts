import { describe, expect, it } from 'vitest';
import type { KeychainCalls } from '#electron/secrets/keychain.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { longestRecordBytes } from '#electron/secrets/secret-record.ts';
import { codeOf, itIsASecretStore, recordOf, textsOf } from './secret-store-contract.ts';

/** A keychain like the operating system's, with the ways in which it fails. */
class FakeKeychain implements KeychainCalls {
  readonly entries = new Map<string, string>();
  /** hidden: locked without a prompt, as the Secret Service behaves then. silent: waits for a prompt nobody sees. */
  fault: 'none' | 'hidden' | 'silent' | 'forgetful' = 'none';
  calls = 0;

  async getPassword(service: string, account: string): Promise<string | null> {
    await this.#enter();
    return this.fault === 'hidden' ? null : (this.entries.get(`${service}/${account}`) ?? null);
  }

  async setPassword(service: string, account: string, text: string): Promise<void> {
    await this.#enter();
    if (this.fault === 'hidden') throw new Error('Cannot create an item in a locked collection');
    if (this.fault !== 'forgetful') this.entries.set(`${service}/${account}`, text);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    await this.#enter();
    return this.fault !== 'hidden' && this.entries.delete(`${service}/${account}`);
  }

  async #enter(): Promise<void> {
    this.calls += 1;
    await (this.fault === 'silent' ? new Promise(() => {}) : Promise.resolve());
  }
}

function storeOn(keychain: KeychainCalls, limitMilliseconds = 10_000) {
  return keytarSecretStore({ site: 'Head office', load: () => Promise.resolve(keychain), limitMilliseconds });
}

const startedAnew = () => Promise.reject(new Error('The name :1.0 was not provided by any .service files'));
const noLibrary = () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'));

describe('the store in memory', () => {
  itIsASecretStore(() => new MemorySecretStore());

  it('can be locked', async () => {
    const store = new MemorySecretStore();
    await store.write('one', recordOf('1'));
    store.locked = true;
    for (const result of [
      await store.read('one'),
      await store.write('one', recordOf('2')),
      await store.remove('one'),
    ]) {
      expect(codeOf(result)).toBe('keychain-locked');
    }
    store.locked = false;
    expect(textsOf(await store.read('one'))).toEqual(['1', null, null]);
  });

  it.each(['not json', '{}', '{"version":2,"current":null,"pending":null,"previous":null}'])(
    'calls the record %j damaged, not absent',
    async (text) => {
      const store = new MemorySecretStore();
      store.place('one', text);
      expect(codeOf(await store.read('one'))).toBe('secret-record-damaged');
    },
  );
});

describe('the store in the keychain', () => {
  itIsASecretStore(() => storeOn(new FakeKeychain()));

  it('keeps one entry a login under the name of the site', async () => {
    const keychain = new FakeKeychain();
    await storeOn(keychain).write('acs_service', recordOf('x'));
    expect([...keychain.entries.keys()]).toEqual(['Mortise Head office/acs_service']);
  });

  it('does not take a locked keychain that answers "no such entry" for an empty one', async () => {
    const keychain = new FakeKeychain();
    const store = storeOn(keychain);
    await store.write('one', recordOf('1'));
    keychain.fault = 'hidden';
    expect(codeOf(await store.read('one'))).toBe('keychain-locked');
    expect(codeOf(await store.remove('one'))).toBe('keychain-locked');
    expect(codeOf(await store.write('one', recordOf('2')))).toBe('keychain-locked');
    keychain.fault = 'none';
    expect(textsOf(await store.read('one'))).toEqual(['1', null, null]);
  });

  it('does not wait for a keychain that is silent, nor asks it again while it is', async () => {
    const keychain = new FakeKeychain();
    keychain.fault = 'silent';
    const store = storeOn(keychain, 20);
    expect(codeOf(await store.read('one'))).toBe('keychain-locked');
    expect(codeOf(await store.write('one', recordOf('1')))).toBe('keychain-locked');
    expect(keychain.calls).toBe(1);
  });

  it('goes on with a keychain that answers late', async () => {
    const keychain = new FakeKeychain();
    const answers: (() => void)[] = [];
    const late: KeychainCalls = {
      getPassword: (service, account) => keychain.getPassword(service, account),
      deletePassword: (service, account) => keychain.deletePassword(service, account),
      setPassword: async (service, account, text) => {
        await new Promise<void>((resolve) => answers.push(resolve));
        await keychain.setPassword(service, account, text);
      },
    };
    const store = storeOn(late, 20);
    expect(codeOf(await store.write('one', recordOf('1')))).toBe('keychain-locked');
    answers[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(textsOf(await store.read('one'))).toEqual(['1', null, null]);
  });

  it('says so when what it wrote is not what it reads', async () => {
    const keychain = new FakeKeychain();
    const store = storeOn(keychain);
    await store.write('one', recordOf('1'));
    keychain.fault = 'forgetful';
    expect(codeOf(await store.write('one', recordOf('2')))).toBe('secret-record-damaged');
  });

  it('calls an entry that it cannot read damaged, and leaves it', async () => {
    const keychain = new FakeKeychain();
    keychain.entries.set('Mortise Head office/one', 'something else');
    expect(codeOf(await storeOn(keychain).read('one'))).toBe('secret-record-damaged');
    expect(keychain.entries.get('Mortise Head office/one')).toBe('something else');
  });

  it('says why there is no keychain', async () => {
    const result = await keytarSecretStore({ site: 'x', load: noLibrary }).read('one');
    expect(codeOf(result)).toBe('keychain-absent');
    expect(result.ok ? '' : result.error.sentence).toContain('libsecret-1.so.0');
  });

  it.each([
    'Access is denied.',
    'org.freedesktop.DBus.Error.AccessDenied: Rejected send message',
    'User canceled the operation.',
  ])('says that the keychain refuses us: %s', async (words) => {
    const result = await keytarSecretStore({ site: 'x', load: () => Promise.reject(new Error(words)) }).read('one');
    expect(codeOf(result)).toBe('keychain-denied');
  });

  it('says that the keychain was started anew behind our back, which the library does not follow', async () => {
    const result = await keytarSecretStore({ site: 'x', load: startedAnew }).read('one');
    expect(codeOf(result)).toBe('keychain-restarted');
    expect(result.ok ? '' : result.error.next).toContain('Close Mortise and open it again');
  });

  it('counts the bytes of a record, not its characters', async () => {
    const keychain = new FakeKeychain();
    const overhead = JSON.stringify({ version: 1, current: null, pending: null, previous: null }).length;
    const space = longestRecordBytes - (overhead - 'null'.length + '""'.length);
    const fits = 'é'.repeat(Math.floor(space / 2)) + 'e'.repeat(space % 2);
    expect(codeOf(await storeOn(keychain).write('one', recordOf(fits)))).toBe('ok');
    expect(codeOf(await storeOn(keychain).write('one', recordOf(`${fits}e`)))).toBe('secret-too-long');
  });

  it('shows no secret, however a record is printed', async () => {
    const store = storeOn(new FakeKeychain());
    await store.write('one', recordOf('canary', 'canary', 'canary'));
    const record = await store.read('one');
    expect(JSON.stringify(record)).not.toContain('canary');
  });
});
