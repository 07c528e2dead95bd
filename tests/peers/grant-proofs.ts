import { grantsFor } from '#electron/site/assessment/grants.ts';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { AssessmentGround } from '#electron/site/assessment/ground.ts';
import { hostileName } from './hostile-texts.ts';
import { versions, type Proof } from './injection-proof.ts';
import type { Judgement, MicrosoftParser } from './microsoft-parser.ts';
import { profileOf, plainNames } from './sample-profiles.ts';
import { Seeded } from './seeded.ts';

interface GrantNames {
  readonly login: string;
  readonly database: string;
  readonly schema: string;
  readonly table: string;
}

const plain: GrantNames = {
  login: 'PlainLogin',
  database: 'PlainDatabase',
  schema: 'PlainSchema',
  table: 'PlainTable',
};

function grants({ login, database, schema, table }: GrantNames): readonly (readonly [string, string])[] {
  const profile = profileOf({ ...plainNames, schema, table });
  const server = failed(failure('internal', { id: 0 }));
  const survey = { server } as unknown as AssessmentGround['survey'];
  const named = { ...profile, endpoint: { ...profile.endpoint, database } };
  return Object.entries(grantsFor({ profile: named, as: login, survey }));
}

/** What the parser makes of the statements that a person is shown to give a right that is missing, under plain names. */
export async function plainGrants(parser: MicrosoftParser): Promise<ReadonlyMap<string, Judgement>> {
  const judged = new Map<string, Judgement>();
  for (const [id, text] of grants(plain)) judged.set(id, await parser.judge({ version: 130, text, parts: true }));
  return judged;
}

/** The same for hostile names. */
export function* grantProofs(judged: ReadonlyMap<string, Judgement>, seed: number, count: number): Generator<Proof> {
  const random = new Seeded(seed);
  for (let turn = 0; turn < count; turn += 1) {
    const name = () => hostileName(random);
    const names: GrantNames = { login: name(), database: name(), schema: name(), table: name() };
    const places = new Map(
      (Object.keys(plain) as (keyof GrantNames)[]).map((place) => [plain[place], names[place]] as const),
    );
    for (const [id, text] of grants(names)) {
      const expected = judged.get(id);
      if (expected === undefined) throw new Error(`There is no plain ${id}.`);
      yield {
        id: `${id} for ${JSON.stringify(names)}`,
        version: versions[turn % versions.length] ?? 130,
        text,
        parts: true,
        types: expected.batches.flat().map(({ type }) => type),
        identifiers: expected.identifiers.map((each) => places.get(each) ?? each),
        literals: expected.literals,
        comments: expected.comments,
        shape: expected.shape,
      };
    }
  }
}
