import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Login } from '#shared/snapshot.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { isPublishedDefault } from '#electron/secrets/known-defaults.ts';
import { loginsOf } from '#electron/site/logins-view.ts';
import { loginRow, now, profile, siteStatus } from './sample-status.ts';

const unreadable = failure('consumer-unreadable', { consumer: '/acs/service.config', cause: 'it is missing' });

/** A consumer that holds this password, or cannot be read. */
function consumer(password: string | undefined): Consumer {
  const reading =
    password === undefined
      ? failed(unreadable)
      : succeed({ login: 'acs_service', secret: new Secret(password), revision: '1' });
  return {
    id: 'acs-service-config',
    place: '/acs/service.config',
    login: 'acs_service',
    read: async () => await Promise.resolve(reading),
    preview: async () => await Promise.resolve(succeed('')),
    write: async () => await Promise.resolve(succeed()),
  };
}

interface Given {
  readonly held?: string | undefined;
  readonly consumers?: readonly Consumer[];
  readonly stored?: { readonly current: string | null; readonly pending?: string; readonly previous?: string };
  readonly locked?: boolean;
}

const secret = (text: string | null | undefined) => (text == null ? null : new Secret(text));

async function logins(rows: SiteStatus['logins'], given: Given = {}): Promise<readonly Login[]> {
  const store = new MemorySecretStore();
  if (given.stored !== undefined) {
    const { current, pending, previous } = given.stored;
    for (const login of ['acs_service', 'mortise_run'])
      await store.write(login, {
        version: 1,
        current: secret(current),
        pending: secret(pending),
        previous: secret(previous),
      });
  }
  store.locked = given.locked === true;
  const consumers = given.consumers ?? [consumer('held' in given ? given.held : 'N0t-a-default')];
  return await loginsOf(siteStatus({ logins: rows }), { profile, consumers, store, isPublishedDefault, now });
}

async function service(given: Given = {}, row: Parameters<typeof loginRow>[0] = {}): Promise<Login> {
  const [login] = await logins([loginRow(row)], given);
  return login ?? expect.fail('There is no login.');
}

const unknownBecause = (cause: Parameters<typeof unknown>[0]) => unknown(cause, now);

const published: readonly (readonly [string, Given, Login['publishedDefault']])[] = [
  ['the file holds one', { held: 'ChangeMe123' }, known(true, now)],
  ['the file holds another password', { held: 'N0t-a-default' }, known(false, now)],
  [
    'the file holds one, though the store does not',
    { held: 'ChangeMe123', stored: { current: 'other' } },
    known(true, now),
  ],
  [
    'the store holds one, though the file does not',
    { held: 'other', stored: { current: 'ChangeMe123' } },
    known(true, now),
  ],
  [
    'the store holds one and the file cannot be read',
    { held: undefined, stored: { current: 'ChangeMe123' } },
    known(true, now),
  ],
  ['the file cannot be read', { held: undefined }, unknownBecause(unreadable)],
  [
    'the file cannot be read, though the store holds another',
    { held: undefined, stored: { current: 'other' } },
    unknownBecause(unreadable),
  ],
  [
    'one of two files cannot be read',
    { consumers: [consumer('other'), consumer(undefined)] },
    unknownBecause(unreadable),
  ],
  [
    'there is no file and nothing is stored',
    { consumers: [] },
    unknownBecause(failure('secret-unknown', { login: 'acs_service' })),
  ],
  [
    'there is no file and the keychain is locked',
    { consumers: [], locked: true },
    unknownBecause(failure('keychain-locked')),
  ],
  ['it is only a former one', { stored: { current: 'other', previous: 'ChangeMe123' } }, known(false, now)],
];

describe('Whether a password is a published default', () => {
  it.each(published)('is told rightly when %s', async (_what, given, expected) => {
    expect((await service(given)).publishedDefault).toEqual(expected);
  });

  it('is unknown for logins that nothing here is known of', async () => {
    const [sa] = await logins([loginRow({ name: 'sa' })]);
    expect(sa?.publishedDefault).toEqual(unknownBecause(failure('secret-unknown', { login: 'sa' })));
  });

  it('carries no password into the view', async () => {
    const given = {
      held: 'S3cret-held',
      stored: { current: 'S3cret-now', pending: 'S3cret-next', previous: 'S3cret-was' },
    };
    expect(JSON.stringify(await service(given))).not.toContain('S3cret');
  });
});

describe('A login as shown', () => {
  it('has the role that the profile gives it', async () => {
    const rows = ['mortise_run', 'acs_service', 'sa', 'somebody'].map((name) => loginRow({ name }));
    expect((await logins(rows)).map(({ name, role }) => [name, role])).toEqual([
      ['mortise_run', 'run'],
      ['acs_service', 'service'],
      ['sa', 'administrator'],
      ['somebody', 'other'],
    ]);
  });

  it('names where its password is kept and which services use it', async () => {
    expect(await service()).toMatchObject({ consumers: ['/acs/service.config'], services: ['AcsService'] });
    const [other] = await logins([loginRow({ name: 'somebody' })]);
    expect(other).toMatchObject({ consumers: [], services: [] });
  });

  const rotatable: readonly (readonly [string, Parameters<typeof loginRow>[0], string | true])[] = [
    ['a service login', {}, true],
    ['Mortise’s own', { name: 'mortise_run' }, true],
    ['one without a consumer', { name: 'sa' }, 'The profile names no consumer that holds its password.'],
    ['a disabled one', { disabled: true }, 'The login is disabled.'],
    ['a locked one', { locked: true }, 'The login is locked out.'],
  ];
  it.each(rotatable)('can be rotated or not, with the reason: %s', async (_what, row, expected) => {
    const { rotatable: answer } = await service({}, row);
    expect(answer.possible || answer.why).toBe(expected);
  });

  it('can be put back only where a former password is kept and no rotation is open', async () => {
    expect((await service()).previousKept).toBe(false);
    expect((await service({ stored: { current: 'a' } })).previousKept).toBe(false);
    expect((await service({ stored: { current: 'a', previous: 'b' } })).previousKept).toBe(true);
    expect((await service({ stored: { current: 'a', pending: 'c', previous: 'b' } })).previousKept).toBe(false);
  });

  it('has the time of its password and its failed attempts only where the server tells them', async () => {
    expect(await service()).toMatchObject({ passwordSetAt: '2026-01-01T00:00:00.000Z', badPasswords: 0 });
    expect(await service({}, { passwordSetAt: null, badPasswords: null })).toMatchObject({
      passwordSetAt: null,
      badPasswords: null,
    });
  });
});
