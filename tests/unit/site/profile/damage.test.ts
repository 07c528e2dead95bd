import { describe, expect, it } from 'vitest';
import type { ProfileFault } from '#shared/site-profile.ts';
import { checkProfile, usable } from '#electron/site/profile/read-profile.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { changed, damages } from './damages.ts';
import { storedProfile } from './stored-profile.ts';

const faultsOf = (text: string): readonly ProfileFault[] => checkProfile(text).faults;

describe('A damaged profile', () => {
  it.each(damages)('($code) with $what is refused, with the place and what to write there', (damage) => {
    const { path, value, code, says, at } = damage;
    const faults = faultsOf(changed(path, value));
    const found = faults.find((each) => each.path === (at ?? path));
    expect(found).toMatchObject({ code, path: at ?? path });
    expect(found?.sentence).toContain(says);
    expect(found?.sentence).toMatch(
      /What belongs here: .|take (?:it|one) out|: (?:write|correct|describe) |Take it out/,
    );
  });

  it.each(damages)(
    '($code) with $what is told in our words, in a line that does nothing to a screen',
    ({ path, value }) => {
      for (const { sentence, path: place } of faultsOf(changed(path, value))) {
        expect(sentence).not.toMatch(/invalid|expected|received|unrecognized|regex|pattern|zod|input/i);
        expect(sentence + place).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
        expect(sentence.length).toBeLessThan(600);
        expect(sentence).toMatch(/[.)]$/);
      }
    },
  );

  it('has every fault told at once, of every class that its text can have at the same time', () => {
    const copy: Record<string, unknown> = { ...storedProfile, name: '', runLogin: 7, more: 1, format: 2 };
    copy['endpoint'] = { ...storedProfile.endpoint, transport: { kind: 'tcp', port: 70_000 }, host: 'a\0' };
    copy['services'] = [{ name: 'AcsService' }, { name: 'AcsService' }];
    copy['serviceLogins'] = [{ login: 'acs_service', services: ['Nobody'], consumers: ['acs-service-config'] }];
    const text = JSON.stringify(copy).replace('{', '{"name":"first",');
    const told = faultsOf(text).map(({ code, path }) => `${code} ${path}`);
    expect(told.toSorted()).toEqual(
      [
        'duplicate name',
        'type runLogin',
        'unknown-key more',
        'form format',
        'range endpoint.transport.port',
        'text endpoint.host',
        'duplicate services.1.name',
        'contradiction serviceLogins.0.services.0',
      ].toSorted(),
    );
  });

  it('is refused in one sentence with the first faults, and how many more there are', () => {
    const refused = usable(checkProfile('{}'));
    expect(codeOf(refused)).toBe('profile-invalid');
    expect(sentenceOf(refused)).toMatch(
      /^The site profile is not usable: format: This is missing\..*; name: .*; endpoint: .*; and 5 more\.$/,
    );
    expect(sentenceOf(usable(checkProfile(changed('name', ''))))).not.toContain('more');
  });

  it('never shows a value that may be a password', () => {
    const connection = 'Server=acs-srv;User Id=acs;Password=hunter2';
    for (const text of [
      changed('password', 'hunter2'),
      changed('endpoint.host', connection),
      changed('endpoint.hunter', connection),
    ])
      expect(JSON.stringify(faultsOf(text))).not.toContain('hunter2');
  });

  it('lists no more faults than anybody reads, and says how many more there are', () => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, 1]));
    const faults = faultsOf(JSON.stringify({ ...storedProfile, ...keys }));
    expect(faults).toHaveLength(201);
    expect(faults.at(-1)).toMatchObject({ code: 'size', sentence: 'There are 4800 more faults: correct these first.' });
  });

  it('tells a key that stands twice, which JSON.parse would swallow', () => {
    const text = JSON.stringify(storedProfile).replace('"host":', '"host":"other","host":');
    expect(faultsOf(text)).toEqual([
      { code: 'duplicate', path: 'endpoint.host', sentence: expect.stringContaining('twice') },
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('lets the key %s reach nothing', (key) => {
    const text = JSON.stringify(storedProfile).replace('{', `{"${key}":{"polluted":true},`);
    expect(faultsOf(text)).toMatchObject([{ code: 'unknown-key', path: key }]);
    expect('polluted' in {}).toBe(false);
  });

  it('shows hostile keys without obeying them', () => {
    const [fault] = faultsOf(changed('\u202eevil\u001b[2J', 1));
    expect(fault).toMatchObject({ code: 'unknown-key', path: String.raw`\u{202e}evil\u{1b}[2J` });
  });

  it.each(['null', '[]', '"a"', '5', 'true'])('is told to be no object where it is %s', (text) => {
    expect(faultsOf(text)).toMatchObject([
      { code: 'type', path: '', sentence: expect.stringContaining('Here stands') },
    ]);
  });

  it.each([
    ['', 'Line 1, column 1: the file is empty'],
    ['{', 'Line 1, column 2: a key in double quotes belongs here, but the file ends'],
    ['name: Training site', 'Line 1, column 1: a value belongs here, not "n"'],
    ['{\n  "name": "a",\n}', 'Line 3, column 1: a key in double quotes belongs here, not "}"'],
    ["{'name': 'a'}", 'Line 1, column 2: a key in double quotes'],
    ['<profile/>', 'Line 1, column 1: a value belongs here, not "<"'],
    ['{"a":"\u0007"}', 'Line 1, column 7: a text holds no line break and no control character'],
  ])('is told to be no JSON, with line and column: %j', (text, says) => {
    expect(faultsOf(text)).toEqual([{ code: 'json', path: '', sentence: expect.stringContaining(says) }]);
  });

  it('is refused where it is nested too deeply or too large, and reading it takes no time to speak of', () => {
    expect(faultsOf('['.repeat(200_000))).toMatchObject([{ code: 'size', path: '' }]);
    expect(faultsOf(JSON.stringify({ ...storedProfile, name: 'x'.repeat(10_000_000) }))).toMatchObject([
      { code: 'size', path: '', sentence: expect.stringContaining('larger than 256 KiB') },
    ]);
  });
});

describe('A profile', () => {
  it('is read as it is', () => {
    expect(valueOf(usable(checkProfile(JSON.stringify(storedProfile))))).toEqual(storedProfile);
  });

  it('may name the schema that an editor checks it with', () => {
    expect(checkProfile(changed('$schema', './site-profile.schema.json')).faults).toEqual([]);
  });

  it.each(['localhost', '127.0.0.1', '::1', '[fe80::1]', 'acs-srv-01.site.example', 'zürich_1'])(
    'takes the host %s',
    (host) => {
      expect(checkProfile(changed('endpoint.host', host)).faults).toEqual([]);
    },
  );

  it.each(["O'Brien", ']]; --', 'Zäh🔐', '$(RunUser)', '٣', ' '])(
    'takes every name that SQL Server takes: %j',
    (name) => {
      expect(checkProfile(changed('controllerTable.table', name)).faults).toEqual([]);
    },
  );

  it.each(['int', 'uniqueidentifier', 'nvarchar(1)', 'nchar(4000)', 'varchar(8000)', 'char(32)'])(
    'takes the type %s',
    (type) => {
      expect(checkProfile(changed('controllerTable.key.type', type)).faults).toEqual([]);
    },
  );
});
