import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { statementText } from '#electron/database/catalogue.ts';
import { quoteIdentifier, quoteLiteral } from '#electron/database/quoting.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { grantProofs, plainGrants } from './grant-proofs.ts';
import { hostileName, hostileText } from './hostile-texts.ts';
import { faultOf, type Proof } from './injection-proof.ts';
import { buildLimit, MicrosoftParser, type Judgement } from './microsoft-parser.ts';
import { loginProofs, loginStatements, plainLogins } from './login-proofs.ts';
import { ownQuoting, passwordProofs, plainPassword, type Quoting } from './password-proofs.ts';
import { findPeer, withPeer } from './peer.ts';
import { quotingMutants } from './quoting-mutants.ts';
import { training } from './sample-profiles.ts';
import { Seeded } from './seeded.ts';
import { plainSite, siteProofs } from './site-proofs.ts';

/** What the parser has against the proofs, and how many there were. */
async function judged(parser: MicrosoftParser, proofs: Iterable<Proof>): Promise<{ faults: string[]; count: number }> {
  const faults: string[] = [];
  const count = await parser.judgeAll(proofs, (proof, judgement) => {
    const fault = faultOf(proof, judgement);
    if (fault !== undefined) faults.push(`${proof.id}: ${fault}`);
  });
  return { faults, count };
}

describe("Text that becomes T-SQL, as Microsoft's parser reads it", () => {
  it('is a name of 1 to 128 characters without NUL, or is refused before it becomes a part of anything', () => {
    for (const name of ['', 'x'.repeat(129), `${']'.repeat(128)}x`, '\u{1f511}'.repeat(65), '\0', 'a\0b'])
      expect(() => quoteIdentifier(name), JSON.stringify(name)).toThrow(RangeError);
    expect(() => quoteLiteral('a\0b')).toThrow(RangeError);
  });

  it('covers the hostile texts that it is made of', () => {
    const random = new Seeded(1);
    const names = Array.from({ length: 20_000 }, () => hostileName(random));
    expect(names.every((name) => name.length >= 1 && name.length <= 128 && !name.includes('\0'))).toBe(true);
    for (const part of [
      "'",
      ']',
      '--',
      '/*',
      '\nGO\n',
      '\\',
      '\u{ff07}',
      '\u{02bc}',
      '\u{202e}',
      '\u{2028}',
      '\u{d83d}',
    ])
      expect(names.filter((name) => name.includes(part)).length, JSON.stringify(part)).toBeGreaterThan(100);
    expect(names.some((name) => name.length === 128)).toBe(true);
    const texts = Array.from({ length: 1000 }, () => hostileText(random));
    expect(texts).toContain('');
    expect(texts.some((text) => text.length > 128)).toBe(true);
  });

  withPeer(findPeer('dotnet'), (dotnet) => {
    let parser: MicrosoftParser;
    let password: Judgement;
    beforeAll(async () => {
      parser = await MicrosoftParser.start(dotnet);
      password = await parser.judge(plainPassword);
    }, buildLimit);
    afterAll(() => parser.close());
    afterEach(() => {
      vi.doUnmock('#electron/database/quoting.ts');
      vi.resetModules();
    });

    it('stays one ALTER LOGIN with the login and the two passwords that were given, whatever they are', async () => {
      expect(password).toMatchObject({ identifiers: ['a'], options: ['Password', 'OldPassword'] });
      const first = passwordProofs(password, ownQuoting, 4, 1).next().value;
      const { login, to, from } = JSON.parse(first?.id ?? '{}') as Record<'login' | 'to' | 'from', string>;
      const sent = new Map([
        ['Login', quoteIdentifier(login)],
        ['NewPassword', quoteLiteral(to)],
        ['OldPassword', quoteLiteral(from)],
      ]);
      expect(first?.text).toBe(statementText('change-own-password', sent));
      const { faults, count } = await judged(parser, passwordProofs(password, ownQuoting, 4, 20_000));
      expect(faults.slice(0, 3)).toEqual([]);
      expect(count).toBe(20_000);
    });

    it('stays the same statement about the login, its password and its database, whatever they are', async () => {
      const logins = await plainLogins(parser);
      expect(logins.get('run-login-create')).toMatchObject({ identifiers: ['PlainLogin', 'PlainDatabase'] });
      const { faults, count } = await judged(parser, loginProofs(logins, 7, 2_000));
      expect(faults.slice(0, 3)).toEqual([]);
      expect(count).toBe(2_000 * loginStatements.length);
    });

    it('stays the same statement about the names and models that were given, in every text for a site', async () => {
      const site = await plainSite(parser);
      const { faults, count } = await judged(parser, siteProofs(site, undefined, 5, 250));
      expect(faults.slice(0, 3)).toEqual([]);
      expect(count).toBeGreaterThan(250 * 20);
    });

    it('stays the same statement in what a person is shown to copy', async () => {
      const plain = await plainGrants(parser);
      const types = [...plain.values()].map(({ batches }) => batches.flat().map(({ type }) => type));
      const grant = ['UseStatement', 'GrantStatement'];
      expect(types).toEqual([grant, grant, grant, ['UseStatement', 'CreateUserStatement']]);
      const { faults, count } = await judged(parser, grantProofs(plain, 9, 1000));
      expect(faults.slice(0, 3)).toEqual([]);
      expect(count).toBe(4000);
    });

    it('stays a comment where the values of a switch are shown', async () => {
      const nobody = failed(failure('internal', { id: 0 }));
      const database = new SqlServerDatabase(training, () => Promise.resolve(nobody));
      const random = new Seeded(6);
      const wrong: unknown[] = [];
      for (let turn = 0; turn < 2000; turn += 1) {
        const to = turn % 2 === 0 ? 'off' : 'on';
        const values = { actor: hostileText(random), reason: hostileText(random) };
        const text = database.switching(`commissioning-${to}`, values);
        const { errors, batches, comments } = await parser.judge({ version: 130, text, parts: true });
        const types = batches.map((batch) => batch.map(({ type }) => type));
        const seen = { errors, types, comments: comments.length };
        if (JSON.stringify(seen) !== '{"errors":[],"types":[["ExecuteStatement"]],"comments":3}')
          wrong.push({ values, seen });
      }
      expect(wrong.slice(0, 3)).toEqual([]);
    });

    describe('does not stay what it is, and that is seen, where there is', () => {
      for (const [name, mutant] of Object.entries(quotingMutants)) {
        it(name, async () => {
          const { faults } = await judged(parser, passwordProofs(password, mutant, 7, 1000));
          expect(faults.length).toBeGreaterThan(0);
        });
      }

      const used: Readonly<Record<string, Partial<Quoting>>> = {
        'a name without doubling in a text for a site': { quoteIdentifier: (name) => `[${name}]` },
        'a text without doubling in a text for a site': { quoteLiteral: (text) => `N'${text}'` },
        'a text without N in a text for a site': { quoteLiteral: (text) => quoteLiteral(text).slice(1) },
      };
      for (const [name, mutant] of Object.entries(used)) {
        it(name, async () => {
          vi.doMock('#electron/database/quoting.ts', () => ({ ...ownQuoting, ...mutant }));
          vi.resetModules();
          const { siteVariables } = await import('#electron/database/site-variables.ts');
          const { faults } = await judged(parser, siteProofs(await plainSite(parser), siteVariables, 8, 10));
          expect(faults.length).toBeGreaterThan(0);
        });
      }
    });
  });
});
