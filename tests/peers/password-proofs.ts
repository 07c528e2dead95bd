import { readFileSync } from 'node:fs';
import { fillVariables } from '#electron/database/catalogue.ts';
import { quoteIdentifier, quoteLiteral } from '#electron/database/quoting.ts';
import { hostileName, hostileText } from './hostile-texts.ts';
import { versions, type Proof } from './injection-proof.ts';
import type { Judgement, Question } from './microsoft-parser.ts';
import { Seeded } from './seeded.ts';

/** The ways from a text to T-SQL that a proof is made for; a mutant has one of its own. */
export interface Quoting {
  readonly quoteIdentifier: (name: string) => string;
  readonly quoteLiteral: (text: string) => string;
  readonly fillVariables: (text: string, variables: ReadonlyMap<string, string>) => string;
}

export const ownQuoting: Quoting = { quoteIdentifier, quoteLiteral, fillVariables };

const template = readFileSync(
  new URL('../../electron/database/statements/change-own-password.sql', import.meta.url),
  'utf8',
);

/** The statement with values that no quoting could spoil. */
export const plainPassword: Question = { version: 130, text: filled(ownQuoting, 'a', 'b', 'c'), parts: true };

/**
 * ALTER LOGIN takes no parameters, so that both passwords and the name of the login are quoted: the statement in which an
 * injection would be worst. `plain` is the judgement on `plainPassword`.
 */
export function* passwordProofs(plain: Judgement, quoting: Quoting, seed: number, count: number): Generator<Proof> {
  const random = new Seeded(seed);
  for (let turn = 0; turn < count; turn += 1) {
    const login = hostileName(random);
    const to = hostileText(random);
    const from = hostileText(random);
    yield {
      id: JSON.stringify({ login, to, from }),
      version: versions[turn % versions.length] ?? 130,
      text: filled(quoting, login, to, from),
      parts: true,
      types: ['AlterLoginOptionsStatement'],
      identifiers: [login],
      literals: [to, from].map((value) => ({ value, national: true })),
      comments: plain.comments,
      shape: plain.shape,
    };
  }
}

function filled(quoting: Quoting, login: string, to: string, from: string): string {
  return quoting.fillVariables(
    template,
    new Map([
      ['Login', quoting.quoteIdentifier(login)],
      ['NewPassword', quoting.quoteLiteral(to)],
      ['OldPassword', quoting.quoteLiteral(from)],
    ]),
  );
}
