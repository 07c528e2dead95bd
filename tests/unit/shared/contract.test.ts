import { describe, expect, it } from 'vitest';
import { changeNames } from '#shared/change-names.ts';
import { changeText } from '#shared/change-text.ts';
import { createClient } from '#shared/client.ts';
import { applyInput, changeNamesAreComplete, contract } from '#shared/contract.ts';
import type { ChangeCall, QueryCall } from '#shared/contract.ts';
import { plannedChangeSchema } from '#shared/plan.ts';
import type { PlannedChange } from '#shared/plan.ts';
import { permissionSchema, snapshotSchema } from '#shared/snapshot.ts';

const calls = Object.entries(contract).flatMap(([area, group]) =>
  Object.entries(group).map(([name, call]) => [`${area}.${name}`, call as QueryCall | ChangeCall] as const),
);

describe('The contract', () => {
  it('names every changing call once, and nothing else as one', () => {
    const changing = calls.filter(([, call]) => call.kind === 'change').map(([name]) => name);
    expect(changing.toSorted()).toEqual([...changeNames].toSorted());
    expect(new Set(changeNames).size).toBe(changeNames.length);
    expect(changeNamesAreComplete).toBe(true);
  });

  it('demands a permission for every changing call in a snapshot', () => {
    const permissions = Object.fromEntries(changeNames.map((name) => [name, { allowed: true }]));
    const { permissions: schema } = snapshotSchema.shape;
    expect(schema.safeParse(permissions).success).toBe(true);
    for (const name of changeNames) {
      const { [name]: _left, ...others } = permissions;
      expect(schema.safeParse(others).success, name).toBe(false);
    }
    expect(permissionSchema.safeParse({ allowed: false }).success).toBe(false);
  });

  it('takes nothing but the id of a plan to apply one', () => {
    expect(applyInput.safeParse({ planId: 'a' }).success).toBe(true);
    expect(applyInput.safeParse({ planId: 'a', force: true }).success).toBe(false);
    expect(applyInput.safeParse({ planId: '' }).success).toBe(false);
  });

  it.each(calls)('refuses keys that %s does not know', (_name, call) => {
    const parsed = call.input.safeParse({ 'no such key': 1 });
    expect(parsed.success).toBe(false);
  });

  it('takes a reason of 3 to 400 characters without NUL', () => {
    const { input } = contract.commissioning.off;
    const fits = (reason: string) => input.safeParse({ reason }).success;
    for (const reason of ['why', 'two\nlines', 'x'.repeat(400), "O'Brien; DROP"])
      expect(fits(reason), reason).toBe(true);
    for (const reason of ['', 'no', '   a   ', 'x'.repeat(401), 'a\0b']) expect(fits(reason), reason).toBe(false);
  });

  it('gives a client with both halves of every change, and cancel only where it is offered', async () => {
    const asked: string[] = [];
    const client = createClient({
      call: async (channel) => {
        asked.push(channel);
        return await Promise.resolve({ ok: true, value: null });
      },
      on: () => () => undefined,
    }) as unknown as Record<string, Record<string, Record<string, (input: unknown) => Promise<unknown>>>>;
    for (const [name, call] of calls) {
      if (call.kind !== 'change') continue;
      const [area = '', short = ''] = name.split('.');
      const halves = client[area]?.[short] ?? {};
      expect(Object.keys(halves), name).toEqual(call.cancellable ? ['plan', 'apply', 'cancel'] : ['plan', 'apply']);
      for (const half of Object.values(halves)) await half({});
      expect(asked.splice(0), name).toEqual(Object.keys(halves).map((half) => `${name}.${half}`));
    }
  });
});

const changes: readonly (readonly [PlannedChange, string])[] = [
  [{ kind: 'tsql', where: 'Acs', as: 'sa', text: 'SELECT 1;' }, '-- in Acs, as sa\nSELECT 1;'],
  [{ kind: 'file', path: '/a/b.config', diff: '-old\n+new' }, '/a/b.config\n-old\n+new'],
  [{ kind: 'firewall', action: 'add', rule: 'drop TCP 1433' }, 'firewall: add drop TCP 1433'],
  [{ kind: 'service', name: 'AcsService', action: 'stop' }, 'stop service AcsService'],
  [{ kind: 'secret', store: 'the keychain', entry: 'acs', action: 'generate' }, 'acs in the keychain: generate'],
  [{ kind: 'command', text: '/usr/bin/systemctl daemon-reload' }, '$ /usr/bin/systemctl daemon-reload'],
  [{ kind: 'training', text: 'Break it' }, 'Break it'],
];

describe('A planned change', () => {
  it.each(changes)('of its kind is shown as one text', (change, text) => {
    expect(changeText(change)).toBe(text);
  });

  it('has a text for every kind there is', () => {
    const kinds = plannedChangeSchema.options.map((option) => option.shape.kind.value);
    expect(changes.map(([change]) => change.kind)).toEqual(kinds);
  });
});
