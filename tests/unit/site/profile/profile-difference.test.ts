import { describe, expect, it } from 'vitest';
import { differencesOf } from '#electron/site/profile/profile-difference.ts';
import { textDiff } from '#electron/site/profile/text-diff.ts';
import { storedProfile } from './stored-profile.ts';

describe('The difference of two profiles', () => {
  it('is nothing where they say the same, in whatever order', () => {
    const reordered = Object.fromEntries(Object.entries(storedProfile).toReversed());
    expect(differencesOf(storedProfile, reordered)).toEqual([]);
  });

  it('names every place with both values, and null where one side has none', () => {
    const other = {
      ...storedProfile,
      name: 'North Gate',
      services: [{ name: 'AcsService' }, { name: 'AcsGateway' }],
      controllerTable: { ...storedProfile.controllerTable, heartbeatSeconds: 30, model: null, lastSeen: null },
    };
    expect(differencesOf(storedProfile, other)).toEqual([
      { path: 'name', left: 'Harbour Office', right: 'North Gate' },
      { path: 'controllerTable.model', left: 'Model', right: 'null' },
      { path: 'controllerTable.lastSeen', left: '{"column":"LastSeenUtc","timeBase":"utc"}', right: 'null' },
      { path: 'controllerTable.heartbeatSeconds', left: '60', right: '30' },
      { path: 'services.1', left: null, right: '{"name":"AcsGateway"}' },
    ]);
  });

  it('shows two long certificates that differ at their end as different', () => {
    const long = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(2_000)}`;
    const [found] = differencesOf({ certificate: `${long}B` }, { certificate: `${long}C` });
    expect(found?.left).not.toBe(found?.right);
    expect(found?.left).toContain('SHA-256');
  });

  it('tells a list from an object with the same keys', () => {
    expect(differencesOf({ a: ['x'] }, { a: { 0: 'x' } })).toEqual([{ path: 'a', left: '["x"]', right: '{"0":"x"}' }]);
  });
});

/** What the lines with a sign make of the lines before. */
function applied(before: string, diff: string): string {
  const old = before.replace(/\n$/, '').split('\n');
  const made: string[] = [];
  let at = 0;
  for (const line of diff.split('\n')) {
    const start = /^@@ -(\d+) /.exec(line)?.[1];
    if (start !== undefined) while (at < Number(start) - 1) made.push(old[at++] ?? '');
    else if (line.startsWith('+')) made.push(line.slice(1));
    else {
      expect(old[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) made.push(line.slice(1));
      at += 1;
    }
  }
  return [...made, ...old.slice(at)].join('\n');
}

describe('The diff of a stored file', () => {
  const text = JSON.stringify(storedProfile, null, 2);

  it('is empty where nothing changes', () => {
    expect(textDiff(text, text)).toBe('');
  });

  it('of a new file is the whole file, of a removed one too', () => {
    expect(textDiff('', 'a\nb\n')).toBe('@@ -1 +1 @@\n+a\n+b');
    expect(textDiff('a\nb\n', '')).toBe('@@ -1 +1 @@\n-a\n-b');
  });

  it('shows what changes with three lines around it, and not the rest', () => {
    const diff = textDiff(text, text.replace('"mortise_run"', '"mortise_other"'));
    expect(diff).toContain('-  "runLogin": "mortise_run",\n+  "runLogin": "mortise_other",');
    expect(diff.split('\n')).toHaveLength(1 + 3 + 2 + 3);
  });

  it('makes the new text of the old one, wherever lines are added, taken out and changed', () => {
    const lines = text.split('\n');
    for (let at = 0; at < lines.length; at += 1) {
      const changed = [...lines.slice(0, at), 'new', ...lines.slice(at + (at % 3)), ...(at % 2 === 0 ? ['end'] : [])];
      expect(applied(text, textDiff(text, changed.join('\n')))).toBe(changed.join('\n'));
    }
  });

  it('of two huge texts comes at once, if not as short as it could be', () => {
    const [one, other] = [1, 2].map((seed) => Array.from({ length: 5_000 }, (_, line) => `${seed} ${line}`).join('\n'));
    expect(textDiff(one ?? '', other ?? '').split('\n')).toHaveLength(10_001);
  });
});
