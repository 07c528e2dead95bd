import { statementText } from '#electron/database/catalogue.ts';
import { quoteIdentifier, quoteLiteral } from '#electron/database/quoting.ts';
import { hostileName, hostileText } from './hostile-texts.ts';
import { versions, type Proof } from './injection-proof.ts';
import type { Judgement, MicrosoftParser } from './microsoft-parser.ts';
import { Seeded } from './seeded.ts';

/** The statements that create Mortise's own login: a password and names, all of them quoted. */
export const loginStatements = [
  'run-login-create',
  'set-login-password',
  'run-login-enable',
  'run-login-user',
  'run-login-user-again',
] as const;
type LoginStatement = (typeof loginStatements)[number];

const plain = { login: 'PlainLogin', database: 'PlainDatabase', password: 'PlainPassword' };

const textOf = (id: LoginStatement, { login, database, password }: typeof plain): string =>
  statementText(
    id,
    new Map([
      ['Login', quoteIdentifier(login)],
      ['Database', quoteIdentifier(database)],
      ['NewPassword', quoteLiteral(password)],
    ]),
  );

/** What the parser makes of each with values that no quoting could spoil. */
export async function plainLogins(parser: MicrosoftParser): Promise<ReadonlyMap<LoginStatement, Judgement>> {
  const judgements = new Map<LoginStatement, Judgement>();
  for (const id of loginStatements)
    judgements.set(id, await parser.judge({ version: 130, text: textOf(id, plain), parts: true }));
  return judgements;
}

/** Each statement with hostile values: the same one, with each value in its place and unchanged. */
export function* loginProofs(
  judgements: ReadonlyMap<LoginStatement, Judgement>,
  seed: number,
  count: number,
): Generator<Proof> {
  const random = new Seeded(seed);
  for (let turn = 0; turn < count; turn += 1) {
    const values = { login: hostileName(random), database: hostileName(random), password: hostileText(random) };
    const places = new Map([
      [plain.login, values.login],
      [plain.database, values.database],
      [plain.password, values.password],
    ]);
    for (const [id, { batches, identifiers, literals, comments, shape }] of judgements)
      yield {
        id: `${id} of ${JSON.stringify(values)}`,
        version: versions[turn % versions.length] ?? 130,
        text: textOf(id, values),
        parts: true,
        types: batches.flat().map(({ type }) => type),
        identifiers: identifiers.map((name) => places.get(name) ?? name),
        literals: literals.map(({ value, national }) => ({ value: places.get(value) ?? value, national })),
        comments,
        shape,
      };
  }
}
