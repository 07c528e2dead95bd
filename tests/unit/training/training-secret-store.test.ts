import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acsService, mortiseRun } from '#electron/training/practice-logins.ts';
import { Secret } from '#shared/secret.ts';
import { practiceSite } from './practice-site.ts';
import type { PracticeSite } from './practice-site.ts';

let practice: PracticeSite;
beforeAll(async () => {
  practice = await practiceSite();
});
afterAll(() => practice.end());
beforeEach(async () => {
  await practice.site.faults.set({ id: 'keychain-locked', on: false });
});

describe('the training keychain', () => {
  it("holds Mortise's own password at first, and not the service's", async () => {
    const own = await practice.site.secretStore.read(mortiseRun.login);
    expect(own.ok && own.value?.current?.reveal()).toBe(mortiseRun.password);
    expect(await practice.site.secretStore.read(acsService.login)).toEqual({ ok: true, value: undefined });
  });

  it('gives back what was written, slot by slot', async () => {
    const record = { version: 1, current: new Secret('one'), pending: new Secret('two'), previous: null } as const;
    expect(await practice.site.secretStore.write('somebody', record)).toEqual({ ok: true, value: undefined });
    const kept = await practice.site.secretStore.read('somebody');
    expect(kept.ok && kept.value?.current?.reveal()).toBe('one');
    expect(kept.ok && kept.value?.pending?.reveal()).toBe('two');
    expect(kept.ok && kept.value?.previous).toBeNull();
  });

  it('forgets what was removed', async () => {
    const record = { version: 1, current: new Secret('one'), pending: null, previous: null } as const;
    await practice.site.secretStore.write('somebody else', record);
    expect(await practice.site.secretStore.remove('somebody else')).toEqual({ ok: true, value: undefined });
    expect(await practice.site.secretStore.read('somebody else')).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['keychain-locked', 'keychain-locked'],
    ['keychain-gone', 'keychain-absent'],
  ] as const)('answers nothing while the fault %s is on', async (id, code) => {
    await practice.site.faults.set({ id, on: true });
    const locked = { ok: false, error: { code } };
    const record = { version: 1, current: new Secret('x'), pending: null, previous: null } as const;
    expect(await practice.site.secretStore.read(mortiseRun.login)).toMatchObject(locked);
    expect(await practice.site.secretStore.write(mortiseRun.login, record)).toMatchObject(locked);
    expect(await practice.site.secretStore.remove(mortiseRun.login)).toMatchObject(locked);
    await practice.site.faults.set({ id, on: false });
    const own = await practice.site.secretStore.read(mortiseRun.login);
    expect(own.ok && own.value?.current?.reveal()).toBe(mortiseRun.password);
  });
});
