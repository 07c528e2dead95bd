import { describe, expect, it } from 'vitest';
import type { KeychainCalls } from '#electron/secrets/keychain.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { longestRecordBytes } from '#electron/secrets/secret-record.ts';
import { codeOf, itIsASecretStore, recordOf, textsOf } from './secret-store-contract.ts';

/** A keychain like the operating system's, with the ways in which it fails. */
class FakeKeychain implements KeychainCalls {
  readonly entries = new Map<string, string>();
  /**
   * hidden: locked without a prompt, as the Secret Service behaves then. silent: waits for a prompt nobody sees.
   * unwritable: a policy of the bus forbids what a collection is asked, and libsecret reads that as "nothing there".
   */
  fault: 'none' | 'hidden' | 'silent' | 'forgetful' | 'unwritable' = 'none';
  calls = 0;

  async getPassword(service: string, account: string): Promise<string | null> {
    await this.#enter();
    return this.#hides ? null : (this.entries.get(`${service}/${account}`) ?? null);
  }

  async setPassword(service: string, account: string, text: string): Promise<void> {
    await this.#enter();
    if (this.fault === 'hidden') throw new Error('Cannot create an item in a locked collection');
    if (this.fault === 'unwritable') throw new Error('Rejected send message, 2 matched rules');
    if (this.fault !== 'forgetful') this.entries.set(`${service}/${account}`, text);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    await this.#enter();
    return !this.#hides && this.entries.delete(`${service}/${account}`);
  }

  get #hides(): boolean {
    return this.fault === 'hidden' || this.fault === 'unwritable';
  }

  async #enter(): Promise<void> {
    this.calls += 1;
    await (this.fault === 'silent' ? new Promise(() => {}) : Promise.resolve());
  }
}

function storeOn(keychain: KeychainCalls, limitMilliseconds = 10_000) {
  return keytarSecretStore({ site: 'Head office', load: () => Promise.resolve(keychain), limitMilliseconds });
}

/** A keychain that answers every call with these words. */
const saying = (words: string): KeychainCalls => {
  const refuse = () => Promise.reject(new Error(words));
  return { getPassword: refuse, setPassword: refuse, deletePassword: refuse };
};

/** What all three calls of a store answer on a keychain that says no. */
async function answersOf(words: string, platform: NodeJS.Platform) {
  const store = keytarSecretStore({ site: 'x', load: () => Promise.resolve(saying(words)), platform });
  return [await store.read('one'), await store.write('one', recordOf('1')), await store.remove('one')];
}

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

  it('says that the keychain was started anew behind our back, which the library does not follow', async () => {
    for (const result of await answersOf('The name :1.0 was not provided by any .service files', 'linux')) {
      expect(codeOf(result)).toBe('keychain-restarted');
      expect(result.ok ? '' : result.error.next).toContain('Close Mortise and open it again');
    }
  });

  it.each([
    ['linux', 'Could not connect: Permission denied', 'Could not connect: Permission denied.'],
    [
      'linux',
      'Rejected send message, 2 matched rules; type="method_call", sender=":1.2" (uid=0 pid=7 comm="node")',
      'Rejected send message, 2 matched rules.',
    ],
    [
      'linux',
      'An AppArmor policy prevents this sender from sending this message to this recipient; type="method_call"',
      'An AppArmor policy prevents this sender from sending this message to this recipient.',
    ],
    ['darwin', 'User canceled the operation.', 'User canceled the operation.'],
    ['win32', 'Access is denied.\r\n', 'Access is denied.'],
    [
      'win32',
      'Eine angegebene Anmeldesitzung ist nicht vorhanden.\r\n',
      'Eine angegebene Anmeldesitzung ist nicht vorhanden.',
    ],
    ['win32', '', 'it gave no reason.'],
  ] as const)('takes the words of %s %j for a refusal, and says them with a way out', async (platform, words, said) => {
    for (const result of await answersOf(words, platform)) {
      expect(codeOf(result)).toBe('keychain-denied');
      expect(result.ok ? '' : result.error.sentence).toBe(`The keychain of this account refuses Mortise: ${said}`);
      expect(result.ok ? '' : result.error.next).toContain(
        'start it at the desktop of the account whose keychain it is',
      );
    }
  });

  it('calls a library that does not load on Windows an absent keychain, not one that refuses', async () => {
    const result = await keytarSecretStore({ site: 'x', load: noLibrary, platform: 'win32' }).read('one');
    expect(codeOf(result)).toBe('keychain-absent');
  });

  it('does not take a keychain that lets nobody write for an empty one', async () => {
    const keychain = new FakeKeychain();
    const store = storeOn(keychain);
    await store.write('one', recordOf('1'));
    keychain.fault = 'unwritable';
    expect(codeOf(await store.read('one'))).toBe('keychain-denied');
    expect(codeOf(await store.remove('one'))).toBe('keychain-denied');
    keychain.fault = 'none';
    expect(textsOf(await store.read('one'))).toEqual(['1', null, null]);
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
