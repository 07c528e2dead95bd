import { describe, expect, it } from 'vitest';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { sealedPending } from '#electron/secrets/sealed-pending.ts';
import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';
import { codeOf, itIsASecretStore, recordOf, textsOf } from './secret-store-contract.ts';

const path = '/site/pending.sealed';

/** A keychain whose daemon answers from memory, and whose disk may be behind. */
class LosingStore extends MemorySecretStore {
  readonly #undo: (() => Promise<unknown>)[] = [];

  override async write(login: string, record: SecretRecord) {
    const before = await super.read(login);
    const written = await super.write(login, record);
    this.#undo.push(async () =>
      before.ok && before.value !== undefined ? await super.write(login, before.value) : await super.remove(login),
    );
    return written;
  }

  /** The last writes are gone, as after a power cut. */
  async lose(writes: number): Promise<void> {
    for (let left = writes; left > 0; left -= 1) await this.#undo.pop()?.();
  }
}

interface Ground {
  readonly inner: LosingStore;
  readonly port: MemoryFilePort;
  readonly store: SecretStore;
}

function ground(site = 'Head office'): Ground {
  const inner = new LosingStore();
  const port = new MemoryFilePort();
  return { inner, port, store: sealedPending({ store: inner, port, path, site }) };
}

describe('a store that seals what is pending', () => {
  itIsASecretStore(() => ground().store);

  it('still has the pending password when the keychain lost it, after a power cut that tore the disk', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { inner, port, store } = ground();
      await store.write('acs', recordOf('old', 'earlier', null));
      await store.write('acs', recordOf('old'));
      expect(codeOf(await store.write('acs', recordOf('old', 'new')))).toBe('ok');
      await inner.lose(1);
      port.crash({ keep: 'some', seed });
      expect(textsOf(await store.read('acs'))).toEqual(['old', 'new', null]);
    }
  });

  it('has it too when the keychain lost the whole record of a first rotation', async () => {
    const { inner, port, store } = ground();
    await store.write('another', recordOf('x', 'y'));
    await store.write('acs', recordOf('old', 'new'));
    await inner.lose(1);
    port.crash({ keep: 'nothing' });
    expect(textsOf(await store.read('acs'))).toEqual([null, 'new', null]);
  });

  it('has it when the keychain lost the commit and what came before it', async () => {
    const { inner, port, store } = ground();
    await store.write('acs', recordOf('older', 'old'));
    await store.write('acs', recordOf('old', null, 'older'));
    await store.write('acs', recordOf('old', 'new', 'older'));
    await store.write('acs', recordOf('new', null, 'old'));
    await inner.lose(2);
    port.crash({ keep: 'nothing' });
    expect(textsOf(await store.read('acs'))).toEqual(['old', 'new', 'older']);
  });

  it('shows no pending password once it is committed, restored or replaced', async () => {
    const { store } = ground();
    await store.write('acs', recordOf('old', 'new'));
    await store.write('acs', recordOf('new', null, 'old'));
    expect(textsOf(await store.read('acs'))).toEqual(['new', null, 'old']);
    await store.write('acs', recordOf('new', 'newest', 'old'));
    await store.write('acs', recordOf('new', null, 'old'));
    expect(textsOf(await store.read('acs'))).toEqual(['new', null, 'old']);
  });

  it('keeps sites and logins apart, and says nothing in the clear', async () => {
    const { inner, port, store } = ground();
    await store.write('acs', recordOf('old', 'new-in-the-clear'));
    await inner.write('other', recordOf('x'));
    expect(textsOf(await store.read('other'))).toEqual(['x', null, null]);
    await inner.lose(2);
    const elsewhere = sealedPending({ store: inner, port, path, site: 'Harbour office' });
    expect(textsOf(await elsewhere.read('acs'))).toBeUndefined();
    const file = await port.open(path, 'read');
    const bytes = Buffer.from(await file.read(0, await file.size()));
    expect(bytes.includes('acs')).toBe(true);
    expect(bytes.includes('new-in-the-clear')).toBe(false);
  });

  it('takes a damaged file, and one sealed under a key that is gone, for none', async () => {
    const { inner, port, store } = ground();
    await store.write('acs', recordOf('old', 'new'));
    await inner.write('acs', recordOf('old'));
    for (const login of [' Mortise: key of the sealed pending passwords ']) await inner.remove(login);
    expect(textsOf(await store.read('acs'))).toEqual(['old', null, null]);
    const file = await port.open(path);
    await file.write(20, Buffer.from('damage'));
    expect(textsOf(await store.read('acs'))).toEqual(['old', null, null]);
  });

  it('stages nothing that it could not seal: the keychain is not written where the disk is full', async () => {
    const { inner, port, store } = ground();
    await store.write('acs', recordOf('old'));
    port.limitSpace(0);
    expect(codeOf(await store.write('acs', recordOf('old', 'new')))).toBe('disk-full');
    expect(textsOf(await inner.read('acs'))).toEqual(['old', null, null]);
  });
});
