import type { siteVariables } from '#electron/database/site-variables.ts';
import { siteTexts } from './generated-texts.ts';
import { hostileName, hostileText } from './hostile-texts.ts';
import { versions, type Proof } from './injection-proof.ts';
import type { Judgement, MicrosoftParser } from './microsoft-parser.ts';
import { plainNames, profileOf, type SiteNames } from './sample-profiles.ts';
import { Seeded } from './seeded.ts';

/** What the parser makes of every text for a site with plain names, by the text's id. */
export async function plainSite(parser: MicrosoftParser): Promise<ReadonlyMap<string, Judgement>> {
  const plain = new Map<string, Judgement>();
  for (const { id, text } of siteTexts(profileOf(plainNames)))
    plain.set(id, await parser.judge({ version: 130, text, parts: true }));
  return plain;
}

/** Every text of the catalogue that takes a site's values, filled for as many hostile sites as are asked for. */
export function* siteProofs(
  plain: ReadonlyMap<string, Judgement>,
  variablesOf: typeof siteVariables | undefined,
  seed: number,
  sites: number,
): Generator<Proof> {
  const random = new Seeded(seed);
  for (let turn = 0; turn < sites; turn += 1) {
    const names = hostileNames(random);
    const places = placesOf(names);
    for (const { id, text } of siteTexts(profileOf(names), variablesOf)) {
      const { batches, identifiers, literals, comments, shape } = plain.get(id) ?? missing(id);
      yield {
        id: `${id} of ${JSON.stringify(names)}`,
        version: versions[turn % versions.length] ?? 130,
        text,
        parts: true,
        types: batches.flat().map(({ type }) => type),
        identifiers: identifiers.map((name) => places.get(name) ?? name),
        literals: literals.map(({ value, national }) => ({ value: inText(value, places), national })),
        comments,
        shape,
      };
    }
  }
}

function missing(id: string): never {
  throw new Error(`There is no plain ${id}.`);
}

function hostileNames(random: Seeded): SiteNames {
  // A table has no two columns of one name, and a text that lists its columns names each once.
  const taken = new Set<string>();
  const name = (): string => {
    const made = hostileName(random);
    if (taken.has(made)) return name();
    taken.add(made);
    return made;
  };
  return {
    schema: name(),
    table: name(),
    key: name(),
    identifying: plainNames.identifying.map(name),
    displayName: name(),
    address: name(),
    model: name(),
    lastSeen: name(),
    unsupportedModels: plainNames.unsupportedModels.map(() => hostileText(random)),
    runLogin: name(),
  };
}

/** Which hostile name stands in the place of which plain one. */
function placesOf(names: SiteNames): ReadonlyMap<string, string> {
  const pairs = (Object.keys(plainNames) as (keyof SiteNames)[]).flatMap((place) => {
    const theirs = [names[place]].flat();
    return [plainNames[place]].flat().map((each, index) => [each ?? '', theirs[index] ?? ''] as const);
  });
  return new Map(pairs);
}

/** A text may be a name itself, or hold names in brackets for functions that take one as text. */
function inText(value: string, places: ReadonlyMap<string, string>): string {
  const whole = places.get(value);
  if (whole !== undefined) return whole;
  return value.replaceAll(/\[(Plain\w+)\]/g, (_, plain: string) => bracketed(places.get(plain) ?? plain));
}

/** As QUOTENAME does it, and not by the function that is to be judged. */
const bracketed = (name: string) => `[${name.split(']').join(']]')}]`;
