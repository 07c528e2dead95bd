import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { ExportKit } from '#electron/operations/recovery-kit/export-kit.ts';
import { ImportKit } from '#electron/operations/recovery-kit/import-kit.ts';
import type { KitParts } from '#electron/operations/recovery-kit/kit-parts.ts';
import type { RotationRecord } from '#electron/operations/rotation/rotation-journal.ts';
import { quietRun } from '#electron/operations/run.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { recordOf, textsOf } from '#tests/unit/secrets/secret-store-contract.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { profile } from '#tests/unit/site/sample-status.ts';
import { FakeClock } from './fakes/fake-clock.ts';

const passphrase = 'three doors and a lake';

/** One account on one machine, with a file between it and others. */
class Account {
  readonly store = new MemorySecretStore();
  saved: { readonly suggestedName: string; readonly content: string } | undefined;
  file: { readonly path: string; readonly bytes: Uint8Array } | null = null;
  cancels = false;
  /** The password that the server takes. */
  inForce = 'new';
  attempts = 0;
  journal: readonly RotationRecord[] | undefined;
  readonly parts: KitParts;

  constructor(site: KitParts['profile'] = profile) {
    this.parts = {
      profile: site,
      store: this.store,
      actor: { account: 'SITE\\ines', machine: 'ACS-SRV-01', elevated: false },
      kitWorkFactor: 8,
      database: {
        tryLogin: async ({ secret }) => {
          await Promise.resolve();
          this.attempts += 1;
          return secret.reveal() === this.inForce
            ? succeed({ sessionId: 51 })
            : failed(failure('login-refused', { login: 'acs_service' }));
        },
      },
      rotationJournal: { read: async () => await Promise.resolve(succeed(this.journal)) },
      clock: new FakeClock(),
      saver: {
        save: async (document) => {
          await Promise.resolve();
          if (this.cancels) return succeed(null);
          this.saved = document;
          return succeed(`/usb/${document.suggestedName}`);
        },
      },
      chooser: { choose: async () => await Promise.resolve(succeed(this.file)) },
    };
  }

  async export(phrase = passphrase) {
    const draft = await new ExportKit(this.parts).plan({ passphrase: phrase });
    return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
  }

  async import(phrase = passphrase) {
    const kit = new ImportKit(this.parts);
    valueOf(await kit.choose());
    const draft = await kit.plan({ passphrase: phrase });
    return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
  }

  given(other: Account): this {
    this.file = { path: '/usb/kit.age', bytes: Buffer.from(other.saved?.content ?? '') };
    return this;
  }
}

async function exported(): Promise<Account> {
  const account = new Account();
  await account.store.write('acs_service', recordOf('new', null, 'old'));
  await account.store.write(profile.runLogin, recordOf('own'));
  valueOf(await account.export());
  return account;
}

describe('The passwords of a site', () => {
  it('reach another account by the kit, which asks before it is saved', async () => {
    const first = await exported();
    const draft = valueOf(await new ExportKit(first.parts).plan({ passphrase }));
    expect(draft.body.consent).toContain('Save every password');
    expect(JSON.stringify(draft.body)).not.toContain(passphrase);
    expect(first.saved?.suggestedName).toMatch(/^recovery-kit-[a-z0-9-]+\.age$/);
    const second = new Account().given(first);
    const outcome = valueOf(await second.import());
    expect(textsOf(await second.store.read('acs_service'))).toEqual(['new', null, 'old']);
    expect(textsOf(await second.store.read(profile.runLogin))).toEqual(['own', null, null]);
    expect(outcome.claims.every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(codeOf(await second.import())).toBe('already-so');
  });

  it('that the account keeps and that no longer work become the former ones', async () => {
    const second = new Account().given(await exported());
    await second.store.write('acs_service', recordOf('mine'));
    const kit = new ImportKit(second.parts);
    valueOf(await kit.choose());
    const { body } = valueOf(await kit.plan({ passphrase }));
    expect(body.warnings.join()).toContain('What this account keeps for acs_service is no longer in force');
    valueOf(await second.import());
    expect(textsOf(await second.store.read('acs_service'))).toEqual(['new', null, 'mine']);
  });

  it('that work are never replaced by those of an old kit, however often it is taken in', async () => {
    const second = new Account().given(await exported());
    second.inForce = 'newest';
    await second.store.write('acs_service', recordOf('newest', null, 'new'));
    await second.store.write(profile.runLogin, recordOf('own'));
    for (let times = 0; times < 3; times += 1) expect(codeOf(await second.import())).toBe('already-so');
    expect(textsOf(await second.store.read('acs_service'))).toEqual(['newest', null, 'new']);
  });

  it('are left as they are where neither the kept one nor that of the kit works', async () => {
    const second = new Account().given(await exported());
    second.inForce = 'set by the vendor';
    await second.store.write('acs_service', recordOf('mine', null, 'older'));
    await second.store.write(profile.runLogin, recordOf('own'));
    expect(codeOf(await second.import())).toBe('no-secret-works');
    expect(textsOf(await second.store.read('acs_service'))).toEqual(['mine', null, 'older']);
    expect(second.attempts).toBe(2);
  });

  it('are not taken in while a rotation is open: its pending one may be in force', async () => {
    const second = new Account().given(await exported());
    second.journal = [
      {
        kind: 'begun',
        at: '2026-11-21T20:00:00.000Z',
        login: 'acs_service',
        to: 'generated',
        by: 'login',
        partOf: null,
        dependants: [],
        passwordSetAt: null,
      },
    ];
    await second.store.write('acs_service', recordOf(null, 'pending'));
    expect(codeOf(await second.import())).toBe('not-allowed');
    expect(textsOf(await second.store.read('acs_service'))).toEqual([null, 'pending', null]);
  });

  it('stay where they are with a wrong passphrase, a damaged file, a kit of another site, and without a file', async () => {
    const first = await exported();
    const second = new Account().given(first);
    expect(codeOf(await second.import('three doors and a cake'))).toBe('kit-passphrase');
    second.file = { path: 'x', bytes: Buffer.from((first.saved?.content ?? '').slice(0, 300)) };
    expect(codeOf(await second.import())).toBe('kit-damaged');
    const elsewhere = new Account({
      ...profile,
      name: 'Elsewhere',
      endpoint: { ...profile.endpoint, host: 'OTHER' },
    }).given(first);
    expect(codeOf(await elsewhere.import())).toBe('kit-of-another-site');
    expect(await second.store.read('acs_service')).toEqual({ ok: true, value: undefined });
    second.file = null;
    expect(codeOf(await second.import())).toBe('not-allowed');
  });

  it('are not sealed with a weak passphrase, nor where none is kept, nor behind a dialog that was cancelled', async () => {
    const account = new Account();
    expect(codeOf(await account.export())).toBe('already-so');
    await account.store.write('acs_service', recordOf('new'));
    expect(codeOf(await account.export('short'))).toBe('passphrase-too-weak');
    account.cancels = true;
    expect(codeOf(await account.export())).toBe('cancelled');
    expect(account.saved).toBeUndefined();
  });
});
